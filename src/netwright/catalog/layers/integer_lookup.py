"""`IntegerLookup`."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import model_validator

from netwright.arguments import choice, conflict
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.lookup import IndexLookup, Int64, Vocabulary
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor

# For the cases.
IDS: dict[str, Any] = {"vocabulary": [12, 36, 1]}


class IntegerLookup(IndexLookup):
    """Replace each integer by its number in a table, or numbers by integers.

    Floats are rounded towards zero first.

    Arguments:
        vocabulary_dtype: always `int64`
        oov_method: how one of several `num_oov_indices` is chosen: `floormod` by the rest of a division, `farmhash` by
            a hash
        salt: two integers, or one for both, that change what `farmhash` chooses
    """

    mask_token: Int64 | None = None
    oov_token: Int64 | None = -1
    vocabulary: Annotated[list[int] | None, Vocabulary(whole=True)] = None
    vocabulary_dtype: Annotated[str, choice("int64")] = "int64"
    oov_method: Annotated[str, choice("floormod", "farmhash")] = "floormod"

    @model_validator(mode="after")
    def _salt_is_for_a_hash(self) -> Self:
        if self.oov_method == "farmhash" and not self.hashes:
            raise conflict("oov_method", "`farmhash` does nothing unless there are several `num_oov_indices`")
        if self.salt is not None and self.oov_method != "farmhash":
            raise conflict("salt", "`salt` needs the `oov_method` `farmhash`")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """The numbers, or what `output_mode` makes of them; with `invert`, the integers."""
        return self.numbered(need_numbers(inputs))

    cases = (
        case("N 5:int64", **IDS, to="N 5:int64", params=0),
        case("N 1:int32", **IDS, output_mode="one_hot", to="N 4:float32!"),
        case("N ?:int64", **IDS, output_mode="count", max_tokens=9, pad_to_max_tokens=True, to="N 9:float32!"),
        case("N 5:uint8", **IDS, num_oov_indices=2, mask_token=0, to="N 5:int64"),
        case("N 5", **IDS, num_oov_indices=2, oov_method="farmhash", salt=7, to="N 5:int64"),
        case("N 5:int64", **IDS, output_mode="tf_idf", idf_weights=[1, 2, 3], mask_token=0, to="N 4"),
        case("N 5:bool", vocabulary=[0, -1, 1], mask_token=0, to="N 5:int64"),
        case("N t:int64", **IDS, invert=True, mask_token=0, num_oov_indices=3, to="N t:int64"),
        case("N 5:int64", **IDS, output_mode="multi_hot", num_oov_indices=2, to="N 5:float32!"),
        case("N 3 ?:int64", **IDS, output_mode="one_hot", fails=UnknownSize, silent="it fails in a graph"),
        case("N:int64", **IDS, output_mode="multi_hot", fails=WrongRank, silent="the batch is taken for one sample"),
        case("N 5 2:int64", **IDS, output_mode="count", fails=WrongRank, silent="another axis is counted than said"),
        case("N 5:string", **IDS, fails=WrongDtype, late=True),
    )
