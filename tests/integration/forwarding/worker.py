"""A worker that dies where it is told to.

    python worker.py DIE_AT        one worker
    python worker.py               a worker for each line of the input, which says where it dies; the answer is how it ended

The whole application with its own database and folder (from the environment), and the worker's own loop; only the two
handlers are given a checkpoint that sends the process SIGKILL: no handler, no cleanup, no flush.
"""

import os
import signal
import sys
import traceback
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


def one_after_the_other() -> None:
    """Each worker is a process of its own, which has nothing of the others but the program that was read once."""
    for line in sys.stdin:
        if (worker := os.fork()) == 0:
            try:
                main(line.strip())
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1]) if len(sys.argv) > 1 else one_after_the_other()
