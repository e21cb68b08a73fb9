"""A worker that dies where it is told to.

    python worker.py DIE_AT

The whole application with its own database and folder (from the environment), and the worker's own loop; only the two
handlers are given a checkpoint that sends the process SIGKILL: no handler, no cleanup, no flush.
"""

import os
import signal
import sys
from functools import partial

import wsgi
from registry import jobs
from submission_portal.followup.jobs import publish_tables
from submission_portal.forwarding.jobs import forward_release


def main(die_at: str) -> None:
    def checkpoint(name: str) -> None:
        if name == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    app = wsgi.create_app()
    handlers = app.extensions["registry"].job_handlers
    handlers["forward_release"] = partial(forward_release, checkpoint=checkpoint)
    handlers["publish_tables"] = partial(publish_tables, checkpoint=checkpoint)
    with app.app_context():
        jobs.drain()


if __name__ == "__main__":
    main(sys.argv[1])
