"""A fault of CPython 3.11 that SQLAlchemy runs into, kept out: what it keeps of each mapped object has a dict from the start.

CPython 3.11 keeps the attributes of an object in an array until one more than fits is stored; then it allocates a dict for
them. That allocation may start a garbage collection, and a callback that runs inside it may store an attribute of the same
object. Both then make a dict out of the same array, the values are freed twice, and the process ends with a segmentation fault
at some later allocation or collection. From 3.12 on a collection waits until the instruction is done.

SQLAlchemy does this whenever a session is closed, expired or rolled back: it stores ``state._strong_obj = None`` in the state of
each of its objects, and the callback of an object that is found dead in a reference cycle (`InstanceState._cleanup`) stores the
same attribute of the same state. An object that is being loaded or made is alive, so its callback cannot run: there the dict is
asked for, and every later store goes into it. ADR 20 has the whole story, `tests/unit/registry/test_instance_states.py` the proof.
"""

import sys
from typing import Any

from sqlalchemy import event

IS_NEEDED = sys.version_info < (3, 12)


def keep_in_dicts(base: type[Any]) -> None:
    """From now on the state of every object of a mapped class below ``base`` has its dict before anything can die."""
    event.listen(base, "load", _ask_for_dict, propagate=True)
    event.listen(base, "init", _ask_for_dict, propagate=True)


def _ask_for_dict(instance: Any, *_: Any) -> None:
    instance._sa_instance_state.__dict__  # noqa: B018  (asking makes it)
