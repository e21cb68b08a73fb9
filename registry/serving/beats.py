"""How a process that the supervisor has started says on that it is well: a byte on a pipe, again and again.

A web process beats from its loop, so that a loop that hangs is seen. The worker beats from a thread of its own, since a job
may take long; what is stopped (SIGSTOP, a debugger) beats no more.
"""

import os
import threading
import time

EVERY = 1.0
"""Seconds between the beats of a thread."""


def beat(descriptor: int | None) -> None:
    """Say once that this process is well; without a descriptor nobody is told."""
    if descriptor is not None:
        try:
            os.write(descriptor, b".")
        except OSError:
            time.sleep(0)  # the pipe is full or nobody reads: the supervisor has its own way of seeing that


def keep_beating(descriptor: int | None) -> None:
    """Begin to say so from a thread of its own, as long as the process lives."""
    if descriptor is not None:
        threading.Thread(target=_beat_on, args=(descriptor,), name="beats", daemon=True).start()


def _beat_on(descriptor: int) -> None:
    while True:
        beat(descriptor)
        time.sleep(EVERY)
