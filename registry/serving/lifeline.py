"""A process that another one started ends when that one does, however it ended: it holds the far end of a pipe.

The supervisor keeps the near end open as long as it lives, so that even a kill, which nobody can prepare for, is seen as
the end of the pipe. Works wherever there are pipes.
"""

import os
import signal
import threading
import time

NAME = "REGISTRY_LIFELINE"
"""Environment variable with the descriptor; taken out of the environment by who holds it, so that it goes no further."""
GRACE = 5.0
"""Seconds from the word to end until the process ends anyway. A job that is cut off is taken again by another worker."""


def hold() -> None:
    """Begin to watch the descriptor that `NAME` gives, in a thread of its own; without one, nothing happens."""
    text = os.environ.pop(NAME, "")
    if text:
        descriptor = int(text)
        os.set_inheritable(descriptor, False)
        threading.Thread(target=_end_with, args=(descriptor,), name="lifeline", daemon=True).start()


def _end_with(descriptor: int) -> None:
    while os.read(descriptor, 64):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
