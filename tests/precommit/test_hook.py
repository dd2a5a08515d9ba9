"""The hook that the repository offers, run by the real `pre-commit` as a user's repository would run it.

`pre-commit try-repo` makes an environment of its own and installs the package there: with what it requires, and so
without TensorFlow.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).parent.parent.parent
GOOD = (REPOSITORY / "specs/shared_trunk.json").read_text()
BAD = GOOD.replace('"loss": {"output_1"', '"loss": {"hidden_1"')
GIT = {
    "GIT_AUTHOR_NAME": "test",
    "GIT_AUTHOR_EMAIL": "test@example.invalid",
    "GIT_COMMITTER_NAME": "test",
    "GIT_COMMITTER_EMAIL": "test@example.invalid",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **GIT})


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what this one would publish: tracked files and new ones, committed."""
    folder = tmp_path_factory.mktemp("hooks")
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in listing.splitlines():
        if (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "what is published")
    return folder


def committed(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    return folder


def run_hook(hooks: Path, user: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), "netwright", "--all-files", "--verbose"]
    environment = {**os.environ, **GIT, "PRE_COMMIT_HOME": str(cache)}
    return subprocess.run(command, cwd=user, check=False, capture_output=True, text=True, env=environment)


def test_hook_on_good_and_bad_files(hooks: Path, tmp_path: Path) -> None:
    other = {"package.json": json.dumps({"name": "no spec"})}
    (tmp_path / "good").mkdir()
    (tmp_path / "bad").mkdir()
    cache = tmp_path / "cache"

    good = run_hook(hooks, committed(tmp_path / "good", {"model.json": GOOD, **other}), cache)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "Passed" in good.stdout

    bad = run_hook(hooks, committed(tmp_path / "bad", {"model.json": BAD, "fine.json": GOOD, **other}), cache)
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "error[C501]: `hidden_1` is a node, not an output" in bad.stdout
    assert "package.json" not in bad.stdout
    assert "fine.json" not in bad.stdout


def test_the_package_requires_nothing_heavy() -> None:
    required = [Requirement(one) for one in requires("netwright") or ()]
    always = {one.name for one in required if one.marker is None}
    assert always == {"jsonschema", "pydantic"}
