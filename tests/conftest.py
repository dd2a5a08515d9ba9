"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what commands really print into golden files")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def specs() -> Path:
    """The folder of specs."""
    return REPOSITORY / "specs"


@pytest.fixture
def shared() -> Path:
    """The data beside the repository, which only its maintainers have."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, data that is not part of the repository")
    return SHARED
