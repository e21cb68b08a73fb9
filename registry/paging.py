"""Long lists in pages: so many rows at a time, counted and fetched in the database, so that a page costs the same
however long the list has grown.

A list has an address of its own, and the address says which page it is (``?sida=3``, see `registry.web.page_addresses`).
The component ``ui.pagination`` leads from one page to the next. Where a page of something else shows the beginning of a
long list, it says how long the list is and leads to it (``ui.whole_list``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

SIZE = 20
"""Rows on a page, and of a long list as something else's page shows its beginning, where nothing else is said."""

Row = TypeVar("Row")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of many. ``number`` counts from 1; an empty list has one page, which is empty."""

    rows: Sequence[Row]
    number: int
    total: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        """
        >>> [Page((), 1, total, 20).pages for total in (0, 1, 20, 21)]
        [1, 1, 1, 2]
        """
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place of the first row in the whole list, from 1; 0 where there is none."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The place of the last row in the whole list."""
        return min(self.number * self.size, self.total)

    @property
    def ways(self) -> tuple[int | None, ...]:
        """The pages that a page leads to: the first, the last, and those around it; ``None`` where some are left out.

        >>> Page((), 1, 40, 20).ways
        (1, 2)
        >>> Page((), 5, 200, 20).ways
        (1, None, 4, 5, 6, None, 10)
        >>> Page((), 3, 200, 20).ways
        (1, 2, 3, 4, None, 10)
        """
        shown = sorted({1, self.pages, *range(max(1, self.number - 1), min(self.pages, self.number + 1) + 1)})
        found: list[int | None] = []
        for number in shown:
            if found and (before := found[-1]) is not None and number > before + 1:
                found.append(before + 1 if number == before + 2 else None)
            found.append(number)
        return tuple(found)

    def of(self, make: Callable[[Row], Other]) -> "Page[Other]":
        """The same page of what ``make`` makes of each row."""
        return Page([make(row) for row in self.rows], self.number, self.total, self.size)


def page_of(session: Session, statement: Select[Row], number: int, size: int = SIZE) -> Page[Row]:
    """Page ``number`` of what ``statement`` selects in its order; the last page where there are fewer. Two statements.

    The statement selects one thing (an entity or a column) and neither groups nor removes doubles. Its order must be
    total (end with a key), or a row may come on two pages.
    """
    total = session.scalar(statement.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)) or 0
    number = within(number, total, size)
    return Page(session.scalars(_slice(statement, number, size)).unique().all(), number, total, size)


def page_of_sequence(rows: Sequence[Row], number: int, size: int = SIZE) -> Page[Row]:
    """Page ``number`` of rows that are in memory already; for what something else bounds.

    >>> page_of_sequence("abcde", 2, 2).rows
    'cd'
    >>> page_of_sequence("abcde", 9, 2)
    Page(rows='e', number=3, total=5, size=2)
    """
    number = within(number, len(rows), size)
    return Page(rows[(number - 1) * size : number * size], number, len(rows), size)


def within(number: int, total: int, size: int = SIZE) -> int:
    """The nearest page that there is: what an old or mistyped address leads to.

    >>> [within(number, 41, 20) for number in (-1, 1, 3, 4)]
    [1, 1, 3, 3]
    """
    return min(max(number, 1), Page((), 1, total, size).pages)


def _slice(statement: Select[Any], number: int, size: int) -> Select[Any]:
    return statement.offset((number - 1) * size).limit(size)
