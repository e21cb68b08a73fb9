"""How an item stood on a day gone by, as whoever looked then saw it: by what had been published and withdrawn when the day was over.

What was published later with an earlier first day is not there: nobody could have known it. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from registry import clock
from registry.items.lifecycle import State


class Dated(Protocol):
    """What is asked of a version: its state, its first day, and when it was superseded or withdrawn."""

    @property
    def state(self) -> Any: ...

    @property
    def valid_from(self) -> Any: ...

    @property
    def ended_at(self) -> Any: ...


V = TypeVar("V", bound=Dated)


@dataclass(frozen=True, slots=True)
class Standing(Generic[V]):
    """What was in force when the day was over, what was published to apply later, and what had been withdrawn last."""

    in_force: V | None = None
    coming: tuple[V, ...] = ()
    withdrawn: V | None = None


def standing(versions: Sequence[V], day: date) -> Standing[V]:
    """How an item stood, by those of its versions that had been published by then, oldest first.

    The newest that had begun applied, unless it was withdrawn: then nothing did, since what it replaced had ended. One that
    was withdrawn before its own first day never applied, and what was before it went on.
    """
    begun = [one for one in versions if _has_begun(one, day) and not _never_applied(one)]
    last = begun[-1] if begun else None
    later = versions if last is None else versions[list(versions).index(last) + 1 :]
    coming = tuple(one for one in later if not was_withdrawn(one, day))
    if last is not None and was_withdrawn(last, day):
        return Standing(None, coming, last)
    return Standing(last, coming)


def _has_begun(version: Dated, day: date) -> bool:
    return version.valid_from is None or bool(version.valid_from <= day)


def was_withdrawn(version: Dated, day: date) -> bool:
    """Whether the version had been withdrawn when the day was over."""
    return version.state == State.WITHDRAWN and version.ended_at is not None and clock.today(version.ended_at) <= day


def _never_applied(version: Dated) -> bool:
    return version.valid_from is not None and was_withdrawn(version, _day_before(version.valid_from))


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
