"""How many branches the unit tests took, in the pure modules and in all, held to the floors of ``[tool.floors]`` in pyproject.toml.

Pure modules are those of the import contract that keeps web framework and database from them: unit tests alone must
reach nearly all of each. The rest needs a database, which integration tests bring; what unit tests reach of it is told beside.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = "Modules that say Pure know no web framework and no database"


def main() -> int:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    (pure,) = [one["source_modules"] for one in tool["importlinter"]["contracts"] if one["name"] == CONTRACT]
    places = ",".join(one.replace(".", "/") + end for one in pure for end in (".py", "/__init__.py"))
    floors = tool["floors"]
    reports = (("Pure modules", floors["pure"], [f"--include={places}"]), ("All modules", floors["all"], []))
    return max([_report(*one) for one in reports])


def _report(name: str, floor: int, more: list[str]) -> int:
    asked = [sys.executable, "-m", "coverage", "report", "--format=total", "--precision=1", *more]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    taken = float(done.stdout)
    print(f"{name}: {taken:.1f} % of lines and branches are taken by unit tests (floor {floor} %)")
    return 1 if taken < floor else 0


if __name__ == "__main__":
    raise SystemExit(main())
