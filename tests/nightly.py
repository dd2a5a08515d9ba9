"""The nightly mode: `NETWRIGHT_NIGHTLY=1` runs what takes hours, of which CI runs a part."""

from __future__ import annotations

import os

NIGHTLY = os.environ.get("NETWRIGHT_NIGHTLY", "") not in ("", "0")
