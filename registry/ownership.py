"""What the registry makes belongs to the user it runs as: nobody else on the machine may read it.

The database, its log, objects, the national store and compiled templates are made by several libraries, so that the mode of
each cannot be asked for: the process's umask settles it for all. What an earlier release made readable is made private when
the instance is prepared.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

PRIVATE = 0o077
OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_umask_of_user: list[int] = []
log = structlog.get_logger("registry")


def keep_private(instance: Path) -> None:
    """From now on this process makes what only its user may read; so is the instance's folder, if it is there."""
    before = os.umask(PRIVATE)
    if not _umask_of_user:
        _umask_of_user.append(before)
    if instance.is_dir():
        make_private(instance)


def make_private(path: Path) -> bool:
    """Take from others what they may do with a file or folder. ``False`` where it is another user's, which is logged."""
    try:
        mode = path.lstat().st_mode
        if mode & OF_OTHERS and not stat.S_ISLNK(mode):
            path.chmod(stat.S_IMODE(mode) & ~OF_OTHERS)
    except FileNotFoundError:
        return True  # a log or a temporary file that is gone already
    except PermissionError:
        log.warning("not_private", file=path.name)
        return False
    return True


def repair(instance: Path, *others: Path) -> None:
    """Make everything in the instance's folder private, and ``others``: a database that lies elsewhere, with its log."""
    for folder, _folders, files in os.walk(instance):
        make_private(Path(folder))
        for name in files:
            make_private(Path(folder, name))
    for path in others:
        for one in (path, *path.parent.glob(f"{path.name}-*")):
            make_private(one)


def umask_of_user() -> int:
    """The umask that the process was started with."""
    return _umask_of_user[0] if _umask_of_user else PRIVATE


@contextmanager
def for_the_user() -> Iterator[None]:
    """A file that somebody asked for by name is made as their other files are."""
    before = os.umask(umask_of_user())
    try:
        yield
    finally:
        os.umask(before)
