"""The nearest name to one that is not there."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, choices: Iterable[object]) -> str | None:
    """The choice that `word` was most likely meant to be, or None if none is near. Case counts little."""
    from difflib import get_close_matches

    names = [choice for choice in choices if isinstance(choice, str)]
    if word in names:
        return word
    folded = {name.lower(): name for name in reversed(names)}
    if word.lower() in folded:
        return folded[word.lower()]
    # difflib compares word by word in quadratic time; no honest typo is longer than this.
    close = get_close_matches(word.lower()[:80], folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None
