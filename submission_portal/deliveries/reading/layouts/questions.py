"""What is asked about an export before its rows can be read: values that go out of the child that reads, are kept with the
delivery, and become the cards of the page that answers them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from submission_portal.deliveries.reading.cell_map import CellMap

SAMPLES = 5
FIRST_ROWS = 8
MOST_VALUES = 60
"""So many texts of an element are asked about; more is a column of another kind."""


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """A column that may be an element. ``pattern`` is what the answer is kept under."""

    pattern: str
    heading: str
    letters: tuple[str, ...]
    """Several where they stand across under one pattern."""
    samples: tuple[str, ...]
    lowest: str | None
    highest: str | None
    filled: int
    empty: int
    near: tuple[str, ...] = ()
    """The elements whose headings are close, nearest first."""
    others: tuple[str, ...] = ()
    """The other elements without a column that it may be."""
    part: str = ""
    """Where it may be a part of a period (`content.PARTS`)."""
    is_required: bool = False
    """Whether it is asked whatever is said of the others: its heading is close to an element's, or that of several."""
    may_be_measures: bool = False
    """Whether it may name what each row counts: names that stand there several times, in a sheet that lacks elements."""

    @property
    def choices(self) -> tuple[str, ...]:
        return (*self.near, *self.others)

    def as_dict(self) -> dict[str, Any]:
        return {
            "pattern": self.pattern,
            "heading": self.heading,
            "letters": list(self.letters),
            "samples": list(self.samples),
            "lowest": self.lowest,
            "highest": self.highest,
            "filled": self.filled,
            "empty": self.empty,
            "near": list(self.near),
            "others": list(self.others),
            "part": self.part,
            "is_required": self.is_required,
            "may_be_measures": self.may_be_measures,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "ColumnQuestion":
        lists = {name: tuple(data[name]) for name in ("letters", "samples", "near", "others")}
        return cls(**{**data, **lists})


@dataclass(frozen=True, slots=True)
class ElementQuestion:
    """An element that no column may be enough for: not in the export, or the same on every row."""

    element: str
    may_be_absent: bool
    may_be_constant: bool

    def as_dict(self) -> dict[str, Any]:
        return {
            "element": self.element,
            "may_be_absent": self.may_be_absent,
            "may_be_constant": self.may_be_constant,
        }


@dataclass(frozen=True, slots=True)
class ValueQuestion:
    """A text that is no code of its element, in ``count`` rows; ``near`` are the codes that it may be."""

    element: str
    text: str
    count: int
    letter: str
    row: int
    near: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "element": self.element,
            "text": self.text,
            "count": self.count,
            "letter": self.letter,
            "row": self.row,
            "near": list(self.near),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "ValueQuestion":
        return cls(**{**data, "near": tuple(data["near"])})


@dataclass(frozen=True, slots=True)
class FillQuestion:
    """A column in which every group's first row alone says what it is about."""

    element: str
    letter: str
    empty: int
    row: int
    """The first row whose cell is empty."""

    def as_dict(self) -> dict[str, Any]:
        return {"element": self.element, "letter": self.letter, "empty": self.empty, "row": self.row}


@dataclass(frozen=True, slots=True)
class FactorQuestion:
    """A column of figures whose heading says that it counts in something else than the model does (*tusental*, *%*)."""

    pattern: str
    """What the answer is kept under."""
    element: str
    heading: str
    letter: str
    samples: tuple[str, ...]
    earlier: str = ""
    """Another heading that the layout has read the element from; empty where it has none."""
    earlier_factor: str = ""
    """What was said of that one."""

    def as_dict(self) -> dict[str, Any]:
        return {
            "pattern": self.pattern,
            "element": self.element,
            "heading": self.heading,
            "letter": self.letter,
            "samples": list(self.samples),
            "earlier": self.earlier,
            "earlier_factor": self.earlier_factor,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "FactorQuestion":
        return cls(**{**data, "samples": tuple(data["samples"])})


@dataclass(frozen=True, slots=True)
class TimeQuestion:
    """Headings that name days of no month, or months of no year (``need``: `bare_periods.NEEDS`); ``candidates`` is what the title
    or a name says, where that is several."""

    need: str
    headings: tuple[str, ...]
    candidates: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {"need": self.need, "headings": list(self.headings), "candidates": list(self.candidates)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "TimeQuestion":
        return cls(data["need"], tuple(data["headings"]), tuple(data["candidates"]))


@dataclass(frozen=True, slots=True)
class Mapped:
    """How a file was read with what has been answered, and what is left to ask.

    ``patterns``: by letter, each heading's pattern and the element that it was read as (empty: none).
    """

    columns: tuple[ColumnQuestion, ...] = ()
    elements: tuple[ElementQuestion, ...] = ()
    values: tuple[ValueQuestion, ...] = ()
    fills: tuple[FillQuestion, ...] = ()
    patterns: tuple[tuple[str, str, str], ...] = ()
    first_rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    layout: str | None = None
    """The hash of the layout that it has."""
    new: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    """Elements that are not in the export, as was said."""
    orders: Mapping[str, str] = field(default_factory=dict)
    """How dates are written, as was said: element → `content.ORDERS`."""
    across: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """`turning.Turned`."""
    factors: tuple[FactorQuestion, ...] = ()
    header: int = 0
    """The row of the headings where the sender chose it for this file; 0 where it was found."""
    sheet: str = ""
    """The sheet (`Layout.sheet`), where others of the workbook have the same headings."""
    times: tuple[TimeQuestion, ...] = ()
    """At most one: of which year, or month, the headings are. It is answered for the file, and not kept."""
    time: str = ""
    """What was answered to that for this file."""
    headless: tuple[str, ...] = ()
    """By column what kind of cells it has (`content.KINDS`), of a file that has no headings."""
    measures: str = ""
    """The pattern of the heading of the column that names what each row counts; empty where rows do not."""
    beneath: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """`cell_map.CellMap`."""

    @property
    def is_asking(self) -> bool:
        return self.count > 0

    @property
    def is_of_file(self) -> bool:
        """Whether all that is asked is answered for this file alone, with nothing to keep."""
        return self.count == len(self.times)

    @property
    def cells(self) -> CellMap:
        """The way from rows back to the cells of the file."""
        return CellMap(self.across, self.beneath)

    @property
    def elements_asked(self) -> frozenset[str]:
        """The elements for which somebody is asked to say where they are."""
        offered = {name for one in self.columns for name in one.choices}
        return frozenset(offered | {one.element for one in self.elements} | {one.element for one in self.values})

    @property
    def count(self) -> int:
        """How many questions there are."""
        return sum(map(len, (self.columns, self.elements, self.values, self.fills, self.factors, self.times)))

    def as_dict(self) -> dict[str, Any]:
        return {
            "columns": [one.as_dict() for one in self.columns],
            "elements": [one.as_dict() for one in self.elements],
            "values": [one.as_dict() for one in self.values],
            "fills": [one.as_dict() for one in self.fills],
            "patterns": [list(one) for one in self.patterns],
            "first_rows": [{"row": number, "cells": list(cells)} for number, cells in self.first_rows],
            "layout": self.layout,
            "new": list(self.new),
            "absent": list(self.absent),
            "orders": dict(self.orders),
            "across": {name: list(letters) for name, letters in self.across.items()},
            "factors": [one.as_dict() for one in self.factors],
            "header": self.header,
            "sheet": self.sheet,
            "times": [one.as_dict() for one in self.times],
            "time": self.time,
            "headless": list(self.headless),
            "measures": self.measures,
            "beneath": {name: [list(run) for run in runs] for name, runs in self.beneath.items()},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Mapped":
        """As `as_dict` gave it; what an earlier version read says nothing of it."""
        return cls(
            tuple(map(ColumnQuestion.from_dict, data.get("columns", ()))),
            tuple(ElementQuestion(**one) for one in data.get("elements", ())),
            tuple(map(ValueQuestion.from_dict, data.get("values", ()))),
            tuple(FillQuestion(**one) for one in data.get("fills", ())),
            tuple((one[0], one[1], one[2]) for one in data.get("patterns", ())),
            tuple((line["row"], tuple(line["cells"])) for line in data.get("first_rows", ())),
            data.get("layout"),
            tuple(data.get("new", ())),
            tuple(data.get("absent", ())),
            data.get("orders", {}),
            {name: tuple(letters) for name, letters in data.get("across", {}).items()},
            tuple(map(FactorQuestion.from_dict, data.get("factors", ()))),
            data.get("header", 0),
            data.get("sheet", ""),
            tuple(map(TimeQuestion.from_dict, data.get("times", ()))),
            data.get("time", ""),
            tuple(data.get("headless", ())),
            data.get("measures", ""),
            {name: tuple((run[0], run[1]) for run in runs) for name, runs in data.get("beneath", {}).items()},
        )
