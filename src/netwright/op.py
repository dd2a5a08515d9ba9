"""What a family of ops must provide: for each function of `keras.ops` a class with its arguments, rule and cases.

A class has the name of Keras' class behind the function: `LogicalAnd` is `logical_and`. Tensors may be numbers where
the class has a field of type `Number` of the port's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from math import isfinite
from typing import Annotated, Any, ClassVar, TypeAlias, TypeGuard

from pydantic import ConfigDict
from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, refusal
from netwright.layer import find_layer
from netwright.misfits import WrongDtype
from netwright.operation import Operation, Variable, ports_of
from netwright.tensors import Scalar, Tensor

OPS = "netwright.catalog.ops"


@dataclass(frozen=True)
class NumberType(ArgumentType):
    """A number or a boolean in place of a tensor."""

    def read(self, value: Any) -> int | float | bool:
        if isinstance(value, bool | int) or (isinstance(value, float) and isfinite(value)):
            if not isinstance(value, float) and not -(2**63) <= value < 2**63:
                raise refusal("out_of_range", need="an integer of 64 bits")
            return value
        raise refusal("wrong_type", need="a number or a boolean; a tensor comes by an edge")

    def schema(self) -> dict[str, Any]:
        return {"type": ["number", "boolean"]}


# None where the port is fed by an edge; it can't be written.
Number: TypeAlias = Annotated[int | float | bool | None, NumberType()]


class Op(Operation):
    """A function of `keras.ops`, as data."""

    # Most documents use few of a family.
    model_config = ConfigDict(defer_build=True)

    family = "ops"

    # The part of `keras.ops` that has the function, with a dot, if it is not `keras.ops` itself.
    module: ClassVar[str] = ""

    @classmethod
    def kind(cls) -> str:
        """The name of the function."""
        return cls.module + function_of(cls.__name__)

    @property
    def given(self) -> Mapping[str, Tensor]:
        """The ports that numbers fill."""
        ports = ports_of(type(self))
        found = {name: getattr(self, name) for name in type(self).model_fields if name in ports}
        return {name: Scalar.of(value) for name, value in found.items() if value is not None}

    def check_fed(self, ports: Mapping[str, Tensor | tuple[Tensor, ...]]) -> None:
        """Refuse integers that Keras calls floats: it would promise dtypes that do not come out.

        Raises:
            WrongDtype: there are some.
        """
        for fed in ports.values():
            for tensor in (fed,) if isinstance(fed, Tensor) else fed:
                if tensor.integers:
                    raise WrongDtype(tensor, "floats where Keras promises them")

    def variables(self, *tensors: Any, **ports: Any) -> tuple[Variable, ...]:
        """None."""
        return ()


def function_of(name: str) -> str:
    """The function behind a class of Keras' ops: `LogicalAnd` -> `logical_and`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@cache
def find_op(name: str) -> type[Op] | None:
    """The op of that name, or None. Loads the family that it belongs to."""
    family = _index().get(name)
    if family is None:
        return None
    members = vars(import_module(f"{OPS}.{family}")).values()
    return next(one for one in members if is_op(one) and one.kind() == name)


def is_op(member: object) -> TypeGuard[type[Op]]:
    """Whether a member of a family's module is an op of its own, and not what several share."""
    return isinstance(member, type) and issubclass(member, Op) and "cases" in vars(member)


def op_names() -> tuple[str, ...]:
    """The names of all ops."""
    return tuple(_index())


def _index() -> dict[str, str]:
    index: dict[str, str] = import_module("netwright.catalog.op_index").FAMILIES
    return index


def read_op(value: dict[str, Any]) -> Op:
    """Check `{"op": function, arguments}` against the op of that name."""
    name = value["op"]
    if not isinstance(name, str):
        raise refusal("wrong_type", need="the name of a function of `keras.ops`", at=("op",))
    found = find_op(name)
    if found is None:
        raise _no_op(name)
    return found.read({key: item for key, item in value.items() if key != "op"})


def _no_op(name: str) -> PydanticCustomError:
    """Why `name` is no op."""
    refused = import_module("netwright.catalog.refused_ops")
    if name in refused.ALIASES:
        return refusal("second_name", canonical=refused.ALIASES[name], at=("op",))
    if name in refused.REFUSED:
        return refusal("refused_operation", why=refused.REFUSED[name].why, use=refused.REFUSED[name].use, at=("op",))
    if find_layer(name):
        return refusal("conflict", at=("op",), message=f'`{name}` is a layer: write "type" in place of "op"')
    return refusal("unknown_object", noun="op", choices=op_names(), at=("op",))
