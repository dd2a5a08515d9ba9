"""`TextVectorization`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import PositiveInt, Sizes, choice, conflict
from netwright.catalog.families.dtypes import need_text
from netwright.catalog.families.encoding import COUNTING, Dense
from netwright.catalog.families.lookup import Table, Vocabulary
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor

WHY_ONE = "because only one text in each sample can be split"
# For the cases.
ABC: dict[str, Any] = {"vocabulary": ["a", "b", "c"]}
IDF: dict[str, Any] = {**ABC, "output_mode": "tf_idf", "idf_weights": [0.5, 1, 1.5]}


class TextVectorization(Table):
    """Split text into words, and replace each by its number in a table.

    Number 0 is for no word, after the end of a text that is shorter than others, and 1 for words that are not in the
    table; what is encoded has no number for no word.

    Arguments:
        standardize: what is done to the text first: `lower` makes lower case of it, `strip_punctuation` takes
            punctuation out; null leaves it
        split: where words end: at `whitespace`, or after each `character`; null takes what comes in for words
        ngrams: how many words in a row are taken for one term too, up to that many; or a list of lengths, and no other;
            null takes each word alone
        output_sequence_length: how many numbers each text becomes, the last cut off or zeros added; null takes as many
            as the longest has
        ragged: always false
        encoding: always `utf-8`
    """

    # How many words there are no graph knows, nor what it costs to find them.
    profiled: ClassVar[bool] = False

    vocabulary: Annotated[list[str] | None, Vocabulary()] = None
    standardize: Annotated[str | None, choice("lower_and_strip_punctuation", "lower", "strip_punctuation", None)] = (
        "lower_and_strip_punctuation"
    )
    split: Annotated[str | None, choice("whitespace", "character", None)] = "whitespace"
    ngrams: Annotated[int | tuple[int, ...] | None, Sizes(None, nullable=True)] = None
    output_sequence_length: PositiveInt | None = None
    ragged: Dense = False
    encoding: Annotated[str, choice("utf-8")] = "utf-8"

    @property
    def special(self) -> tuple[tuple[Any, int], ...]:
        """No word, if numbers come out, and all words that are not there."""
        return ("", int(self.output_mode == "int")), ("[UNK]", 1)

    @property
    def taken(self) -> dict[Any, str]:
        """No word."""
        return {"": "an empty word can't be a term: it stands for the end of a text"}

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.ngrams == ():
            raise conflict("ngrams", "`ngrams` must have a length, or no term would come out")
        if self.output_mode != "int" and self.output_sequence_length is not None:
            raise conflict("output_sequence_length", "`output_sequence_length` is only for the `output_mode` `int`")
        if self.output_mode == "one_hot":
            if self.split is not None:
                raise conflict(
                    "output_mode", "Keras can't make `one_hot` of texts that are split: some have more words"
                )
            if self.ngrams is not None:
                raise conflict("ngrams", "with `one_hot`, Keras knows no longer how many terms there are")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """The numbers of the words of each text, or what `output_mode` makes of them."""
        texts = self._texts(need_text(inputs))
        if self.output_mode == "int":
            return Tensor((texts.shape[0], self.output_sequence_length), "int64")
        return self.numbered(texts)

    def _texts(self, inputs: Tensor) -> Tensor:
        """The words of each text. Of other axes, Keras says another shape than it gives."""
        if self.split is None:
            return inputs.need_rank(2, "batch, words") if self.output_mode == "int" else inputs
        if self.output_mode != "int":
            return inputs.need_rank(1, "batch").with_shape(inputs.shape[0], None)
        if inputs.rank > 2:
            raise WrongRank(inputs, "1 or 2", "batch, text")
        if inputs.rank == 2 and inputs.known(1, WHY_ONE) != 1:
            raise WrongSize(inputs, 1, "1, the text to split", "split")
        return inputs

    def flops(self, inputs: Tensor) -> int:
        """What counting needs, and the weights. What it costs to find the words is not counted."""
        counting = COUNTING if self.output_mode in ("multi_hot", "count", "tf_idf") else 0
        return counting + (self.depth if self.output_mode == "tf_idf" else 0)

    cases = (
        case("N:string", **ABC, to="N ?:int64", params=0),
        case("N 1:string", **ABC, output_sequence_length=4, ngrams=2, split="character", to="N 4:int64"),
        case("N:string", **ABC, output_mode="multi_hot", standardize="lower", ngrams=[1, 3], to="N 4:float32!"),
        case("N:string", **IDF, max_tokens=9, pad_to_max_tokens=True, trainable=False, to="N 9"),
        case("N 5:string", **ABC, split=None, standardize=None, output_sequence_length=7, to="N 7:int64"),
        case("N 5:string", **ABC, split=None, output_mode="one_hot", to="N 5 4:float32!"),
        case("N ?:string", **ABC, split=None, output_mode="count", ngrams=2, to="N 4:float32!"),
        case("2:string", vocabulary=["", "[UNK]", "a"], to="2 ?:int64"),
        case("N:string", **ABC, split=None, output_mode="one_hot", max_tokens=4, to="N 4:float32!"),
        case("N 5:string", **ABC, fails=WrongSize, late=True),
        case("N ?:string", **ABC, fails=UnknownSize, late=True),
        case("N 4 1:string", **ABC, fails=WrongRank, silent="an axis more comes out"),
        case("N 1:string", **ABC, output_mode="count", fails=WrongRank, silent="an axis less comes out"),
        case("N:string", **ABC, split=None, fails=WrongRank, silent="an axis less comes out"),
        case("N:string", **ABC, split=None, output_mode="count", fails=WrongRank, silent="it is one text"),
        case("N ?:string", **ABC, split=None, output_mode="one_hot", fails=UnknownSize, silent="it fails in a graph"),
        case("N:int32", **ABC, fails=WrongDtype, late=True),
    )
