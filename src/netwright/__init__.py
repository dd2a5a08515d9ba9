"""netwright: a network written as one JSON file, checked without TensorFlow and compiled into a Keras model.

```python
import netwright

report = netwright.validate("specs/shared_trunk.json")
print(report)                                           # every mistake, with its place and a way out
model = netwright.build("specs/shared_trunk.json")      # a compiled keras.Model
netwright.compile("specs/shared_trunk.json", "artifact")  # model.keras, saved_model/, manifest.json
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netwright.version import __version__

if TYPE_CHECKING:
    from netwright.api import CantConvert as CantConvert
    from netwright.api import InvalidSpec as InvalidSpec
    from netwright.api import Report as Report
    from netwright.api import TargetInUse as TargetInUse
    from netwright.api import Verification as Verification
    from netwright.api import build as build
    from netwright.api import compile as compile
    from netwright.api import validate as validate
    from netwright.api import verify as verify

__all__ = [
    "CantConvert",
    "InvalidSpec",
    "Report",
    "TargetInUse",
    "Verification",
    "__version__",
    "build",
    "compile",
    "validate",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Load the library when it is first used, so that the command line starts fast."""
    if name in __all__:
        from netwright import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
