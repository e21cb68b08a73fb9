"""Writes a wheel: a zip with a list of itself, so that nothing else is needed to make one.

Made of the same files it is the same, byte for byte (https://packaging.python.org/specifications/binary-distribution-format/).
"""

import base64
import hashlib
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.root import ROOT

_MADE = (1980, 1, 1, 0, 0, 0)
"""The least moment that a zip can say; the real one would make each wheel another."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """What a wheel is. ``programs``: by name of the command its ``module:function``."""

    package: str
    version: str
    summary: str
    requires: tuple[str, ...]
    programs: Mapping[str, str]

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.package}-{self.version}-py3-none-any.whl"

    def write(self, folder: Path, files: Mapping[str, bytes]) -> Path:
        """Write it with these files (by name) into a folder, which is made where there is none. Returns where it is."""
        folder.mkdir(parents=True, exist_ok=True)
        path, info = folder / self.name, f"{self.package}-{self.version}.dist-info"
        whole = {
            **files,
            f"{info}/METADATA": "".join(self._metadata()).encode(),
            f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: vardplatsregistret\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/entry_points.txt": self._programs().encode(),
            f"{info}/licenses/LICENSE": (ROOT / "LICENSE").read_bytes(),
        }
        record = "".join(f"{name},{_hash(data)},{len(data)}\n" for name, data in whole.items())
        whole[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in whole.items():
                entry = zipfile.ZipInfo(name, _MADE)
                entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
                archive.writestr(entry, data)
        return path

    def _programs(self) -> str:
        return "[console_scripts]\n" + "".join(f"{name} = {function}\n" for name, function in self.programs.items())

    def _metadata(self) -> Iterable[str]:
        """What it is and needs: Python and the licence as the project says."""
        about = project()
        yield "Metadata-Version: 2.4\n"
        yield f"Name: {self.package.replace('_', '-')}\nVersion: {self.version}\nSummary: {self.summary}\n"
        yield f"License-Expression: {about['license']}\nLicense-File: LICENSE\n"
        yield f"Requires-Python: {about['requires-python']}\n"
        yield from (f"Requires-Dist: {one}\n" for one in self.requires)


def project() -> Mapping[str, Any]:
    """What `pyproject.toml` says of the whole."""
    about: Mapping[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return about


def _hash(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
