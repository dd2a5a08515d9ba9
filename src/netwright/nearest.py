"""The nearest name to one that is not there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

# Whoever misses more names than this has another problem than spelling, and guessing takes time.
MOST_GUESSES = 100


def nearest(word: str, choices: Iterable[object]) -> str | None:
    """The choice that `word` was most likely meant to be, or None if none is near. Case counts little."""
    return _nearest(word, tuple(choice for choice in choices if isinstance(choice, str)))


@lru_cache(maxsize=1024)
def _nearest(word: str, names: tuple[str, ...]) -> str | None:
    # Loaded for a mistake only.
    from difflib import get_close_matches

    if word in names:
        return word
    # Of names that differ in case only, the one that begins as the word does.
    alike = sorted(names, key=lambda name: name[:1].isupper() == word[:1].isupper())
    folded = {name.lower(): name for name in alike}
    if word.lower() in folded:
        return folded[word.lower()]
    # difflib compares in quadratic time; no honest typo is longer than this, nor is a choice among so many one.
    close = get_close_matches(word.lower()[:80], list(folded)[:2000], n=1, cutoff=0.7)
    return folded[close[0]] if close else None
