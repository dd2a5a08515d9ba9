"""Low-rank adaptation: what the layers that can be trained that way share."""

from __future__ import annotations

from math import prod

from netwright.arguments import conflict


def check_lora(rank: int | None, alpha: float | None, constraint: str, constrained: object) -> None:
    """Refuse what Keras would forget, or refuse, when it builds the layer.

    Args:
        rank: the layer's `lora_rank`.
        alpha: its `lora_alpha`.
        constraint: the name of the argument that constrains the variable beside which the update is trained.
        constrained: the value of that argument.

    Raises:
        PydanticCustomError: `alpha` is given and is not `rank`, or the variable is constrained.
    """
    check_unconstrained(rank, constraint, constrained)
    if rank is not None and alpha not in (None, rank):
        raise conflict("lora_alpha", "Keras takes `lora_rank` for `lora_alpha`, whatever it is")


def check_unconstrained(rank: int | None, constraint: str, constrained: object) -> None:
    """Refuse a constraint that Keras could not keep. Arguments as in `check_lora`.

    Raises:
        PydanticCustomError: the variable is constrained.
    """
    if rank is not None and constrained is not None:
        raise conflict("lora_rank", f"a `{constraint}` can't be kept with a low-rank update")


def update_flops(rank: int | None, shape: tuple[int, ...]) -> int:
    """The cost of making the update of a variable of that shape, scaling it and adding it: nothing without a rank."""
    return (2 * rank + 2) * prod(shape) if rank is not None else 0
