"""A folder whose files are delivered: each is sent, or stopped with what was found beside it as text.

It talks to the registry as any machine client does (`client`), so that it runs where the registry runs or in a region. It is in
the client's wheel, and therefore names its neighbour relatively.

Nothing is remembered between runs but what is in the folder and in the registry: a file is named by its content
(``sender_reference``), and one that was received before is not sent again, whatever it is called and however the program ended.

    FOLDER/            a file is taken when its size and time have not changed for ten seconds
    FOLDER/skickat/    received; the receipt's number is beside it
    FOLDER/stoppat/    not sent; why is beside it

A file that waits for the region's decision, or for a registry that does not answer, stays where it is and is tried again.
"""

import argparse
import hashlib
import itertools
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from . import client
from .client import DISCLOSURE, READY, RECEIVED, Delivery, Problem, Registry, Unreachable

SENT, STOPPED = "skickat", "stoppat"
STILL = 10.0
"""Seconds that a file must have been as it is: whoever writes it has ended."""
LOOK = 2.0
"""Seconds between two looks at the folder."""
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 900.0
"""Seconds until a file that waits is tried again: twice as long each time, up to a quarter of an hour."""
LARGEST = 512 * 2**20
"""A larger file is not read into memory; the registry takes none that large."""
SCOPES = ("read_deliveries", "prepare_deliveries", "send_deliveries")
_UNFINISHED = (".tmp", ".part", ".filepart", ".crdownload")
_OF_THE_FILE = (400, 409, 413, 415, 422)
"""Statuses that are about the file; what else is not taken is a matter of settings or of time, and waits."""


class Fingerprint(NamedTuple):
    """What a file is known by while nobody writes it."""

    node: int
    size: int
    changed: int


@dataclass(slots=True)
class Seen:
    """A file in the folder: since when it has been as it is, and when it is to be tried, on the clock."""

    fingerprint: Fingerprint
    due: float
    pause: float = FIRST_PAUSE
    said: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: the folder that it goes to (none: it waits), why in a line, and what was found."""

    goes_to: str
    said: str
    found: tuple[str, ...] = ()


class NotStill(Exception):
    """A file changed while it was read, or is none that is read."""


class Folder:
    """A folder and the delivery line that its files are delivered in.

    ``say`` takes a line of the log; ``clock`` gives seconds that only grow.
    """

    def __init__(
        self,
        folder: Path,
        line: str,
        registry: Registry,
        *,
        say: Callable[[str], None],
        language: str = "sv",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder, self._line, self._registry = folder, line, registry
        self._say, self._language, self._clock = say, language, clock
        self._seen: dict[str, Seen] = {}

    def look(self) -> None:
        """Take in hand each file that is due. One that cannot be handled now is tried again later."""
        now, there = self._clock(), dict(_files(self._folder))
        self._seen = {name: seen for name, seen in self._seen.items() if name in there}
        for name, found in sorted(there.items(), key=lambda one: (one[1].changed, one[0])):
            seen = self._seen.get(name)
            if seen is None or seen.fingerprint != found:
                self._seen[name] = Seen(found, now + STILL)
            elif now >= seen.due:
                self._handle(name, seen)

    def _handle(self, name: str, seen: Seen) -> None:
        try:
            outcome = self._delivered(name, seen.fingerprint)
            if outcome.goes_to:
                self._move(name, seen.fingerprint, outcome)
        except (Unreachable, OSError) as error:
            outcome = Outcome("", str(error))
        except NotStill:
            del self._seen[name]
            return
        if outcome.goes_to:
            del self._seen[name]
            return
        if outcome.said != seen.said:
            self._note(name, self._in("väntar", "waits"), outcome.said)
        seen.said, seen.due = outcome.said, self._clock() + seen.pause
        seen.pause = min(2 * seen.pause, LONGEST_PAUSE)

    def _delivered(self, name: str, fingerprint: Fingerprint) -> Outcome:
        """Deliver a file, as far as it goes."""
        data = _content(self._folder / name, fingerprint)
        if data is None:
            words = f"Filen är större än {LARGEST} byte.", f"The file is larger than {LARGEST} bytes."
            return Outcome(STOPPED, self._in(*words))
        try:
            delivery = self._made(name, data)
            if delivery.state in READY:
                self._registry.send(delivery)
                delivery = self._registry.delivery(delivery.id)
            found = tuple(client.told(one) for one in self._registry.findings(delivery.id))
        except Problem as problem:
            is_undecided = problem.waits_for == DISCLOSURE
            waits = is_undecided or problem.is_passing or problem.status not in _OF_THE_FILE
            found = tuple(map(client.told, problem.findings)) or (problem.detail,)
            return Outcome("" if waits else STOPPED, f"{problem.status} {problem.title}", found)
        if delivery.state == client.CHECKING:
            return Outcome("", self._in("Den kontrolleras ännu.", "It is still being checked."))
        goes_to = SENT if delivery.state in RECEIVED else STOPPED
        return Outcome(goes_to, f"{delivery.number or delivery.id} {delivery.state}", found)

    def _made(self, name: str, data: bytes) -> Delivery:
        """The delivery of a file: the one that was received before, or else one that is made, or found, by its content."""
        reference = f"sha256-{hashlib.sha256(data).hexdigest()}"
        known = list(self._registry.deliveries(line=self._line, sender_reference=reference))
        received = next((one for one in known if one["state"] in RECEIVED), None)
        if received is not None:
            return self._registry.delivery(received["id"])
        withdrawn = sum(one["state"] == "withdrawn" for one in known)
        is_new = withdrawn == len(known)
        key = f"{reference}-{withdrawn}" if is_new else None
        return self._registry.deliver(self._line, data, name=name, sender_reference=reference, key=key)

    def _move(self, name: str, fingerprint: Fingerprint, outcome: Outcome) -> None:
        """Move a file, with what is said of it beside it, to a name that nobody has. Raises `NotStill` where it is another now."""
        source, said = self._folder / name, outcome.said
        if _fingerprint(source) != fingerprint:
            changed = self._in("filen har ändrats sedan dess", "the file was changed since")
            self._note(name, outcome.goes_to, f"{said}; {changed}")
            raise NotStill(name)
        target = _free_name(_own_folder(self._folder / outcome.goes_to), name)
        try:
            os.replace(source, target)
        except OSError:
            target.unlink()
            raise
        lines = [f"{name}: {said}", _moment(), "", *outcome.found, ""]
        with _beside(target).open("x", encoding="utf-8") as file:
            file.write("\n".join(lines))
        self._note(name, outcome.goes_to, said)

    def _note(self, name: str, what: str, said: str) -> None:
        self._say(f"{_moment()} {_shown(name)} {what}: {' '.join(said.split())}")

    def _in(self, swedish: str, english: str) -> str:
        return swedish if self._language == "sv" else english


def objection(registry: Registry, folder: Path, line: str, language: str) -> str | None:
    """Why a folder cannot be watched, in a sentence; ``None`` where it can. Raises as `Registry` does."""
    swedish = language == "sv"
    if not folder.is_dir():
        return f"Det finns ingen mapp {folder}." if swedish else f"There is no folder {folder}."
    held = registry.client()["scopes"]
    if lacking := [one for one in SCOPES if one not in held]:
        told = ", ".join(lacking)
        return f"Klienten saknar behörighet: {told}." if swedish else f"The client lacks scopes: {told}."
    lines = [str(one["id"]) for one in registry.lines()]
    if line not in lines:
        told = ", ".join(lines) or "–"
        return f"Det finns ingen linje {line}. Dessa finns: {told}." if swedish else f"There is no line {line}. There are: {told}."  # fmt: skip
    return None


def watch(folder: Folder, *, is_once: bool = False, sleep: Callable[[float], None] = time.sleep) -> None:
    """Look at a folder again and again until the process is told to end; with ``is_once`` until its files have been still."""
    looks = range(int(STILL / LOOK) + 2 if LOOK else 2) if is_once else itertools.count()
    with suppress(KeyboardInterrupt):
        for _ in looks:
            folder.look()
            sleep(LOOK)


def _files(folder: Path) -> Iterator[tuple[str, Fingerprint]]:
    """The files that are to be delivered: no links, no folders, nothing hidden or unfinished by its name."""
    for entry in os.scandir(folder):
        if entry.name.startswith((".", "~$")) or entry.name.lower().endswith(_UNFINISHED):
            continue
        if (found := _fingerprint(Path(entry.path))) is not None:
            yield entry.name, found


def _fingerprint(path: Path) -> Fingerprint | None:
    """Of a file that is there and is no link; else ``None``."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return _of(found) if stat.S_ISREG(found.st_mode) else None


def _of(found: os.stat_result) -> Fingerprint:
    return Fingerprint(found.st_ino, found.st_size, found.st_mtime_ns)


def _content(path: Path, fingerprint: Fingerprint) -> bytes | None:
    """What is in a file, never by a link; ``None`` where it is too large. Raises `NotStill` where it is not the file that was seen."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise NotStill(path.name) from error
    with open(descriptor, "rb") as file:
        if _of(os.fstat(descriptor)) != fingerprint:
            raise NotStill(path.name)
        if fingerprint.size > LARGEST:
            return None
        data = file.read(LARGEST + 1)
        if _of(os.fstat(descriptor)) != fingerprint or len(data) != fingerprint.size:
            raise NotStill(path.name)
    return data


def _own_folder(path: Path) -> Path:
    """The folder, made where there is none. Raises ``NotADirectoryError`` where a link stands in its place."""
    path.mkdir(exist_ok=True)
    if path.is_symlink():
        raise NotADirectoryError(path)
    return path


def _free_name(folder: Path, name: str) -> Path:
    """A name that no file has, nor what is said beside it; taken at once, by an empty file, so that nobody else gets it."""
    for number in itertools.count(1):
        stem, dot, ending = name.partition(".")
        target = folder / (name if number == 1 else f"{stem}-{number}{dot}{ending}")
        if os.path.lexists(_beside(target)):
            continue
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o640))
        except FileExistsError:
            continue
        return target
    raise AssertionError


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.txt")


def _moment() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _shown(name: str) -> str:
    """A name as one word of a log: whoever names a file cannot write lines there."""
    return "".join(char if char.isprintable() and char != " " else "_" for char in name)


def main(arguments: Sequence[str] | None = None) -> int:
    """The program, as it is started from the wheel. Returns 2 where the folder cannot be watched."""
    parser = argparse.ArgumentParser(prog="vardplatsregistret-watch", description="Delivers the files of a folder.")
    parser.add_argument("folder", type=Path)
    known = os.environ.get(f"{client.ENVIRONMENT}LINE")
    parser.add_argument("--line", default=known, required=known is None, help="the delivery line")
    parser.add_argument("--once", action="store_true", help="deliver what is there, then end")
    client.add_connection(parser)
    asked = parser.parse_args(arguments)
    return run(lambda: client.registry_of(asked), asked.folder, asked.line, is_once=asked.once)


def run(connect: Callable[[], Registry], folder: Path, line: str, *, is_once: bool) -> int:
    """Watch a folder, or say why not; the exit status."""
    try:
        with connect() as registry:
            if (why := objection(registry, folder, line, client.language())) is not None:
                sys.stderr.write(f"{why}\n")
                return 2
            watched = Folder(folder, line, registry, say=_write, language=client.language())
            watch(watched, is_once=is_once)
            return 0
    except client.ENDS as error:
        sys.stderr.write(f"{client.why(error)}\n")
        return 2


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
