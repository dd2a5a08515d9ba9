"""Low-rank adaptation: what the layers that can be trained that way share."""

from __future__ import annotations

from netwright.arguments import conflict


def check_lora(rank: int | None, alpha: float | None) -> None:
    """Refuse a factor that Keras would forget when it builds the layer.

    Raises:
        PydanticCustomError: `alpha` is given and is not `rank`.
    """
    if rank is not None and alpha not in (None, rank):
        raise conflict("lora_alpha", "Keras takes `lora_rank` for `lora_alpha`, whatever it is")
