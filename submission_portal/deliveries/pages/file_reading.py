"""How a file was read, in words: its form, what each column was read as, and its first rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from string import ascii_uppercase

from flask_babel import gettext as _
from flask_babel import ngettext

from information_models.definitions import LoadedModel
from registry.i18n import show_figure
from submission_portal.deliveries.pages.layout_cards import multiplied
from submission_portal.deliveries.pages.names import code_label, label_of
from submission_portal.deliveries.pages.stages import sums_read
from submission_portal.deliveries.reading.layouts.content import Layout
from submission_portal.deliveries.reading.sheets import ColumnTotal, Preview, spans_of

ROWS_NAMED = 8
"""So many rows that were read as title, or as notes, are named."""

COLUMNS_TOLD = 6
"""So many columns of one element are told one by one."""
LETTERS = ascii_uppercase[:12]
"""Of the first rows of a file whose columns were not recognised, so many columns are shown."""


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column of the file, and the element that it was read as; ``element`` is empty where it was not read in."""

    letter: str
    heading: str
    element: str
    note: str


@dataclass(frozen=True, slots=True)
class ReadTotal:
    """What a column of figures adds up to, as shown."""

    letter: str
    element: str
    figures: str
    sum: str
    mean: str


@dataclass(frozen=True, slots=True)
class FileReading:
    """What the page says of how a file was read; empty where nothing is kept about it."""

    facts: tuple[tuple[str, str | None], ...] = ()
    columns: tuple[ReadColumn, ...] = ()
    letters: Sequence[str] = ()
    rows: tuple[tuple[int, Sequence[str]], ...] = ()
    """The sender's row number and the cells, one for each of ``letters``."""
    totals: tuple[ReadTotal, ...] = ()


def file_reading(
    preview: Preview,
    loaded: LoadedModel,
    layout: str | None = None,
    answered: Layout | None = None,
    factors: Mapping[str, str] | None = None,
) -> FileReading:
    """What was kept of how a file was read, in words; ``layout`` and ``answered``: what the answers about its export that it was
    read by are called, and say; ``factors``: by letter what the figures of columns were multiplied by."""
    letters, rows = _first_rows(preview)
    answered = answered or Layout()
    return FileReading(
        facts=(
            (_("Answers about the export"), layout),
            (_("The same on every row"), _constants(answered, loaded)),
            *_facts(preview),
        ),
        columns=_columns(preview, loaded, factors or {}),
        letters=letters,
        rows=rows,
        totals=_totals(preview, loaded),
    )


def _columns(preview: Preview, loaded: LoadedModel, factors: Mapping[str, str]) -> tuple[ReadColumn, ...]:
    """What each column was read as; many that follow each other and were read as the same are told together."""
    told = [
        ReadColumn(
            letter=column.letter,
            heading=column.heading or _("no heading"),
            element=label_of(loaded, column.element) if column.element else _of_measures(column.how),
            note=_("without accents")
            if column.how == "without_accents"
            else multiplied(factors.get(column.letter, "")),
        )
        for column in preview.columns
    ]
    found: list[ReadColumn] = []
    for _same, group in groupby(told, key=lambda one: (one.element, one.note)):
        alike = list(group)
        if len(alike) > COLUMNS_TOLD and alike[0].element:
            first, last = alike[0], alike[-1]
            letters = spans_of([one.letter for one in alike])
            alike = [replace(first, letter=letters, heading=f"{first.heading} – {last.heading}")]
        found += alike
    return tuple(found)


def _totals(preview: Preview, loaded: LoadedModel) -> tuple[ReadTotal, ...]:
    """What each column of figures adds up to; an element that has many of them is told once."""
    by_element: dict[str, list[ColumnTotal]] = {}
    for total in preview.totals:
        by_element.setdefault(total.element, []).append(total)
    told: list[ReadTotal] = []
    for element, of_element in by_element.items():
        groups = [of_element] if len(of_element) > COLUMNS_TOLD else [[each] for each in of_element]
        told += (_total(label_of(loaded, element), group) for group in groups)
    return tuple(told)


def _total(element: str, group: Sequence[ColumnTotal]) -> ReadTotal:
    figures = sum(one.figures for one in group)
    sums = [Decimal(one.sum) for one in group if one.sum is not None]
    told = format(sum(sums, Decimal(0)), "f") if len(sums) == len(group) else None
    mean = sum((Decimal(one.mean) * one.figures for one in group), Decimal(0)) / figures
    decimals = max(max(0, -int(Decimal(one.mean).as_tuple().exponent)) for one in group)
    return ReadTotal(
        letter=spans_of([one.letter for one in group]),
        element=element,
        figures=show_figure(figures),
        sum=show_figure(told) if told is not None else "–",
        mean=show_figure(format(mean.quantize(Decimal(1).scaleb(-decimals)), "f")),
    )


def _of_measures(how: str) -> str:
    """What a column is in a file that has a measure on each row; empty for one that is not read in."""
    words: dict[str, str] = {"measures": _("what the row counts"), "values": _("the values of the measures")}
    return words.get(how, "")


def _constants(answered: Layout, loaded: LoadedModel) -> str:
    """What every row has, as somebody has said."""
    return "; ".join(
        f"{label_of(loaded, name)}: {code_label(loaded, name, text)}"
        for name, text in sorted(answered.constants.items())
        if name in loaded.model.by_name
    )


def _facts(preview: Preview) -> tuple[tuple[str, str | None], ...]:
    delimiter = preview.delimiter or ""
    separators = {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": _("vertical bar")}
    return (
        (_("Encoding"), (preview.encoding or "").replace("-sig", "").upper()),
        (_("Separator"), separators.get(delimiter, delimiter)),
        (_("Sheet"), preview.sheet),
        (_("Lines and rows"), _lines_and_rows(preview)),
        (_("Headings"), _headings(preview)),
        (_("Read as title"), _rows(preview.title_rows[:ROWS_NAMED])),
        (_("Read as sums"), _("row %(row)s", row=sums_read(preview)) if preview.sum_rows else None),
        (_("Read as notes"), _rows(preview.note_rows[:ROWS_NAMED])),
    )


def _headings(preview: Preview) -> str | None:
    if preview.header_row == 0:
        told: str = _("none: the columns are called by their letters")
        return told
    return _rows([preview.header_row]) if preview.header_row else None


def lines_and_records(lines: int | None, records: int | None) -> str:
    """How many lines of text the file has, and records in them; empty where that was not counted."""
    if records is None:
        return ""
    told: str = ngettext("one record", "%(figure)s records", records, figure=show_figure(records))
    if lines is None:
        return told
    if lines > records:
        told += " " + ngettext(
            "(cells hold one line break)",
            "(cells hold %(figure)s line breaks)",
            lines - records,
            figure=show_figure(lines - records),
        )
    first: str = ngettext("one line of text", "%(figure)s lines of text", lines, figure=show_figure(lines))
    return f"{first}, {told}"


def _lines_and_rows(preview: Preview) -> str | None:
    """Lines of text, records and rows of figures, and what the others are; nothing of what an earlier version read."""
    records, rows = preview.records, preview.data_rows
    if records is None or preview.header_row is None:
        return None
    told: str = ngettext("one row of figures", "%(figure)s rows of figures", rows, figure=show_figure(rows))
    others: str = _("(%(count)s are headings, titles, sums, notes or empty)", count=show_figure(records - rows))
    return f"{lines_and_records(preview.lines, records)}, {told} {others}"


def _rows(numbers: Sequence[int]) -> str | None:
    return _("row %(row)s", row=", ".join(map(str, numbers))) if numbers else None


def _first_rows(preview: Preview) -> tuple[Sequence[str], tuple[tuple[int, Sequence[str]], ...]]:
    """Under the columns' own letters; under plain letters where a row has fewer cells than there are columns."""
    kept = preview.first_rows
    letters: Sequence[str] = [column.letter for column in preview.columns]
    rows = tuple((number, cells[: len(letters)] if letters else cells) for number, cells in kept)
    if rows and (not letters or len(kept[0][1]) < len(letters)):
        letters = LETTERS[: max(len(cells) for _number, cells in kept)]
    return letters, rows
