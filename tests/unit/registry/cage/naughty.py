"""What a child is asked to do in the tests of the cage: the worst that a file could make a reader do."""

import ctypes
import fcntl
import gc
import os
import signal
import socket
import struct
import subprocess
import time


def warm_up():
    """Nothing has to be loaded."""


def work(request, parts, tell):
    match request["do"]:
        case "echo":
            tell(heard=request["say"])
            return {"said": request["say"], "pid": os.getpid()}, [part[::-1] for part in parts]
        case "eat":
            eaten = []
            while True:
                eaten.append(bytearray(os.urandom(1 << 12) * (8 << 8)))
        case "ask":
            bytearray(5 << 30)
        case "spin":
            tell(unpacked=request.get("unpacked", 0))
            while True:
                pass
        case "spin for":
            end = time.process_time() + request["seconds"]
            while time.process_time() < end:
                pass
            return {"spent": request["seconds"]}, ()
        case "die":
            os.kill(os.getpid(), signal.SIGKILL) if request.get("kill") else ctypes.string_at(0)
        case "abort":
            os.abort()
        case "raise":
            raise ValueError("811218-9876")
        case "lie":
            os.write(request.get("to", 4), b"\xff\xff\xff\xff" * 10)
            return {}, ()
        case "answer before":
            head = b'{"answer": "a lie"}'
            gc.callbacks.append(lambda *_: os.write(4, struct.pack(">I", len(head)) + head))  # when it has answered
            return "the truth", ()
        case "answer much":
            head = b'{"answer": [' + b"[]," * 3_000_000 + b"[]]}"
            for at in range(0, len(head), 1 << 16):
                os.write(4, (struct.pack(">I", len(head)) if not at else b"") + head[at : at + (1 << 16)])
        case "sleep":
            while True:
                time.sleep(100)
        case "try":
            return {"went": [name for name, attempt in ATTEMPTS.items() if _goes(attempt)]}, ()
    raise AssertionError(request)


def _goes(attempt):
    try:
        attempt()
    except OSError:
        return False
    return True


def _reopen():
    os.close(2)
    open("/etc/passwd").close()


def _call(number, *arguments):
    library = ctypes.CDLL(None, use_errno=True)
    if library.syscall(number, *arguments) < 0 and ctypes.get_errno() == 1:
        raise PermissionError


_MLOCKALL = {"x86_64": 151, "aarch64": 230}
ATTEMPTS = {
    "a file": lambda: open("/etc/passwd").close(),
    "a file in the place of another": _reopen,
    "writing": lambda: os.open("/tmp/naughty", os.O_CREAT | os.O_WRONLY),
    "a socket": socket.socket,
    "a pipe": os.pipe,
    "a program": lambda: subprocess.run(["true"], check=True),
    "a fork": os.fork,
    "what is known of a file": lambda: os.stat("/etc/passwd"),
    "a file's owner": lambda: os.chown(__file__, os.getuid(), os.getgid()),
    "a file's times": lambda: os.utime(__file__),
    "a file's mode, by a later system call": lambda: _call(452, -100, __file__.encode(), 0o644, 0),
    "a folder of its own": lambda: os.chdir("/"),
    "the priority of the parent": lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 1),
    "the processors of the parent": lambda: os.sched_setaffinity(os.getppid(), {0}),
    "memory that is never given back": lambda: _call(_MLOCKALL[os.uname().machine], 0),
    "a signal to the parent by way of a pipe": lambda: fcntl.fcntl(3, fcntl.F_SETOWN, os.getppid()),
    "a signal to the parent": lambda: os.kill(os.getppid(), 0),
}
