"""Makes the small wheel of the check on a machine of one's own: `python -m tests.tools.offline_wheel FOLDER` (`make offline`).

In it is what its entry point and the readers' children import, the very files of the repository, and nothing else: the list is
followed along the imports (also those within functions), as the contract in pyproject.toml is. The same files give the same bytes.
"""

import re
import sys
import tomllib
from pathlib import Path

import grimp

from registry.root import ROOT
from registry.wheels import Wheel

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NAME = "vardplatsregistret_kontroll"
ENTRY = "submission_portal.deliveries.offline.main"
CONTRACT = "The check on a machine of one's own knows no web framework and no database"
DATA = ("information_models/starter/code_lists/*.json",)
"""Files that modules of the wheel read."""
NAMES = {"python_calamine": "python-calamine"}
"""What is imported under another name than it is installed by."""
ALWAYS = ("tzdata",)
"""What is needed where the system has none: the time zones, on Windows."""


def roots() -> list[str]:
    """The modules that are started: those that the contract holds."""
    (contract,) = (one for one in PROJECT["tool"]["importlinter"]["contracts"] if one["name"] == CONTRACT)
    return list(contract["source_modules"])


def contents() -> tuple[list[str], list[str]]:
    """The house's modules in the wheel, and the libraries that they import."""
    packages = PROJECT["tool"]["importlinter"]["root_packages"]
    graph = grimp.build_graph(*packages, include_external_packages=True, cache_dir=None)
    found = set(roots()).union(*(graph.find_upstream_modules(root) for root in roots()))
    ours = {module for module in found if module.split(".")[0] in packages}
    return sorted(ours), sorted(found - ours - set(sys.stdlib_module_names))


def files(modules: list[str]) -> dict[str, bytes]:
    """The wheel's files by name: the modules, the packages that they are in, and the data that they read."""
    names = {f"{module.replace('.', '/')}.py" for module in modules}
    names = {name if (ROOT / name).is_file() else f"{name.removesuffix('.py')}/__init__.py" for name in names}
    names |= {str(above / "__init__.py") for name in names for above in Path(name).parents if above != Path(".")}
    names |= {str(path.relative_to(ROOT)) for pattern in DATA for path in ROOT.glob(pattern)}
    return {name: (ROOT / name).read_bytes() for name in sorted(names)}


def pinned(libraries: list[str]) -> list[str]:
    """The libraries in the versions that the registry itself runs with."""
    pins = dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.M))
    wanted = sorted({*(NAMES.get(one, one) for one in libraries), *ALWAYS})
    return [f"{name}=={pins[name]}" for name in wanted]


def write(folder: Path) -> Path:
    """Write the wheel into the folder; its path."""
    modules, libraries = contents()
    wheel = Wheel(
        NAME,
        PROJECT["project"]["version"],
        "The check of Vårdplatsregistret on a region's own machine.",
        tuple(pinned(libraries)),
        {"kontrollera": f"{ENTRY}:main"},
    )
    return wheel.write(folder, files(modules))


def main() -> None:
    path = write(Path(sys.argv[1]))
    modules, libraries = contents()
    print(f"{path}: {len(modules)} modules, with {', '.join(pinned(libraries))}")


if __name__ == "__main__":
    main()
