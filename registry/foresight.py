"""What an act would change in what others read, said before it is done: contributed by the packages above through plug-ins.

A package below shows it on its pages without knowing who says it. Pure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from registry.findings import Text


@dataclass(frozen=True, slots=True)
class ForeseenRow:
    """One figure before and after, as its reader may have them; what is hidden from the reader is so on both sides."""

    what: Text
    """What it is a figure of."""
    url: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The figures that would change, the first of them, and how many there are in all."""

    rows: tuple[ForeseenRow, ...]
    total: int
    hidden: int = 0
    """How many of them are hidden from the reader."""


@dataclass(frozen=True, slots=True)
class Foresight:
    """What a package foresees of a reference's act for an actor (session, actor, reference). ``show`` makes a dry run; ``mark`` is
    another as soon as what was shown rests on something else, and costs little. Both are empty where nothing is foreseen."""

    show: Callable[[Any, Any, str], Foreseen | None]
    mark: Callable[[Any, Any, str], str]
