"""The child's side: `python -m registry.cage.child MODULE PARENT DATA_BYTES`. Works until its parent ends.

``MODULE`` gives two functions: ``warm_up()``, after which nothing has to be loaded any more, and
``work(request, parts, tell) -> (answer, parts)``, where ``tell(**facts)`` sends something on the way.
"""

import gc
import importlib
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from registry.cage import confinement
from registry.cage.messages import receive, send

Tell = Callable[..., None]
Work = Callable[[Mapping[str, Any], Sequence[bytes], Tell], tuple[Mapping[str, Any], Sequence[bytes]]]
_ANY_LENGTH = 1 << 40
"""What the parent sends is as long as the parent wants."""


def main(module: str, parent: str, data_bytes: str) -> None:
    missing = confinement.at_birth(int(parent), int(data_bytes))
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever writes to standard output by itself must not end up among the answers.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    task = importlib.import_module(module)
    task.warm_up()
    gc.collect()
    gc.freeze()
    gc.disable()  # long lists of texts are made and dropped as a whole; what is left is collected between files
    missing += confinement.for_good()
    send(answers, {"ready": True, "missing": missing})

    token = ""

    def tell(**facts: Any) -> None:
        send(answers, {"token": token, "tell": facts})

    while (request := receive(requests, _ANY_LENGTH)) is not None:
        token = request.head["token"]
        head, parts = _answer(task.work, request.head["request"], request.parts, tell)
        request = None
        send(answers, {"token": token, **head}, parts)
        head, parts = {}, ()
        gc.collect()


def _answer(
    work: Work, head: Mapping[str, Any], parts: Sequence[bytes], tell: Tell
) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    try:
        answer, answered = work(head, parts, tell)
    except MemoryError:
        return {"fault": MemoryError.__name__, "at": ""}, ()
    except BaseException as error:
        # A panic of a native library is no Exception. Its words may quote the file, so only its kind and place are told.
        last = traceback.extract_tb(error.__traceback__)[-1:]
        at = f"{os.path.basename(last[0].filename)}:{last[0].lineno}" if last else ""
        return {"fault": type(error).__name__, "at": at}, ()
    return {"answer": answer}, answered


if __name__ == "__main__":
    main(*sys.argv[1:])
