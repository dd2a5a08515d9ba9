"""A file can't be imported.

A path is relative to the file that has it, uses `/`, and stays in the project: the nearest directory above with `pyproject.toml`,
`.git` or `netwright.toml`, or else the document's own. What is imported is a library: a document with `blocks` and no `inputs`.

## Bad

```json
{
  "netwright": 1,
  "name": "deep",
  "imports": {"layers": "../../elsewhere/layers.json"},
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `../../elsewhere/layers.json` can't be imported: it is outside of the project
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"hidden": {"type": "Dense", "units": 4}},
  "edges": [["features", "hidden"]],
  "outputs": {"code": "hidden"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "deep",
  "blocks": {
    "layer": {
      "inputs": ["x"],
      "nodes": {"dense": {"type": "Dense", "units": 4}},
      "edges": [["x", "dense"]],
      "outputs": {"x": "dense"}
    }
  },
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"hidden": {"block": "layer"}},
  "edges": [["features", "hidden"]],
  "outputs": {"code": "hidden"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.imports import CantImport
from netwright.words import tick


@check("B615")
def find(fault: CantImport) -> Iterator[Finding]:
    """Tell why."""
    yield Finding(fault.place, f"{tick(fault.path)} can't be imported: {fault.why}")
