"""Tests, grouped by what they need installed."""
