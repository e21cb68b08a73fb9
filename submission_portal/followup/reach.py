"""How much of the long lists of a trace is fetched: the newest of each on a page, one page of one list, or everything.

A figure may stand on thousands of deliveries. A page says how many they are, names the newest, and leads to the list in pages;
the command line and other machines get all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from registry.paging import SIZE, Page, page_of, page_of_sequence

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Reach:
    """``wanted`` names the list of which ``page`` is fetched; of every other list the first page is."""

    wanted: str = ""
    page: int = 1
    size: int | None = SIZE
    """Rows of a list; ``None``: all of them."""

    @property
    def is_whole(self) -> bool:
        return self.size is None

    def select(self, session: Session, statement: Select[Row], name: str) -> Page[Row]:
        """What is fetched of the list ``name``, whose rows are what the statement selects."""
        if self.size is None:
            return _all(session.scalars(statement).unique().all())
        return page_of(session, statement, self._number(name), self.size)

    def take(self, rows: Sequence[Row], name: str) -> Page[Row]:
        """The same of rows that are in memory."""
        return _all(rows) if self.size is None else page_of_sequence(rows, self._number(name), self.size)

    def _number(self, name: str) -> int:
        return self.page if name == self.wanted else 1


EVERYTHING = Reach(size=None)


def _all(rows: Sequence[Row]) -> Page[Row]:
    return Page(rows, 1, len(rows), max(1, len(rows)))
