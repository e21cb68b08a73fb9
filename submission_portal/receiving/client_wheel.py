"""The client for machines as a wheel: ``make client``."""

import sys
from pathlib import Path

from registry.wheels import Wheel
from submission_portal.receiving.client import VERSION

PACKAGE = "vardplatsregistret_client"
MODULES = ("client.py", "watching.py")
WHEEL = Wheel(
    PACKAGE,
    VERSION,
    "Delivers files to Vårdplatsregistret from a system of a region.",
    ("httpx>=0.27",),
    {
        "vardplatsregistret-client": f"{PACKAGE}.client:main",
        "vardplatsregistret-watch": f"{PACKAGE}.watching:main",
    },
)


def write_wheel(folder: Path) -> Path:
    """Write the wheel into a folder, which is made where there is none. Returns where it is."""
    here = Path(__file__).parent
    files = {f"{PACKAGE}/{name}": (here / name).read_bytes() for name in MODULES}
    return WHEEL.write(folder, {f"{PACKAGE}/__init__.py": b"", **files})


if __name__ == "__main__":
    sys.stdout.write(f"{write_wheel(Path(sys.argv[1]))}\n")
