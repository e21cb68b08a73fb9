"""One job of pytauargus in a process of its own (it wants that): a table on standard input, its pattern on standard output.

Input:  {"columns": [...], "cells": [[[code, …], count], …], "suppress": "OPT(1)", "rule": "FREQ(5,30)"}
Output: {"seconds": …, "cells": [[[code, …], shown value or null], …]} with "Total" for sums.
"""

import json
import sys
import tempfile
import time


def main() -> None:
    import pytauargus

    job = json.load(sys.stdin)
    columns = job["columns"]
    people: dict[str, list[object]] = {column: [] for column in columns}
    people["n"] = []
    for codes, count in job["cells"]:
        for column, code in zip(columns, codes, strict=True):
            people[column] += [code] * count
        people["n"] += [1] * count
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        result = pytauargus.protect(
            people, columns, response="n", safety_rules=job["rule"], suppress=job["suppress"], workdir=folder
        )
        seconds = time.monotonic() - started
        table = result.tables[0]
        shown = table.safe(None)
        rows = table.rows
        rows = rows() if callable(rows) else rows
        cells = [[[row[column] for column in columns], value] for row, value in zip(rows, shown, strict=True)]
    print(json.dumps({"seconds": seconds, "cells": cells}))


if __name__ == "__main__":
    main()
