"""A process locks itself up: no file, no socket, no other program, bounded memory, and an end when its parent ends.

Done in two steps, since what a child needs must be loaded first: `at_birth` before anything is imported, `for_good` when all
is. Each kernel feature is a wall of its own, and the walls behind it stand where one cannot be raised:

- ``RLIMIT_NOFILE`` 0: no descriptor can be made any more, so neither files nor sockets (POSIX; what is open stays open);
- Landlock: no path may be opened, no TCP port used, no process outside signalled (Linux 5.13; kernel.org, userspace-api/landlock);
- a network namespace of its own, with no interface up (`unshare(2)`; root, or where users may make user namespaces);
- seccomp: the system calls that open, connect, start programs, touch other processes or lift limits fail (`seccomp(2)`).

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

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 38, 22
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_SECCOMP_MODE_FILTER = 2

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


# System calls by number, x86-64 and AArch64 (Linux, arch/x86/entry/syscalls/syscall_64.tbl and asm-generic/unistd.h).
_FORBIDDEN = {
    "open": (2, None), "openat": (257, 56), "openat2": (437, 437), "creat": (85, None), "open_by_handle_at": (304, 265),
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "sendto": (44, 206),
    "sendmsg": (46, 211), "sendmmsg": (307, 269), "clone": (56, 220), "fork": (57, None), "vfork": (58, None),
    "clone3": (435, 435), "execve": (59, 221), "execveat": (322, 281), "ptrace": (101, 117), "kill": (62, 129),
    "tkill": (200, 130), "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "prlimit64": (302, 261), "setrlimit": (160, 164),
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "chroot": (161, 51),
    "pivot_root": (155, 41), "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "init_module": (175, 105), "finit_module": (313, 273), "kexec_load": (246, 104), "shmget": (29, 194),
    "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180), "memfd_create": (319, 279), "unlink": (87, None),
    "unlinkat": (263, 35), "rename": (82, None), "renameat2": (316, 276), "mkdirat": (258, 34), "truncate": (76, 45),
    "chmod": (90, None), "fchmodat": (268, 53), "setuid": (105, 146), "setgid": (106, 144), "prctl": (157, 167),
}  # fmt: skip
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_X32 = 0x40000000
"""Numbers from here on are another table of x86-64's."""
_LOAD, _JUMP_EQUAL, _JUMP_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _seccomp() -> None:
    """The system calls of the list fail with EPERM; those of another architecture end the process."""
    library = _library()
    if platform.machine() not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, "no table for this processor")
    column, architecture = _ARCHITECTURES[platform.machine()]
    numbers = [numbers[column] for numbers in _FORBIDDEN.values() if numbers[column] is not None]
    code = [
        (_LOAD, 0, 0, 4),  # the architecture
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # the number
        (_JUMP_LEAST, len(numbers) + 1, 0, _X32),
        *((_JUMP_EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL),
    ]
    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in code)
    program = _Program(len(code), packed)
    _no_new_privileges(library)
    _checked(library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0))
