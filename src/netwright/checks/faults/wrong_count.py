"""A layer that merges gets too few or too many tensors.

## Bad

```json
{
  "netwright": 1,
  "name": "balance",
  "inputs": {"income": {"shape": [12]}, "rent": {"shape": [12]}, "taxes": {"shape": [12]}},
  "nodes": {"rest": {"type": "Subtract"}},
  "edges": [[["income", "rent", "taxes"], "rest"]],
                                          ^^^^^^ `rest` (Subtract) takes 2 tensors at `inputs`, but gets 3
  "outputs": {"rest": "rest"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "balance",
  "inputs": {"income": {"shape": [12]}, "rent": {"shape": [12]}, "taxes": {"shape": [12]}},
  "nodes": {
    "costs": {"type": "Add"},
    "rest": {"type": "Subtract"}
  },
  "edges": [[["rent", "taxes"], "costs"], [["income", "costs"], "rest"]],
  "outputs": {"rest": "rest"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from netwright.diagnostics import Finding, Noticed, check
from netwright.lineage import maker
from netwright.misfits import WrongCount
from netwright.shapes import Arrival, ShapeFault
from netwright.words import gives, layer, listed, tick

SEQUENCES = "to read two sequences, merge them first, with `Concatenate` or `Add`"


@check("T411", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell both numbers, at the last edge to that port."""
    misfit = fault.misfit
    assert isinstance(misfit, WrongCount)
    places = [one.place for one in fault.arrivals if one.port == misfit.port]
    noun = "tensor" if misfit.need == "1" else "tensors"
    yield Finding(
        places[-1] if places else fault.place,
        f"{layer(fault.node, fault.type)} takes {misfit.need} {noun} at {tick(misfit.port)}, but gets {misfit.got}",
        help=_way_out(fault, misfit),
    )


def _way_out(fault: ShapeFault, misfit: WrongCount) -> str | None:
    """What is no state, or is one in each direction."""
    arriving = [one for one in fault.arrivals if one.port == misfit.port]
    if misfit.like is None or not arriving:
        return None
    for one in arriving:
        if one.tensor.rank != misfit.like.rank:
            return f"{gives(one.source, one.tensor)}, which is no state: a state is {misfit.like}; {SEQUENCES}"
    names = tuple(getattr(fault.operation, "state_names", ()))
    return _both_ways(fault, arriving, names) or (f"its states are {listed(names)}, in this order" if names else None)


def _both_ways(fault: ShapeFault, arriving: Sequence[Arrival], names: Sequence[str]) -> str | None:
    """The states of both directions of an encoder, to be joined for a decoder that has one direction."""
    makers = {one.origin.name for one in arriving}
    made = maker(fault, arriving[0])
    if len(makers) != 1 or made is None or made.operation.kind() != "Bidirectional" or not names:
        return None
    width = arriving[0].tensor.last
    if len(arriving) != 2 * len(names) or not isinstance(width, int) or arriving[0].tensor.rank != 2:
        return None
    pairs = " and ".join(f"{tick(f'forward_{name}')} with {tick(f'backward_{name}')}" for name in names)
    return f"join {pairs}, each by a `Concatenate`, and give {tick(fault.node)} {2 * width} `units`"
