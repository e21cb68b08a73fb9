"""Children that are started before they are needed, and do one dangerous piece of work at a time each.

    pool = Pool("submission_portal.deliveries.reading.child", size=2)
    answer = pool.run({"name": "a.csv"}, [data])       # raises Died where the work took its child with it

Every process that needs one has its own pool. A child is a fresh program (never a fork), confines itself (`confinement`), and
ends when its parent does. The work is bounded in memory and processor time (`bounds`), never in wall time: on a busy machine
it takes longer, and that is all. A thread of the pool starts the children and looks at those that work. A child that dies
takes nothing with it: the caller is told why, and the next work goes to a fresh one. What a child answers is data of unknown
origin: `messages` makes nothing but JSON values and bytes of it, and the caller has to check those.

The pool knows nothing of what is worked on. Standard library only: what it logs is passed on by `registry.log`.
"""

import logging
import math
import os
import secrets
import signal
import subprocess
import sys
import weakref
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Condition, Thread
from typing import IO, Any

from registry.cage.bounds import Bounds
from registry.cage.messages import BrokenMessageError, Message, receive, send
from registry.cage.usage import CAN_LOOK, use_of
from registry.root import ROOT

try:
    import fcntl
    import resource
except ImportError:  # no POSIX system
    fcntl = resource = None  # type: ignore[assignment]

PIPE_BYTES = 1 << 20
"""What a pipe holds, so that a file goes through it in few turns."""
LOOK_EVERY = 0.02
"""Seconds between two looks at a child that works."""
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")
"""All that a child is given of the environment: no address of a database, no key."""
_SETTINGS = {
    # NumPy would start threads when it is imported; they would be outside of the walls that a thread raises for itself.
    "OPENBLAS_NUM_THREADS": "1",
    # Arrays of up to so many bytes are made and dropped all the time: their memory is kept, and not given back each time.
    "MALLOC_MMAP_THRESHOLD_": str(16 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
}
_NOT_OUR_DOING = {-signal.SIGTERM, -signal.SIGINT, -getattr(signal, "SIGKILL", signal.SIGTERM)}
_TRIES = 3
_AGAIN = 0.5
"""Seconds until a child that could not be started is tried again."""
log = logging.getLogger("registry.cage")

Told = Callable[[Mapping[str, Any]], None]


class Reason(StrEnum):
    """Why a piece of work was not done."""

    MEMORY = "memory"
    PROCESSOR = "processor"
    DIED = "died"


class Died(Exception):
    """The work was not done, and its child is gone. Nothing else is."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child answered: unchecked."""

    value: Any
    parts: tuple[bytes, ...]


@dataclass(eq=False)
class _Child:
    process: "subprocess.Popen[bytes]"
    requests: IO[bytes]
    answers: IO[bytes]
    works: int = 0
    is_ready: bool = False
    missing: tuple[str, ...] = ()
    """The walls that the system did not let it raise."""
    killed_for: Reason | None = None
    spent: float = 0.0
    """Processor seconds before the present work."""
    unpacked: int = 0
    """Bytes that the present work says it has unpacked."""
    is_awaited: bool = False
    """Whether it is being read from or written to: nothing but itself keeps it from going on."""
    seen_spent: float = -1.0
    seen_asleep: int = 0
    """Looks at which it was asleep since it was seen to have used the processor."""

    def kill(self, reason: Reason) -> None:
        self.killed_for = self.killed_for or reason
        self.process.kill()


@dataclass(eq=False)
class _State:
    """What the pool and its thread share; the thread must not keep the pool from being dropped."""

    work: str
    size: int
    bounds: Bounds
    changed: Condition = field(default_factory=Condition)
    idle: "deque[_Child]" = field(default_factory=deque)
    busy: set[_Child] = field(default_factory=set)
    waiting: int = 0
    is_closed: bool = False
    cannot_start: bool = False
    """Whether the system refused to start the last child."""
    keeper: Thread | None = None
    pid: int = 0


class Pool:
    """Children for one kind of work. ``work``: the module that `registry.cage.child` runs."""

    def __init__(self, work: str, *, size: int = 2, bounds: Bounds | None = None) -> None:
        self._state = _State(work, size, bounds or Bounds())
        self._is_weakness_told = False
        weakref.finalize(self, _close, self._state)

    @property
    def bounds(self) -> Bounds:
        return self._state.bounds

    def start(self) -> None:
        """Have a child ready before anybody asks. Not before a fork: the children would be the wrong process's."""
        with self._state.changed:
            self._keep()

    def run(
        self, request: Mapping[str, Any], parts: Sequence[bytes] = (), *, told: Told = lambda facts: None
    ) -> Answer:
        """Have one piece of work done; ``told`` is called with what the child tells on the way.

        Waits for a child while all are busy. Raises :class:`Died`. A child that somebody outside ended is not the work's
        doing: it is done again by another, twice at most, since whoever ends one child may end those that wait as well.
        """
        for attempt in range(_TRIES):
            child = self._take()
            is_given = False
            try:
                self._make_ready(child)
                is_given = True
                answer = self._have_done(child, request, parts, told)
            except (OSError, BrokenMessageError, EOFError) as error:
                child.process.kill()
                status = child.process.wait()
                reason = child.killed_for or _reason(status)
                self._drop(child)
                is_foreign = child.killed_for is None and status in _NOT_OUR_DOING
                facts = {"work": self._state.work, "reason": str(reason), "status": status, "is_given": is_given}
                log.warning("child_died", extra={"facts": facts})
                if (is_given and not is_foreign) or attempt == _TRIES - 1:
                    raise Died(reason, f"status {status}, {type(error).__name__}") from None
            except BaseException:
                # The caller gave up in the middle: what the child would still answer is nobody's.
                child.process.kill()
                child.process.wait()
                self._drop(child)
                raise
            else:
                self._give_back(child)
                if isinstance(answer, Died):
                    raise answer
                return answer
        raise AssertionError("the last try returns or raises")

    def missing(self) -> tuple[str, ...]:
        """What the system does not permit the children to lock themselves up with; waits until one has tried."""
        try:
            child = self._take()
        except Died:
            return ("child",)
        try:
            self._make_ready(child)
        except (OSError, BrokenMessageError, EOFError):
            self._drop(child)
            return ("child",)
        self._give_back(child)
        return child.missing

    def close(self) -> None:
        """End every child."""
        _close(self._state)

    def children(self) -> tuple[int, ...]:
        """The process ids of the children, those that work first."""
        with self._state.changed:
            return tuple(child.process.pid for child in (*self._state.busy, *self._state.idle))

    def _keep(self) -> None:
        """See that there is a thread that starts and watches the children. Within the lock."""
        state = self._state
        if state.pid != os.getpid():
            # Nobody has started here yet, or this is a fork: the children of the process before are not ours.
            state.idle.clear()
            state.busy.clear()
            state.waiting, state.keeper, state.pid = 0, None, os.getpid()
        if state.keeper is None or not state.keeper.is_alive():
            state.is_closed = False
            state.keeper = Thread(target=_keep_children, args=(state,), name="cage", daemon=True)
            state.keeper.start()
        state.changed.notify_all()

    def _take(self) -> _Child:
        state = self._state
        with state.changed:
            state.waiting += 1
            self._keep()
            try:
                while True:
                    state.changed.wait_for(lambda: state.idle or (state.cannot_start and not state.busy))
                    if not state.idle:
                        raise Died(Reason.DIED, "no child could be started")
                    child = state.idle.popleft()
                    if child.process.poll() is None:
                        state.busy.add(child)
                        return child
                    _end(child)
                    state.changed.notify_all()
            finally:
                state.waiting -= 1
                state.changed.notify_all()

    def _make_ready(self, child: _Child) -> None:
        if child.is_ready:
            return
        child.is_awaited = True
        first = receive(child.answers, self.bounds.answer_bytes)
        if first is None:
            raise EOFError
        child.missing = tuple(str(one) for one in first.head.get("missing", ()))
        child.is_ready = True
        if not CAN_LOOK:
            child.missing += ("memory_watch",)
        if child.missing and not self._is_weakness_told:
            self._is_weakness_told = True
            facts = {"work": self._state.work, "not_permitted": ", ".join(child.missing)}
            log.warning("cage_is_weaker", extra={"facts": facts})

    def _have_done(
        self, child: _Child, request: Mapping[str, Any], parts: Sequence[bytes], told: Told
    ) -> "Answer | Died":
        child.works += 1
        use = use_of(child.process.pid)
        child.spent, child.unpacked = (use.processor_seconds if use else 0.0), 0
        _allow(child, self.bounds)
        child.is_awaited, child.seen_asleep = True, 0
        token = secrets.token_hex(8)  # what was sent before it was asked for is no answer
        send(child.requests, {"token": token, "request": request}, parts)
        while (message := receive(child.answers, self.bounds.answer_bytes)) is not None:
            head = message.head
            if head.get("token") != token:
                raise BrokenMessageError("it is about something else")
            if "tell" in head:
                self._hear(child, head, told)
            elif "fault" in head:
                kind, at = str(head["fault"])[:80], str(head.get("at"))[:120]
                facts = {"work": self._state.work, "error": kind, "at": at}
                log.error("child_fault", extra={"facts": facts})
                return Died(Reason.MEMORY if kind == MemoryError.__name__ else Reason.DIED, f"{kind} at {at}")
            else:
                return _answered(message)
        raise EOFError

    def _hear(self, child: _Child, head: Mapping[str, Any], told: Told) -> None:
        facts = head["tell"]
        if not isinstance(facts, dict):
            raise BrokenMessageError("what is told is no object")
        unpacked = facts.get("unpacked")
        if type(unpacked) is int:
            child.unpacked = max(child.unpacked, unpacked)
            _allow(child, self.bounds)
        child.is_awaited = False
        told(facts)
        child.is_awaited = True

    def _give_back(self, child: _Child) -> None:
        state = self._state
        use = use_of(child.process.pid)
        is_worn = child.works >= self.bounds.works or (
            use is not None and use.resident_bytes > self.bounds.idle_resident_bytes
        )
        with state.changed:
            if child not in state.busy:
                is_worn = True
            state.busy.discard(child)
            if not is_worn and not state.is_closed:
                state.idle.appendleft(child)
            state.changed.notify_all()
        if is_worn or state.is_closed:
            _end(child)

    def _drop(self, child: _Child) -> None:
        with self._state.changed:
            self._state.busy.discard(child)
            self._state.changed.notify_all()
        _end(child)


def _answered(message: Message) -> Answer:
    if "answer" not in message.head:
        raise BrokenMessageError("neither an answer nor a fault")
    return Answer(message.head["answer"], message.parts)


def _reason(status: int) -> Reason:
    """Why a child ended, by its status: the kernel's limit of processor time has a signal of its own."""
    return Reason.PROCESSOR if status == -getattr(signal, "SIGXCPU", 0) else Reason.DIED


def _allow(child: _Child, bounds: Bounds) -> None:
    """Let the kernel end the child should its processor time pass what it has been allowed and nobody be looking."""
    if resource is not None and hasattr(resource, "prlimit"):
        soft = math.ceil(child.spent + bounds.allowance(child.unpacked)) + 1
        with suppress(OSError, ValueError):
            hard = resource.prlimit(child.process.pid, resource.RLIMIT_CPU)[1]
            resource.prlimit(child.process.pid, resource.RLIMIT_CPU, (soft, hard))


def _keep_children(state: _State) -> None:
    """The pool's thread. It starts the children, since one that outlives its starting thread would be ended with that."""
    while True:
        with state.changed:
            if state.is_closed or state.pid != os.getpid():
                return
            _start_wanted(state)
            busy = list(state.busy)
            if not busy:
                state.changed.wait(_AGAIN if state.cannot_start else None)
                continue
        for child in busy:
            _look(child, state.bounds)
        with state.changed:
            state.changed.wait(LOOK_EVERY)


def _start_wanted(state: _State) -> None:
    """One child more than work asks for, and never more than the pool's size."""
    wanted = min(state.size - len(state.idle) - len(state.busy), max(1, state.waiting) - len(state.idle))
    for _ in range(wanted):
        try:
            state.idle.append(_start(state))
            state.cannot_start = False
        except OSError as error:
            state.cannot_start = True
            facts = {"work": state.work, "error": type(error).__name__, "errno": error.errno}
            log.error("child_not_started", extra={"facts": facts})
        state.changed.notify_all()


def _look(child: _Child, bounds: Bounds) -> None:
    use = use_of(child.process.pid)
    if use is None:
        return
    if use.resident_bytes > bounds.resident_bytes:
        child.kill(Reason.MEMORY)
    elif use.processor_seconds - child.spent > bounds.allowance(child.unpacked):
        child.kill(Reason.PROCESSOR)
    elif use.processor_seconds != child.seen_spent:
        child.seen_spent, child.seen_asleep = use.processor_seconds, 0
    elif use.is_asleep and child.is_awaited:
        # A slow machine keeps nobody asleep: this one does nothing, and would keep its place for ever.
        child.seen_asleep += 1
        if child.seen_asleep >= bounds.looks_asleep:
            child.kill(Reason.DIED)


def _start(state: _State) -> _Child:
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ} | _SETTINGS
    arguments = [state.work, str(os.getpid()), str(state.bounds.data_bytes)]
    process = subprocess.Popen(  # noqa: S603  (our own program)
        [sys.executable, "-E", "-s", "-B", "-m", "registry.cage.child", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a native library's last words may quote the file
        start_new_session=True,
    )
    requests, answers = process.stdin, process.stdout
    if requests is None or answers is None:
        raise OSError("a child without pipes")
    for pipe in (requests, answers):
        with suppress(OSError, AttributeError, ValueError):  # other systems have no such call, or less room
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return _Child(process, requests, answers)


def _end(child: _Child) -> None:
    child.process.kill()
    child.process.wait()
    for stream in (child.requests, child.answers):
        with suppress(OSError):
            stream.close()


def _close(state: _State) -> None:
    if state.pid != os.getpid():
        return
    with state.changed:
        state.is_closed = True
        children = [*state.idle, *state.busy]
        state.idle.clear()
        state.changed.notify_all()
    for child in children:
        child.process.kill()
        child.process.wait()
