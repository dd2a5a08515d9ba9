"""The versions of what shapes the bytes of an artifact, without importing any of it."""

from __future__ import annotations

import sys
from collections.abc import Collection

from netwright.version import __version__

# Under what names the distributions of a package are published that say their version.
PACKAGES = {
    "keras": ("keras", "keras-nightly"),
    "tensorflow": ("tensorflow", "tensorflow-cpu", "tensorflow-intel", "tensorflow-macos", "tf-nightly"),
    "numpy": ("numpy",),
    "h5py": ("h5py",),
    "onnx": ("onnx",),
    "tf2onnx": ("tf2onnx",),
}
# What shapes one format only.
ONLY_FOR = {"onnx": "onnx", "tf2onnx": "onnx"}


def versions(formats: Collection[str]) -> dict[str, str]:
    """The version of netwright, of Python, and of each package that is installed and has a part in the formats."""
    # Reading metadata loads a parser of e-mails: only where versions are wanted.
    from importlib.metadata import PackageNotFoundError, version

    found = {"netwright": __version__, "python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    for package, names in PACKAGES.items():
        if package in ONLY_FOR and ONLY_FOR[package] not in formats:
            continue
        for name in names:
            try:
                found[package] = version(name)
            except PackageNotFoundError:
                continue
            break
    return found
