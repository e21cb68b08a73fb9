"""What a region has answered about an export, so that it is asked once: the content of a layout (``layout/1``).

A layout says what each heading means, and what cells, empty cells and whole rows mean, in one source system's export for
one delivery line. It names elements and codes of the model and nothing else; what was never asked is not in it. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from registry.content.canonical import canonical, content_hash

SCHEMA, LATER_SCHEMA, LATEST_SCHEMA = "layout/1", "layout/2", "layout/3"
"""Each has what the one before has no words for; a layout that says nothing of that is as it was, byte for byte."""
PERIOD = "{period}"
"""What stands in a heading's pattern for the period that the heading names."""
YEAR, WEEK, MONTH = "year", "week", "month"
PARTS = (YEAR, WEEK, MONTH)
"""The columns that make one period together."""
SUM, NOTE = "sum", "note"
ASIDE = (SUM, NOTE)
"""What a row is that is not read in."""
ORDERS = ("day_first", "month_first")
FACTORS = ("1", "1000", "100", "0.01", "0.001")
"""What the figures of a column are multiplied by: as they stand, counted in thousands, shares as per cent, per cent as shares,
and single ones as thousands."""
NUMBER, PERIOD_CELL, TEXT, EMPTY = "number", "period", "text", "empty"
KINDS = (NUMBER, PERIOD_CELL, TEXT, EMPTY)
"""What most cells of a column are, of an export that has no headings."""
NO_HEADINGS = -1
"""What is said in the place of the row of the headings, of a file that has none."""
LAST_HEADER = 60
"""A heading row that somebody chose is among so many first ones."""
MOST_COLUMNS, MOST_CODES, LONGEST = 400, 2_000, 300
"""Bounds of one layout: headings, texts of an element that have a code, and characters of each."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


class LayoutBreak(StrEnum):
    """What a changed answer means for the series: the one or the other is told where breaks are told."""

    SOURCE = "source"
    """The export, or what it is taken from, is another."""
    APPLICATION = "application"
    """The region reads the wording in another way."""
    NONE = "none"
    """The answer was wrong: deliveries read with it are to be replaced."""


class NoLayout(ValueError):
    """The content is not that of a layout; the message is the place of the fault."""


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """What the columns under a heading are. ``heading`` is folded, a period in it is `PERIOD`."""

    heading: str
    element: str = ""
    """The element; empty where the column is not read in."""
    part: str = ""
    """One of `PARTS` where the column is only a part of the element's period."""


@dataclass(frozen=True, slots=True)
class Layout:
    """All answers about an export; one that says nothing is that of an export that is as the model has it."""

    columns: tuple[ColumnAnswer, ...] = ()
    absent: tuple[str, ...] = ()
    """Elements that the export does not have: not reported throughout."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Element → what it is on every row."""
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Element → text (`expected.spelled`) → code."""
    aside: Mapping[str, str] = field(default_factory=dict)
    """Text (`expected.spelled`) of a row's dimension → what the row is, one of `ASIDE`."""
    filled_down: tuple[str, ...] = ()
    """Elements of which an empty cell means what the cell above means."""
    date_orders: Mapping[str, str] = field(default_factory=dict)
    """Element → one of `ORDERS`, where its dates can be read in two ways."""
    factors: Mapping[str, str] = field(default_factory=dict)
    """Heading (as `ColumnAnswer.heading`) → one of `FACTORS`, where it was asked or said what the column counts in."""
    header: int = 0
    """The row of the headings (from 1) in the file where somebody chose it; 0 where it was found. Later files are recognised by
    the headings, in whatever row they are."""
    sheet: str = ""
    """The sheet that it is of (`patterns.pattern_of` its name), where other sheets of the workbook have the same headings."""
    measures: str = ""
    """The heading (folded) of the column that names what each row counts, where somebody said so: each measure has a row of its own."""
    headless: tuple[str, ...] = ()
    """By column one of `KINDS`, where the export has no headings: its columns are called by their letters (``a``, ``b``, …)."""

    @property
    def by_heading(self) -> dict[str, ColumnAnswer]:
        return {column.heading: column for column in self.columns}

    @property
    def headings_read(self) -> frozenset[str]:
        """The headings that an element was read from: what an export is recognised by."""
        return frozenset(column.heading for column in self.columns if column.element)

    @property
    def content_hash(self) -> str:
        return content_hash(canonical(self.as_dict()))

    def as_dict(self) -> dict[str, Any]:
        """As the first of ``layout/1``, ``layout/2`` and ``layout/3`` that has all of it, in one order whatever order it was answered
        in."""
        columns = sorted(self.columns, key=lambda column: column.heading)
        later = {"factors": _listed(self.factors, "factor"), "header": self.header, "sheet": self.sheet}
        latest = {"measures": self.measures, "headless": list(self.headless)}
        is_latest = any(latest.values())
        is_later = is_latest or any(later.values())
        return {
            "content_schema": LATEST_SCHEMA if is_latest else LATER_SCHEMA if is_later else SCHEMA,
            **(later if is_later else {}),
            **(latest if is_latest else {}),
            "columns": [{"heading": one.heading, "element": one.element, "part": one.part} for one in columns],
            "absent": sorted(self.absent),
            "constants": dict(sorted(self.constants.items())),
            "codes": {name: _listed(told, "code") for name, told in sorted(self.codes.items()) if told},
            "aside": _listed(self.aside, "row"),
            "filled_down": sorted(self.filled_down),
            "date_orders": dict(sorted(self.date_orders.items())),
        }

    @classmethod
    def from_dict(cls, data: object) -> "Layout":
        """A layout as `as_dict` gave it. Raises `NoLayout` for anything else."""
        told = _object(data, "layout")
        more = _MORE.get(told["content_schema"]) if isinstance(told.get("content_schema"), str) else None
        if more is None or told.keys() != {*Layout().as_dict(), *more}:
            raise NoLayout("content_schema")
        columns = told["columns"]
        if not isinstance(columns, list) or len(columns) > MOST_COLUMNS:
            raise NoLayout("columns")
        answers = tuple(map(_column, columns))
        if len({one.heading for one in answers}) < len(answers):
            raise NoLayout("columns")
        return cls(
            answers,
            _names(told["absent"], "absent"),
            _texts(_named(told["constants"], "constants"), "constants"),
            {name: _said(each, "code", "codes") for name, each in _named(told["codes"], "codes").items()},
            _said(told["aside"], "row", "aside", among=ASIDE),
            _names(told["filled_down"], "filled_down"),
            _texts(_named(told["date_orders"], "date_orders"), "date_orders", among=ORDERS),
            _said(told.get("factors", []), "factor", "factors", among=FACTORS),
            _header(told.get("header", 0)),
            _text(told.get("sheet", ""), "sheet"),
            _text(told.get("measures", ""), "measures"),
            _kinds(told.get("headless", [])),
        )

    def elements(self) -> frozenset[str]:
        """Every element that it names."""
        named = {column.element for column in self.columns if column.element}
        return frozenset((*named, *self.absent, *self.constants, *self.codes, *self.filled_down, *self.date_orders))

    def only(self, elements: frozenset[str]) -> "Layout":
        """Its answers about these elements: how a layout is carried over to a model version that lost some."""
        return Layout(
            tuple(one for one in self.columns if not one.element or one.element in elements),
            tuple(name for name in self.absent if name in elements),
            {name: text for name, text in self.constants.items() if name in elements},
            {name: told for name, told in self.codes.items() if name in elements},
            self.aside,
            tuple(name for name in self.filled_down if name in elements),
            {name: order for name, order in self.date_orders.items() if name in elements},
            self.factors,
            self.header,
            self.sheet,
            self.measures,
            self.headless,
        )


_LATER = ("factors", "header", "sheet")
_MORE = {SCHEMA: (), LATER_SCHEMA: _LATER, LATEST_SCHEMA: (*_LATER, "measures", "headless")}
"""What each form has beside what the first has."""


def _kinds(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_COLUMNS or not all(each in KINDS for each in value):
        raise NoLayout("headless")
    return tuple(value)


def _header(value: object) -> int:
    if type(value) is not int or not 0 <= value <= LAST_HEADER:
        raise NoLayout("header")
    return value


def _column(value: object) -> ColumnAnswer:
    told = _object(value, "columns")
    if told.keys() != {"heading", "element", "part"}:
        raise NoLayout("columns")
    heading, element, part = (_text(told[name], "columns") for name in ("heading", "element", "part"))
    if not heading or (element and not _NAME.fullmatch(element)) or (part and (part not in PARTS or not element)):
        raise NoLayout("columns")
    return ColumnAnswer(heading, element, part)


def _named(value: object, place: str) -> dict[str, Any]:
    told = _object(value, place)
    if len(told) > MOST_COLUMNS or not all(_NAME.fullmatch(name) for name in told):
        raise NoLayout(place)
    return told


def _listed(told: Mapping[str, str], name: str) -> list[dict[str, str]]:
    """What texts mean: canonical content has no names of its own making."""
    return [{"text": text, name: meaning} for text, meaning in sorted(told.items())]


def _said(value: object, name: str, place: str, among: tuple[str, ...] = ()) -> dict[str, str]:
    if not isinstance(value, list) or len(value) > MOST_CODES:
        raise NoLayout(place)
    found: dict[str, str] = {}
    for each in value:
        told = _object(each, place)
        if told.keys() != {"text", name} or told["text"] in found:
            raise NoLayout(place)
        found[told["text"]] = told[name]
    return _texts(found, place, among)


def _texts(told: dict[str, Any], place: str, among: tuple[str, ...] = ()) -> dict[str, str]:
    found = {_text(name, place): _text(text, place) for name, text in told.items()}
    if not all(found) or not all(found.values()) or (among and not set(found.values()) <= set(among)):
        raise NoLayout(place)
    return found


def _names(value: object, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_COLUMNS or len(set(map(str, value))) < len(value):
        raise NoLayout(place)
    names = tuple(_text(name, place) for name in value)
    if not all(_NAME.fullmatch(name) for name in names):
        raise NoLayout(place)
    return names


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NoLayout(place)
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise NoLayout(place)
    return value
