"""Names once, before the tests, what this machine lacks and which tests therefore skip. In CI a lack is a failure."""

import os
import shutil
from pathlib import Path

NEEDS = (
    (
        "PostgreSQL",
        "the tests on PostgreSQL",
        lambda: shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    ),
    (
        "Chromium",
        "the browser and accessibility tests",
        lambda: shutil.which(os.environ.get("CHROMIUM", "chromium")) or shutil.which("chromium-browser"),
    ),
)


def main() -> int:
    absent = [(name, tests) for name, tests, is_there in NEEDS if not is_there()]
    for name, tests in absent:
        print(f"{name} is not installed: {tests} {'cannot run' if os.environ.get('CI') else 'are skipped'}.")
    return 1 if absent and os.environ.get("CI") else 0


if __name__ == "__main__":
    raise SystemExit(main())
