"""A layer gets a tensor with the wrong number of axes.

The batch axis counts as one, though a spec never writes it. An image has a channel axis even if it is grey, and a
sequence of numbers has a feature axis even if there is one number per step.

## Bad

```json
{
  "netwright": 1,
  "name": "digits",
  "inputs": {"image": {"shape": [28, 28]}},
  "nodes": {
    "conv": {"type": "Conv2D", "filters": 8, "kernel_size": 3},
    "pool": {"type": "GlobalAveragePooling2D"}
  },
  "edges": [["image", "conv", "pool"]],
                      ^^^^^^ `conv` (Conv2D) takes 4 axes, but `image` gives 3: (batch, 28, 28)
  "outputs": {"features": "pool"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "digits",
  "inputs": {"image": {"shape": [28, 28, 1]}},
  "nodes": {
    "conv": {"type": "Conv2D", "filters": 8, "kernel_size": 3},
    "pool": {"type": "GlobalAveragePooling2D"}
  },
  "edges": [["image", "conv", "pool"]],
  "outputs": {"features": "pool"}
}
```
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import prod

from netwright.diagnostics import Finding, Noticed, check
from netwright.lineage import fed_to, is_input, maker, sequences
from netwright.misfits import WrongRank
from netwright.shapes import Arrival, ShapeFault
from netwright.words import counted, gives, layer, tick


@check("T401", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell both ends of the edge, and both numbers of axes."""
    misfit = fault.misfit
    assert isinstance(misfit, WrongRank)
    arrival = fault.at_fault[0]
    end = gives(arrival.source, f"{misfit.tensor.rank}: {misfit.tensor}", each_step=misfit.each_step)
    axes = f"the axes are ({misfit.axes})" if misfit.axes else None
    way_out = next(filter(None, (rule(fault, misfit, arrival) for rule in RULES)), None)
    yield Finding(
        fault.place,
        f"{layer(fault.node, fault.type)} takes {misfit.need} axes, but {end}",
        help="; ".join(filter(None, (way_out, axes))) or None,
    )


def _mask(fault: ShapeFault, misfit: WrongRank, arrival: Arrival) -> str | None:
    if arrival.port == "attention_mask" and misfit.tensor.rank == 2:
        return 'give a mask of the values an axis for the queries first: `{"op": "expand_dims", "axis": 1}`'
    return None


def _other_steps(fault: ShapeFault, misfit: WrongRank, arrival: Arrival) -> str | None:
    """A recurrent layer that returns one step where all are needed, or the other way around."""
    made = maker(fault, arrival)
    if made is None or made.position or not made.alone or misfit.each_step or not _is_data(arrival):
        return None
    where = tick(made.node) if made.operation.kind() != "Bidirectional" else f"the `layer` of {tick(made.node)}"
    every, rank = sequences(made.operation), misfit.tensor.rank
    if every is False and misfit.need in (str(rank + 1), f"at least {rank + 1}"):
        return f'set `"return_sequences": true` at {where}, so that it gives all steps'
    if every and misfit.need == str(rank - 1):
        return f"leave out `return_sequences` at {where}, so that it gives the last step alone"
    return None


def _joined_too_early(fault: ShapeFault, misfit: WrongRank, arrival: Arrival) -> str | None:
    """A `Flatten` or a global pooling before a layer that needs the axes."""
    made = maker(fault, arrival)
    if made is None or not made.alone or misfit.tensor.rank != 2 or not made.operation.kind().startswith(JOINING):
        return None
    before = fed_to(fault.model, made.node)
    if before is None or str(before.rank) != misfit.need:
        return None
    return f"leave out {layer(made.node, made.operation.kind())}, which gets {before.rank} axes"


def _no_steps(fault: ShapeFault, misfit: WrongRank, arrival: Arrival) -> str | None:
    """A layer at each step of what has no steps."""
    if not misfit.each_step or fault.type != "TimeDistributed" or str(arrival.tensor.rank) != misfit.need:
        return None
    return f"{tick(arrival.source)} has no axis of steps: leave out `TimeDistributed`, and the layer in it fits"


def _too_many_for_steps(fault: ShapeFault, misfit: WrongRank, arrival: Arrival) -> str | None:
    """An image, or a sequence of sequences, where one sequence is needed."""
    if misfit.axes != STEPS or misfit.tensor.rank != 4 or misfit.each_step:
        return None
    first, *rest = misfit.tensor.shape[1:]
    known = [size for size in rest if isinstance(size, int)]
    ways = []
    if len(known) == len(rest):
        target = [first if isinstance(first, int) else -1, prod(known)]
        ways.append(f'make one axis of the last two with a `Reshape`, `"target_shape": {json.dumps(target)}`')
    if sequences(fault.operation) is not None and not getattr(fault.operation, "return_state", False):
        ways.append("put the layer into `TimeDistributed`, to read each step as a sequence of its own")
    return ", or ".join(ways) or None


def _no_last_axis(fault: ShapeFault, misfit: WrongRank, arrival: Arrival) -> str | None:
    """An input without the axis of channels or features. An image of up to 4 columns is rather one with channels."""
    tensor = misfit.tensor
    wanted = misfit.need == str(tensor.rank + 1) and misfit.axes.endswith(("channels", "features"))
    if not wanted or not is_input(fault, arrival) or misfit.each_step or not _is_data(arrival):
        return None
    shape = json.dumps([*(size if isinstance(size, int | str) else None for size in tensor.shape[1:]), 1])
    if tensor.rank == 2:
        entries = "its entries" if not isinstance(tensor.last, int) else f"its {counted(tensor.last, 'number')}"
        return f"if {entries} are steps, write the `shape` of {tick(arrival.source)} as `{shape}`"
    if tensor.rank == 3 and isinstance(tensor.last, int) and tensor.last > 4:
        return f"grey images have one channel: write the `shape` of {tick(arrival.source)} as `{shape}`"
    return None


def _no_axes(fault: ShapeFault, misfit: WrongRank, arrival: Arrival) -> str | None:
    """Plain features where there must be space or time."""
    made = maker(fault, arrival)
    if made is None or made.operation.kind() != "Dense" or misfit.tensor.rank != 2 or not misfit.axes.count(",") > 1:
        return None
    return "give the features axes with a `Reshape` first"


def _is_data(arrival: Arrival) -> bool:
    return not arrival.port.endswith(("mask", "state"))


STEPS = "batch, steps, features"
JOINING = ("Flatten", "GlobalAverage", "GlobalMax")
RULES = (_mask, _other_steps, _joined_too_early, _no_steps, _too_many_for_steps, _no_last_axis, _no_axes)
