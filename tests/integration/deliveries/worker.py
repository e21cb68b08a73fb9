"""A worker that dies where it is told to, while it checks a long file.

    python worker.py DIE_AT

The whole application with its own database and folder (from the environment), and the worker's own loop; only the
handler is given a checkpoint that sends the process SIGKILL.
"""

import os
import signal
import sys
from functools import partial

import wsgi
from registry import jobs
from submission_portal.deliveries.checking.jobs import check
from submission_portal.deliveries.queries import CHECK


def main(die_at: str) -> None:
    def checkpoint(name: str) -> None:
        if name == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    app = wsgi.create_app()
    app.extensions["registry"].job_handlers[CHECK] = partial(check, checkpoint=checkpoint)
    with app.app_context():
        jobs.drain()


if __name__ == "__main__":
    main(sys.argv[1])
