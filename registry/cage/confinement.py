"""A process locks itself up: no file, no socket, no other program, bounded memory, and an end when its parent ends.

Done in two steps, since what a child needs must be loaded first: `at_birth` before anything is imported, `for_good` when all
is. Each kernel feature is a wall of its own, and the walls behind it stand where one cannot be raised:

- ``RLIMIT_NOFILE`` 0: no descriptor can be made any more, so neither files nor sockets (POSIX; what is open stays open);
- Landlock: no path may be opened, no TCP port used, no process outside signalled (Linux 5.13; kernel.org, userspace-api/landlock);
- a network namespace of its own, with no interface up (`unshare(2)`; root, or where users may make user namespaces);
- seccomp: no system call but those of a program that reads, computes and writes what is open already (`seccomp(2)`), for every
  thread that is there: a native library that was loaded before may have some.

Standard library only, through `ctypes`.
"""

import ctypes
import errno
import os
import platform
import signal
import struct
from collections.abc import Callable, Mapping

from registry.findings import Text

try:
    import resource
except ImportError:  # no POSIX system
    resource = None  # type: ignore[assignment]

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_SECCOMP_SET_MODE_FILTER, _SECCOMP_ALL_THREADS = 1, 1
_SECCOMP_NUMBERS = {"x86_64": 317, "aarch64": 277}

Wall = Callable[[], None]
WALLS: Mapping[str, Text] = {
    "parent": Text("slut när den som startade den slutar", "an end when what started it ends"),
    "core": Text("ingen minnesdump", "no core dump"),
    "memory_limit": Text("kärnans gräns för minne", "the kernel's limit of memory"),
    "memory_watch": Text("tillsyn över minne och processortid", "a watch over memory and processor time"),
    "network_namespace": Text("eget nät utan förbindelser", "a network of its own without connections"),
    "landlock": Text("Landlock (filer och nät)", "Landlock (files and network)"),
    "file_size": Text("inga skrivna filer", "no written files"),
    "processes": Text("inga nya processer", "no new processes"),
    "descriptors": Text("inga öppnade filer eller förbindelser", "no opened files or connections"),
    "seccomp": Text("seccomp (systemanrop)", "seccomp (system calls)"),
    "child": Text("själva läsarprocessen", "the reading process itself"),
}
"""What each wall is called to whoever is told that it is missing."""


def at_birth(parent: int, data_bytes: int) -> list[str]:
    """Before anything is imported. Returns the names of what the system did not permit."""
    return _raised(
        ("parent", lambda: _end_with_parent(parent)),
        ("core", lambda: _limit("RLIMIT_CORE", 0)),
        ("memory_limit", lambda: _limit("RLIMIT_DATA", data_bytes)),
        ("network_namespace", _leave_network),
    )


def for_good() -> list[str]:
    """When everything that is needed is loaded. Returns the names of what the system did not permit."""
    return _raised(
        ("landlock", _landlock),
        ("file_size", lambda: _limit("RLIMIT_FSIZE", 0)),
        ("processes", lambda: _limit("RLIMIT_NPROC", 0)),
        ("descriptors", lambda: _limit("RLIMIT_NOFILE", 0)),
        ("seccomp", _seccomp),
    )


def _raised(*walls: tuple[str, Wall]) -> list[str]:
    missing = []
    for name, raise_wall in walls:
        try:
            raise_wall()
        except (OSError, AttributeError, ValueError):
            missing.append(name)
    return missing


def _limit(name: str, value: int) -> None:
    resource.setrlimit(getattr(resource, name), (value, value))


def _library() -> ctypes.CDLL:
    if platform.system() != "Linux":
        raise OSError(errno.ENOSYS, "Linux only")
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _end_with_parent(parent: int) -> None:
    _checked(_library().prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0))
    if os.getppid() != parent:
        os._exit(0)  # it ended in between


def _leave_network() -> None:
    library = _library()
    if library.unshare(_CLONE_NEWNET) != 0:
        _checked(library.unshare(_CLONE_NEWUSER | _CLONE_NEWNET))


def _no_new_privileges(library: ctypes.CDLL) -> None:
    _checked(library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))


def _landlock() -> None:
    """A ruleset that handles everything that this kernel knows to handle, and allows nothing of it."""
    library = _library()
    version = _checked(library.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), 1))
    files = (1 << (13 if version == 1 else 14 if version == 2 else 15 if version < 5 else 16)) - 1
    network = 0b11 if version >= 4 else 0
    scopes = 0b11 if version >= 6 else 0
    attributes = struct.pack("=QQQ", files, network, scopes)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = _checked(library.syscall(_LANDLOCK_CREATE, attributes, ctypes.c_size_t(size), 0))
    try:
        _no_new_privileges(library)
        _checked(library.syscall(_LANDLOCK_RESTRICT, ruleset, 0))
    finally:
        os.close(ruleset)


# System calls by number, x86-64 and AArch64 (Linux, arch/x86/entry/syscalls/syscall_64.tbl and asm-generic/unistd.h): what a
# program needs that has everything open already, and reads, computes, writes and ends. Everything else fails, also what a later
# kernel brings: a list of what is forbidden would have to know of every way to the same end (`renameat`, `fchmodat2`, a change
# of the clock, of the priority of others).
_ALLOWED = {
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "lseek": (8, 62), "close": (3, 57),
    "fstat": (5, 80), "poll": (7, None), "ppoll": (271, 73), "mmap": (9, 222), "mprotect": (10, 226),
    "munmap": (11, 215), "mremap": (25, 216), "brk": (12, 214), "madvise": (28, 233), "futex": (202, 98),
    "epoll_wait": (232, None), "epoll_pwait": (281, 22),  # of what is open already: threads of a library sleep in it
    "sched_yield": (24, 124), "sched_getaffinity": (204, 123), "getcpu": (309, 168), "membarrier": (324, 283),
    "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "getrlimit": (97, 163), "getrusage": (98, 165), "times": (100, 153),
    "uname": (63, 160), "sysinfo": (99, 179), "time": (201, None), "gettimeofday": (96, 169), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101), "getrandom": (318, 278),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132),
    "restart_syscall": (219, 128), "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_X32 = 0x40000000
"""Numbers from here on are another table of x86-64's."""
_LOAD, _JUMP_EQUAL, _JUMP_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _seccomp() -> None:
    """System calls that are not in the list fail with EPERM; those of another architecture end the process."""
    library = _library()
    if platform.machine() not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, "no table for this processor")
    column, architecture = _ARCHITECTURES[platform.machine()]
    numbers = [numbers[column] for numbers in _ALLOWED.values() if numbers[column] is not None]
    code = [
        (_LOAD, 0, 0, 4),  # the architecture
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # the number
        (_JUMP_LEAST, len(numbers), 0, _X32),
        *((_JUMP_EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)),
        (_RETURN, 0, 0, _FAIL),
        (_RETURN, 0, 0, _ALLOW),
    ]
    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in code)
    program = _Program(len(code), packed)
    _no_new_privileges(library)
    number = ctypes.c_long(_SECCOMP_NUMBERS[platform.machine()])
    result = library.syscall(number, _SECCOMP_SET_MODE_FILTER, _SECCOMP_ALL_THREADS, ctypes.byref(program))
    if _checked(result):  # the id of a thread that has walls of its own
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
