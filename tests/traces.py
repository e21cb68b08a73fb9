"""What the folder of an instance holds, searched from outside.

SQLite's locks belong to the process: one that opens and closes the file of a database that it also has open loses them,
and another process then takes the write-ahead log away under it. So the search is a process of its own.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_SEARCH = """
import json, sys
from pathlib import Path
words = [bytes.fromhex(word) for word in sys.argv[2:]]
files = [path for path in Path(sys.argv[1]).rglob("*") if path.is_file()]
found = [path.name for path in files if any(word in path.read_bytes() for word in words)]
print(json.dumps({"searched": [path.name for path in files], "found": found}))
"""


def search(folder: Path, words: Sequence[bytes]) -> tuple[list[str], list[str]]:
    """Names of every file below the folder, and of those that hold one of the words."""
    command = [sys.executable, "-c", _SEARCH, str(folder), *(word.hex() for word in words)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told["searched"], told["found"]
