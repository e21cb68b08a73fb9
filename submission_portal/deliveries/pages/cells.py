"""Every cell that the check of a delivery found something in: the page with its filters, and what the files of it say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from flask_babel import gettext as _
from flask_babel import ngettext

from information_models.definitions import LoadedModel
from registry.finding_catalogue import ReadableFinding
from registry.findings import Severity
from registry.i18n import current_language, read, show_figure
from registry.paging import Page, within
from submission_portal.deliveries.assessment.found_cells import Change
from submission_portal.deliveries.assessment.history import unit_elements, unit_label
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.pages.findings import read_finding
from submission_portal.deliveries.pages.names import label_of
from submission_portal.deliveries.pages.stopping_findings import part_names
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery

PER_PAGE = 50
MOST_CHOICES = 200
"""Of so many units one is chosen in a list; of more it is written."""
PARAMETERS = {"key": "regel", "element": "element", "unit": "enhet", "change": "sedan"}
"""By column, the name in the address of what it is filtered by."""


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell as the page and the files show it, all in words."""

    key: str
    code: str
    severity: str
    change_code: str
    change: str
    sheet: str
    row: int | None
    column: str
    where: str
    element: str
    element_name: str
    value: str
    unit_code: str
    unit: str
    period_code: str
    period: str
    text: ReadableFinding


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that the list may be narrowed by: the values that there are, with their words, and the one that is chosen."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str = ""
    is_written: bool = False
    """Whether there are so many that one is written."""


@dataclass(frozen=True, slots=True)
class CellsPage:
    """The page: what is chosen, the rows of one page, and what became of the cells of the attempt before."""

    page: Page[CellRow]
    filters: tuple[Filter, ...]
    all: int
    attempt: str = ""
    is_partial: bool = False
    """Whether only the first cells of each finding are known, as an earlier release of the registry kept them."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """The parameters of the address, for the files."""


CHANGES = {
    Change.NEW: lambda: _("new"),
    Change.REMAINING: lambda: _("remaining"),
    Change.MENDED: lambda: _("mended"),
}


class Cells:
    """The cells of one delivery, put in words for its readers."""

    def __init__(self, delivery: Delivery, loaded: LoadedModel, cells: pl.DataFrame, *, is_partial: bool) -> None:
        self._delivery, self._loaded, self._cells, self._is_partial = delivery, loaded, cells, is_partial
        self._texts = {key: read_finding(finding) for key, finding in delivery.assessment.keyed}
        self._units: dict[str, str] = {}

    def page(self, asked: Mapping[str, str], number: int) -> CellsPage:
        """The cells that were asked for (`PARAMETERS`); what nobody can choose narrows nothing."""
        filters = tuple(one for one in self._filters(asked) if len(one.choices) > 1 or one.chosen or one.is_written)
        chosen = {one.name: one.chosen for one in filters if one.chosen}
        cells = self.chosen(chosen)
        number = within(number, cells.height, PER_PAGE)
        part = cells.slice((number - 1) * PER_PAGE, PER_PAGE)
        return CellsPage(
            Page(self.rows(part), number, cells.height, PER_PAGE),
            filters,
            self._cells.height,
            attempt_told(self._delivery.assessment.attempt),
            self._is_partial,
            chosen,
        )

    def chosen(self, asked: Mapping[str, str]) -> pl.DataFrame:
        """The cells that fit each parameter that is given."""
        cells = self._cells
        for column, name in PARAMETERS.items():
            if asked.get(name):
                cells = cells.filter(pl.col(column).is_in(self._meant(column, asked[name])))
        return cells

    def _meant(self, column: str, asked: str) -> list[str]:
        """The values of a column that are asked for: of units also those whose name holds what was written."""
        if column != "unit":
            return [asked]
        units, wanted = self._values("unit"), asked.casefold()
        return [asked] if asked in units else [code for code in units if wanted in self.unit(code).casefold()]

    def _values(self, column: str) -> list[str]:
        return [value for value in self._cells[column].unique(maintain_order=True).to_list() if value]

    def rows(self, cells: pl.DataFrame) -> list[CellRow]:
        return [self._row(one) for one in cells.iter_rows(named=True)]

    def _row(self, one: Mapping[str, Any]) -> CellRow:
        label = one["label_en"] if current_language() == "en" else one["label_sv"]
        return CellRow(
            one["key"],
            one["code"],
            one["severity"],
            one["change"],
            change_word(one["change"]),
            one["sheet"],
            one["row"],
            one["column"],
            _where(one),
            self._element(one["element"]),
            one["element"],
            one["value"],
            one["unit"],
            label or self.unit(one["unit"]),
            one["period"],
            span_label(one["period"], current_language()),
            self._texts.get(one["key"]) or self._mended(one),
        )

    def _mended(self, one: Mapping[str, Any]) -> ReadableFinding:
        """A finding of the attempt before that is not there any more: of it only the catalogue's title is known."""
        return ReadableFinding(
            one["code"], Severity(one["severity"]), self._title_of(one["key"], one["element"]), "", "", ()
        )

    def _title_of(self, key: str, element: str = "") -> str:
        """What a finding is called of which only its key, and perhaps its element, is known: by the catalogue; where its title has
        more to say than that, by what is looked for."""
        code, _point, named = key.partition(".")
        element = element or named
        if code not in FINDINGS:
            return key
        label = label_of(self._loaded, element) if element in self._loaded.model.by_name else ""
        title = read(FINDINGS[code].title)
        title = title.replace("{element}", label) if label else title
        if "{" not in title:
            return title
        told = FINDINGS[code].looks_for
        words = read(told) if told is not None else code
        return f"{words[:1].upper()}{words[1:]}"

    def _element(self, name: str) -> str:
        """What an element is called, or the part of the file beside its cells that something was found in."""
        return part_names().get(name) or label_of(self._loaded, name)

    def unit(self, code: str) -> str:
        """What a unit is called, by its codes as `identity.row_keys` writes them."""
        if code not in self._units:
            elements, values = unit_elements(self._loaded), tuple(code.split("/"))
            is_known = len(values) == len(elements)
            self._units[code] = read(unit_label(self._loaded, elements, values)) if code and is_known else code
        return self._units[code]

    def _filters(self, asked: Mapping[str, str]) -> list[Filter]:
        def told(column: str, label: str, words: Mapping[str, str]) -> Filter:
            chosen = asked.get(PARAMETERS[column], "")
            return Filter(PARAMETERS[column], label, tuple(words.items()), chosen if chosen in words else "")

        titles = {
            key: self._texts[key].title if key in self._texts else self._title_of(key) for key in self._values("key")
        }
        rules = {key: f"{title} ({key})" for key, title in titles.items()}
        units = sorted(self._values("unit"))
        return [
            told("key", _("Finding"), rules),
            told("element", _("Element"), {name: self._element(name) for name in self._values("element")}),
            told("unit", _("Unit"), {code: self.unit(code) for code in units})
            if len(units) <= MOST_CHOICES
            else Filter(PARAMETERS["unit"], _("Unit"), (), asked.get(PARAMETERS["unit"], ""), is_written=True),
            told("change", _("Since the attempt before"), {word: change_word(word) for word in self._values("change")}),
        ]


def change_word(change: str) -> str:
    """What became of a cell, in words; empty where there was no attempt before."""
    return str(CHANGES[Change(change)]()) if change else ""


def attempt_told(attempt: Mapping[str, int]) -> str:
    """What became of the cells of the attempt before, in a sentence; empty where there was none."""
    if not attempt:
        return ""
    mended, remaining, new = (attempt.get(one.value, 0) for one in (Change.MENDED, Change.REMAINING, Change.NEW))
    parts = [
        ngettext("one cell mended", "%(figure)s cells mended", mended, figure=show_figure(mended)),
        ngettext("one remains", "%(figure)s remain", remaining, figure=show_figure(remaining)),
        ngettext("one is new", "%(figure)s are new", new, figure=show_figure(new)),
    ]
    told: str = _("Since the attempt before: %(what)s.", what=", ".join(parts))
    return told


def _where(one: Mapping[str, Any]) -> str:
    column, row = one["column"], one["row"]
    if column and row:
        return f"{column}{row}"
    if row:
        told: str = _("row %(row)s", row=row)
        return told
    return _("column %(letter)s", letter=column) if column else ""
