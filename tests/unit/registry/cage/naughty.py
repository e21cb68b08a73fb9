"""What a child is asked to do in the tests of the cage: the worst that a file could make a reader do."""

import ctypes
import os
import signal
import socket
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


ATTEMPTS = {
    "a file": lambda: open("/etc/passwd").close(),
    "a file in the place of another": _reopen,
    "writing": lambda: os.open("/tmp/naughty", os.O_CREAT | os.O_WRONLY),
    "a socket": socket.socket,
    "a pipe": os.pipe,
    "a program": lambda: subprocess.run(["true"], check=True),
    "a fork": os.fork,
    "a signal to the parent": lambda: os.kill(os.getppid(), 0),
}
