"""Layers that look values up in a table: which values it may have, and how they are numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, choice, conflict, is_integer, refusal, refused
from netwright.catalog.families.arrays import FLOAT32
from netwright.catalog.families.encoding import COUNTING, LONGEST, Dense, Salt, encoded
from netwright.catalog.families.values import Numbers
from netwright.layer import Stateless
from netwright.tensors import Tensor

# TensorFlow keeps the weights in 32 bits.
LARGEST = int(FLOAT32)

Int64: TypeAlias = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Weights: TypeAlias = Annotated[
    list[float] | None, Numbers(minimum=-LARGEST, maximum=LARGEST, scalar=False, nullable=True)
]


def is_word(value: object) -> bool:
    """Whether a table can hold a JSON value as a word."""
    return isinstance(value, str) and not value.endswith("\0")  # NumPy cuts zeros off


@dataclass(frozen=True)
class Word(ArgumentType):
    """A word, or null."""

    def read(self, value: Any) -> str | None:
        """Return the word, or raise a refusal."""
        if value is None or is_word(value):
            return value  # type: ignore[no-any-return]  # it was asked just now
        raise refusal("wrong_type", need="a word or null")

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        return {"type": ["string", "null"]}


@dataclass(frozen=True)
class Vocabulary(ArgumentType):
    """A list of words, or of integers of 64 bits where `whole`; or null. Which go together is up to the layer."""

    whole: bool = False

    def read(self, value: Any) -> list[Any] | None:
        """Return the list, or raise a refusal."""
        if value is None:
            return None
        kind = "integer" if self.whole else "word"
        if isinstance(value, str):
            raise refusal("wrong_type", need=f"a list of {kind}s: Keras would open a file of that name")
        if not isinstance(value, list):
            raise refusal("wrong_type", need=f"a list of {kind}s")
        fits = _is_int64 if self.whole else is_word
        need = "an integer of 64 bits" if self.whole else "a word"
        if faults := [((i,), refusal("wrong_type", need=need), one) for i, one in enumerate(value) if not fits(one)]:
            raise refused("Vocabulary", faults)
        return value

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        one: dict[str, Any] = {"type": "string"}
        if self.whole:
            one = {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}
        return {"anyOf": [{"type": "array", "items": one}, {"type": "null"}]}


def _is_int64(value: object) -> bool:
    return is_integer(value) and -(2**63) <= value < 2**63  # type: ignore[operator]  # it is an integer


class Table(Stateless):
    """A layer with a table of terms.

    Keras says that encoded terms are floats. What flows are integers, but for `tf_idf`.

    Arguments:
        max_tokens: how many numbers there may be, those that stand for no term included; null sets no limit
        vocabulary: the terms, in the order of their numbers; Keras' own may stand in front of them
        idf_weights: the weight of each term, as many as `vocabulary` has; only for `tf_idf`
        output_mode: what is made of the numbers: `int` nothing; `one_hot` an axis with a one at the number;
            `multi_hot` the same for all values of a sample together; `count` how often each number occurs; `tf_idf`
            the counts, weighted
        pad_to_max_tokens: whether that axis has `max_tokens` entries however many terms there are
        sparse: always false
        dtype: always null: terms have dtypes of their own
    """

    max_tokens: Annotated[int, Field(ge=2, le=LONGEST)] | None = None
    vocabulary: Annotated[list[Any] | None, Vocabulary()] = None
    idf_weights: Weights = None
    output_mode: Annotated[str, choice("int", "one_hot", "multi_hot", "count", "tf_idf")] = "int"
    pad_to_max_tokens: bool = False
    sparse: Dense = False
    dtype: None = None

    @property
    def special(self) -> tuple[tuple[Any, int], ...]:
        """What is numbered before the terms, and with how many numbers: the mask, then terms that are not there."""
        raise NotImplementedError

    @property
    def taken(self) -> dict[Any, str]:
        """What can be no term, and the reason."""
        raise NotImplementedError

    @property
    def front(self) -> int:
        """How many numbers stand for no term."""
        return sum(count for _, count in self.special)

    @property
    def terms(self) -> list[Any]:
        """The vocabulary, without what Keras puts in front of it itself."""
        given, front = self.vocabulary or [], self.front
        if front > len(given):
            return given
        special = [term for term, count in self.special for _ in range(count)]
        return given[front:] if given[:front] == special else given

    @property
    def depth(self) -> int:
        """The size of the axis of an encoding."""
        if self.pad_to_max_tokens and self.max_tokens is not None:
            return self.max_tokens
        return self.front + len(self.terms)

    @property
    def ids(self) -> int | None:
        """A number for each term, and those in front."""
        numbered = self.output_mode == "int" and not getattr(self, "invert", False)
        return self.front + len(self.terms) if numbered else None

    @model_validator(mode="after")
    def _has_terms(self) -> Self:
        if self.vocabulary is None:
            raise conflict("vocabulary", "`vocabulary` must be given: nothing in a spec learns it from data")
        if not self.terms:
            raise conflict("vocabulary", "there is no term in `vocabulary`")
        if fault := self._fault(self.terms):
            raise fault
        size = self.front + len(self.terms)
        if self.max_tokens is not None and size > self.max_tokens:
            raise conflict("max_tokens", f"there are {size} numbers, {self.front} of which stand for no term")
        return self

    def _fault(self, terms: list[Any]) -> PydanticCustomError | None:
        """What is wrong with the first of the terms that can be none."""
        found: dict[Any, int] = {}
        taken, before = self.taken, len(self.vocabulary or []) - len(terms)
        for i, term in enumerate(terms, before):
            if term in taken:
                return refusal("conflict", at=("vocabulary", i), message=taken[term])
            if found.setdefault(term, i) != i:
                message = f"the same term is entry {found[term]} of `vocabulary`, counted from 0"
                return refusal("conflict", at=("vocabulary", i), message=message)
        return None

    @model_validator(mode="after")
    def _has_weights(self) -> Self:
        if self.output_mode != "tf_idf" and self.idf_weights is not None:
            raise conflict("idf_weights", "`idf_weights` are only for the `output_mode` `tf_idf`")
        if self.output_mode == "tf_idf":
            need = len(self.vocabulary or [])
            if self.idf_weights is None or len(self.idf_weights) != need:
                raise conflict("idf_weights", f"`tf_idf` needs {need} `idf_weights`, one for each in `vocabulary`")
        return self

    @model_validator(mode="after")
    def _can_pad(self) -> Self:
        if self.pad_to_max_tokens:
            if self.output_mode == "int":
                raise conflict("pad_to_max_tokens", "with the `output_mode` `int` there is nothing to pad")
            if self.max_tokens is None:
                raise conflict("pad_to_max_tokens", "`pad_to_max_tokens` needs `max_tokens`")
        return self

    def under(self, policy: str | None) -> Self:
        """The layer itself: no dtype policy changes what it gives."""
        return self

    def cast(self, tensor: Tensor) -> Tensor:
        """The tensor as it is: Keras casts nothing for it."""
        return tensor

    def numbered(self, inputs: Tensor) -> Tensor:
        """What is made of the numbers of all entries of `inputs`."""
        made = encoded(inputs, self.output_mode, self.depth).with_dtype("int64")
        if self.output_mode == "tf_idf":
            return made.with_dtype("float32")
        return made if self.output_mode == "int" else made.called("float32")


class IndexLookup(Table):
    """A layer that replaces each entry by its number in a table, or the other way round.

    Arguments:
        num_oov_indices: how many numbers stand for terms that are not in the table; with 0, they make the layer fail
        mask_token: the term that stands for a missing one: number 0 with `int`, else left out; null for none
        oov_token: the term that `invert` gives for other numbers
        salt: two integers, or one for both, that change which of several numbers a term that is not there gets
        invert: whether the layer gets numbers and gives terms
        trainable: always true
        activity_regularizer: always null
    """

    num_oov_indices: Annotated[int, Field(ge=0, le=LONGEST)] = 1
    mask_token: Any = None
    oov_token: Any = None
    invert: bool = False
    salt: Salt = None

    @property
    def special(self) -> tuple[tuple[Any, int], ...]:
        """The mask, if there is one and numbers come out, and the numbers of terms that are not there."""
        masks = int(self.mask_token is not None and self.output_mode == "int")
        return (self.mask_token, masks), (self.oov_token, self.num_oov_indices)

    @property
    def taken(self) -> dict[Any, str]:
        """The mask; and what stands for all that is not there, if it can come out."""
        found = {self.oov_token: "`oov_token` can't be a term too"} if self.invert else {}
        return found if self.mask_token is None else {**found, self.mask_token: "`mask_token` can't be a term too"}

    @property
    def hashes(self) -> bool:
        """Whether there are several numbers among which a hash chooses."""
        return self.num_oov_indices > 1 and not self.invert

    @model_validator(mode="after")
    def _can_invert(self) -> Self:
        if self.invert and self.output_mode != "int":
            raise conflict("output_mode", "with `invert`, terms come out: there is nothing to encode")
        if self.invert and self.oov_token is None:
            raise conflict("oov_token", "`invert` needs an `oov_token`")
        if self.salt is not None and not self.hashes:
            raise conflict("salt", "`salt` does nothing unless there are several `num_oov_indices` to choose from")
        return self

    @model_validator(mode="after")
    def _is_kept(self) -> Self:
        if not self.trainable:
            raise conflict("trainable", "Keras drops `trainable`: there is nothing to train")
        if "activity_regularizer" in self.model_fields_set:
            raise conflict("activity_regularizer", f"Keras' `{type(self).__name__}` has no `activity_regularizer`")
        return self

    def flops(self, inputs: Tensor) -> int:
        """A comparison with the mask, and for what is not there a comparison and a sum; what counting needs."""
        each = int(self.mask_token is not None)
        if not self.invert:
            each += {0: 1, 1: 0}.get(self.num_oov_indices, 2)
        cost = each * inputs.each_sample() if each else 0
        cost += self.num_oov_indices == 0 and not self.invert
        if self.output_mode in ("multi_hot", "count", "tf_idf"):
            cost += COUNTING
        return cost + self.depth if self.output_mode == "tf_idf" else cost
