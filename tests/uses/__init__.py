"""Unusual, but correct: small models of which nothing may be told, each named after what it is used for.

They are data for two tests: nothing is told of them (without TensorFlow), and all of them train.
"""

from __future__ import annotations

from tests.uses import frozen, images, losses, merges, metrics, outputs, sequences, shared, values
from tests.uses.model import Spec

_PAGES = (frozen, images, losses, merges, metrics, outputs, sequences, shared, values)
USES: dict[str, Spec] = {name: spec for page in _PAGES for name, spec in page.USES.items()}
