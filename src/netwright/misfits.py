"""Why tensors do not fit a layer: what a shape rule raises, as data.

A rule knows its tensors and arguments, not the node it stands in. `shapes` catches a misfit, adds node, edges and
sources, and goes on; `checks` chooses the words. Misfits are exceptions so that a rule can read as algebra.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netwright.tensors import Dim, Shape, Tensor


class Misfit(Exception):
    """A reason why tensors do not fit.

    `tensors` are those at fault; `argument` the argument at fault, if one is, with dots into an inner layer;
    `each_step` says that the tensors are single steps of what came in.
    """

    tensors: tuple[Tensor, ...]
    argument: str | None = None
    each_step = False


@dataclass(eq=False)
class WrongRank(Misfit):
    """A tensor has the wrong number of axes. `need` says which number, `axes` what the axes are."""

    tensor: Tensor
    need: str
    axes: str = ""

    def __post_init__(self) -> None:
        self.tensors = (self.tensor,)


@dataclass(eq=False)
class UnknownSize(Misfit):
    """The size of `axis` must be known. `why` completes the sentence "its size must be known ..."."""

    tensor: Tensor
    axis: int
    why: str

    def __post_init__(self) -> None:
        self.tensors = (self.tensor,)


@dataclass(eq=False)
class WrongSize(Misfit):
    """The size of `axis` is known and does not do. `need` completes "..., but must be ..."."""

    tensor: Tensor
    axis: int
    need: str
    argument: str | None = None

    def __post_init__(self) -> None:
        self.tensors = (self.tensor,)


@dataclass(eq=False)
class SizesDiffer(Misfit):
    """Two tensors that meet have different sizes, `sizes`, on `axes` (a position in each, from 0)."""

    first: Tensor
    second: Tensor
    axes: tuple[int, int]

    def __post_init__(self) -> None:
        self.tensors = (self.first, self.second)

    @property
    def sizes(self) -> tuple[Dim, Dim]:
        """The two sizes."""
        return self.first.shape[self.axes[0]], self.second.shape[self.axes[1]]


@dataclass(eq=False)
class RanksDiffer(Misfit):
    """Two tensors that meet have different numbers of axes."""

    first: Tensor
    second: Tensor

    def __post_init__(self) -> None:
        self.tensors = (self.first, self.second)


@dataclass(eq=False)
class NothingLeft(Misfit):
    """A window that covers `window` steps does not fit into the `size` steps of `axis`."""

    tensor: Tensor
    axis: int
    window: int
    argument: str | None

    def __post_init__(self) -> None:
        self.tensors = (self.tensor,)


@dataclass(eq=False)
class ElementsDiffer(Misfit):
    """A tensor of `have` elements per sample can't take the shape `target`, batch axis not included.

    Or one of `have` elements in all, where `whole`: the shape has a batch axis too.
    """

    tensor: Tensor
    target: Shape
    have: int
    argument: str | None
    whole: bool = False

    def __post_init__(self) -> None:
        self.tensors = (self.tensor,)


@dataclass(eq=False)
class AxisOutOfRange(Misfit):
    """The tensor has no axis `axis`."""

    tensor: Tensor
    axis: int
    argument: str | None

    def __post_init__(self) -> None:
        self.tensors = (self.tensor,)


@dataclass(eq=False)
class WrongAxis(Misfit):
    """The tensor has an axis `axis`, but it does not do. `need` completes "..., but must be ..."."""

    tensor: Tensor
    axis: int
    need: str
    argument: str | None

    def __post_init__(self) -> None:
        self.tensors = (self.tensor,)


@dataclass(eq=False)
class WrongLength(Misfit):
    """An argument with one entry per axis has the wrong number of them: `need`, for this tensor."""

    tensor: Tensor
    need: str
    argument: str | None

    def __post_init__(self) -> None:
        self.tensors = (self.tensor,)


@dataclass(eq=False)
class WrongDtype(Misfit):
    """The tensor's dtype does not do. `need` completes "takes ...": `integers`."""

    tensor: Tensor
    need: str
    argument: str | None = None

    def __post_init__(self) -> None:
        self.tensors = (self.tensor,)


@dataclass(eq=False)
class PolicyLost(Misfit):
    """Keras saves the layer without its dtype policy, `policy`."""

    tensor: Tensor
    policy: str
    argument: str | None = "dtype"

    def __post_init__(self) -> None:
        self.tensors = (self.tensor,)


@dataclass(eq=False)
class SharedDiffer(Misfit):
    """A call of a shared layer, that of `owner`, needs a `variable` of another shape than the first call made."""

    owner: str
    variable: str
    made: tuple[int, ...]
    needed: tuple[int, ...]
    tensors: tuple[Tensor, ...] = ()


@dataclass(eq=False)
class VariableRank(Misfit):
    """An initializer or regularizer, `name`, can't take the `variable` of shape `shape`: it needs `need` axes.

    Or, if `variable` is `the output`, what the layer gives.
    """

    noun: str
    name: str
    need: str
    variable: str
    shape: Shape
    argument: str | None
    tensors: tuple[Tensor, ...] = ()


@dataclass(eq=False)
class VariableDtype(Misfit):
    """An initializer can't make, or a regularizer can't take, the `variable` or `the output` in `dtype`."""

    noun: str
    name: str
    variable: str
    dtype: str
    argument: str | None
    tensors: tuple[Tensor, ...] = ()


@dataclass(eq=False)
class WrongCount(Misfit):
    """A port that takes several tensors got `got` of them; `need` says how many it takes, `like` what each is like."""

    port: str
    need: str
    got: int
    tensors: tuple[Tensor, ...] = ()
    like: Tensor | None = None


@dataclass(eq=False)
class WrongNumber(Misfit):
    """The number `value`, which `argument` has in place of a tensor, does not do. `need` completes "must be ..."."""

    argument: str | None
    value: float = 0
    need: str = ""
    tensors: tuple[Tensor, ...] = ()
