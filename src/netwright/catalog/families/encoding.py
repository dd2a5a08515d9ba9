"""Values numbered by a table, a hash or bins, and what is made of the numbers: themselves, or zeros and ones."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from netwright.arguments import ArgumentType, Sizes, choice, refusal
from netwright.misfits import PolicyLost, WrongDtype
from netwright.tensors import Tensor

# Sparse tensors are no part of the language.
Dense: TypeAlias = Annotated[bool, choice(False)]
OutputMode: TypeAlias = Annotated[str, choice("int", "one_hot", "multi_hot", "count")]

WHY_LAST = "because an axis of size 1 is replaced, and any other is kept"
# What TensorFlow computes about sizes and limits before it counts.
COUNTING = 5
# Of TensorFlow's axes.
LONGEST = 2**31 - 1
# The integers up to which a dtype has them all.
EXACT = {
    "bfloat16": 2**8,
    "float16": 2**11,
    "float32": 2**24,
    "float64": 2**53,
    "int32": 2**31 - 1,
    "int64": 2**63 - 1,
}


class SaltType(ArgumentType):
    """Two integers of 64 bits, or one for both, or null; a tuple once read."""

    _pair = Sizes(2, minimum=None, nullable=True)

    def read(self, value: object) -> tuple[int, int] | None:
        """Return the two, or raise a refusal."""
        pair: tuple[int, int] | None = self._pair.read(value)
        if pair is not None and not all(-(2**63) <= one < 2**63 for one in pair):
            raise refusal("out_of_range", need="of 64 bits")
        return pair

    def schema(self) -> dict[str, object]:
        """The JSON Schema of the type, as far as editors can count."""
        return self._pair.schema()


Salt: TypeAlias = Annotated[tuple[int, int] | None, SaltType()]


def one_hot(inputs: Tensor, depth: int) -> Tensor:
    """One more axis of `depth` zeros and ones; it takes the place of a last axis of size 1.

    Raises:
        UnknownSize: the size of the last axis is not known, without which no graph can be made.
    """
    if inputs.rank > 1 and inputs.known(-1, WHY_LAST) == 1:
        return inputs.with_last(depth)
    return inputs.with_shape(*inputs.shape, depth)


def counted(inputs: Tensor, depth: int) -> Tensor:
    """One axis of `depth` counts, or zeros and ones, for the values of each sample.

    Raises:
        WrongRank: there is not just one axis of values. Without one, Keras counts the values of the whole batch; of
            more than one, it counts along another than it says.
    """
    return inputs.need_rank(2, "batch, values").with_last(depth)


def encoded(inputs: Tensor, output_mode: str, depth: int) -> Tensor:
    """Numbers below `depth` as a layer with this `output_mode` gives them.

    Raises:
        Misfit: Keras can't, or says another shape than it gives.
    """
    if output_mode == "int":
        return inputs
    return one_hot(inputs, depth) if output_mode == "one_hot" else counted(inputs, depth)


def check_counting(inputs: Tensor, dtype: str | None) -> None:
    """Refuse a dtype in which TensorFlow can't count.

    Raises:
        WrongDtype: it is `float16` or `bfloat16`. A mixed policy is neither: its variables have 32 bits.
    """
    if dtype in ("float16", "bfloat16"):
        raise WrongDtype(inputs.with_dtype(dtype), "float32 or float64 to count in", "dtype")


def check_saving(inputs: Tensor, dtype: str | None) -> None:
    """Refuse a mixed policy, where Keras writes down only the dtype of the variables.

    Raises:
        PolicyLost: it is a mixed policy.
    """
    if dtype and dtype.startswith("mixed_"):
        raise PolicyLost(inputs, dtype)
