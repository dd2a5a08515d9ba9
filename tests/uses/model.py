"""The form of all of them."""

from __future__ import annotations

from typing import Any

Spec = dict[str, Any]


def model(
    inputs: dict[str, Any], nodes: dict[str, Any], edges: list[Any], outputs: dict[str, Any], loss: Any, **more: Any
) -> Spec:
    """A spec. An input is its shape, or shape and dtype; a node's type may stand alone.

    Of `more`, what is of the compile section goes there.
    """
    section = {key: more.pop(key) for key in ("metrics", "weighted_metrics", "loss_weights") if key in more}
    return {
        "netwright": 1,
        "name": "use",
        "inputs": {
            name: {"shape": one[0], "dtype": one[1]} if isinstance(one, tuple) else {"shape": one}
            for name, one in inputs.items()
        },
        "nodes": {name: {"type": one} if isinstance(one, str) else one for name, one in nodes.items()},
        "edges": edges,
        "outputs": outputs,
        "compile": {"optimizer": "sgd", "loss": loss, **section},
        **more,
    }


def dense(units: int, activation: str | None = None, **more: Any) -> dict[str, Any]:
    return {"type": "Dense", "units": units, **({"activation": activation} if activation else {}), **more}


def conv(filters: int, size: int = 3, dimensions: int = 2, **more: Any) -> dict[str, Any]:
    return {"type": f"Conv{dimensions}D", "filters": filters, "kernel_size": size, "padding": "same", **more}
