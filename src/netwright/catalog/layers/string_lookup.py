"""`StringLookup`."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import model_validator

from netwright.arguments import choice, conflict
from netwright.catalog.families.dtypes import need_text
from netwright.catalog.families.lookup import IndexLookup, Vocabulary, Word
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor

# For the cases.
ABC: dict[str, Any] = {"vocabulary": ["a", "b", "c"]}
IDF: dict[str, Any] = {**ABC, "output_mode": "tf_idf", "idf_weights": [0.5, 1, 1.5]}


class StringLookup(IndexLookup):
    """Replace each word by its number in a table.

    Arguments:
        encoding: always `utf-8`
        invert: always false: Keras calls the words that would come out integers
    """

    mask_token: Annotated[str | None, Word()] = None
    oov_token: Annotated[str | None, Word()] = "[UNK]"  # noqa: S105 - it is no password
    vocabulary: Annotated[list[str] | None, Vocabulary()] = None
    encoding: Annotated[str, choice("utf-8")] = "utf-8"

    @model_validator(mode="after")
    def _gives_numbers(self) -> Self:
        if self.invert:
            raise conflict("invert", "Keras says that integers come out, where words do: no other layer could go on")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """The numbers, or what `output_mode` makes of them."""
        return self.numbered(need_text(inputs))

    cases = (
        case("N 5:string", **ABC, to="N 5:int64", params=0),
        case("N t ?:string", **ABC, mask_token="", num_oov_indices=3, salt=[1, 2], to="N t ?:int64"),
        case("N 1:string", **ABC, output_mode="one_hot", to="N 4:float32!"),
        case("N 5:string", **ABC, output_mode="multi_hot", dtype=None, to="N 4:float32!"),
        case("N ?:string", **ABC, output_mode="count", mask_token="", to="N 4:float32!"),
        case("N 5:string", **IDF, max_tokens=9, pad_to_max_tokens=True, to="N 9"),
        case("N 5:string", **ABC, mask_token="", num_oov_indices=2, salt=-1, to="N 5:int64"),
        case("N t 5:string", **ABC, output_mode="one_hot", num_oov_indices=2, to="N t 5 5:float32!"),
        case("N:string", **ABC, output_mode="one_hot", max_tokens=4, to="N 4:float32!"),
        case("N 5:string", vocabulary=["", "[UNK]", "a", "b"], mask_token="", to="N 5:int64"),
        case("N 5:string", vocabulary=["[UNK]", "a", "b"], output_mode="count", to="N 3:float32!"),
        case("N ?:string", **ABC, output_mode="one_hot", fails=UnknownSize, silent="it fails in a graph"),
        case("N:string", **ABC, output_mode="count", fails=WrongRank, silent="the whole batch is counted together"),
        case("N 5 2:string", **ABC, output_mode="count", fails=WrongRank, silent="another axis is counted than said"),
        case("N 5:int64", **ABC, fails=WrongDtype, late=True),
    )
