"""A process that writes releases into a national store and may be told where to die.

    python writer.py FOLDER DIE_AT RELEASE…

``DIE_AT`` is the name of a checkpoint (``-``: none). The process sends itself SIGKILL there: no handler, no cleanup, no
flush, exactly as when the machine takes it away. Each release that was written is said on standard output.
"""

import os
import signal
import sys
from pathlib import Path

import polars as pl

from submission_portal.forwarding.sinks import Consignment, DeltaSink


def rows(release: str) -> pl.DataFrame:
    number = int(release.removeprefix("r"))
    return pl.DataFrame({"dag": "2018-03-01", "sjukhus": ["a", "b", "c"], "antal": [number, number + 1, number + 2]})


def main(folder: str, die_at: str, *releases: str) -> None:
    def checkpoint(name: str) -> None:
        if name == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sink = DeltaSink(Path(folder))
    for release in releases:
        sink.write(Consignment(release, "beds", "25", rows(release)), checkpoint)
        print(release, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
