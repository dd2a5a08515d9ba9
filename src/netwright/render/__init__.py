"""Diagnostics as text: one output format per file. Each gives `render(analyses) -> str` for one whole run."""
