"""How a file was read, in words: its form, what each column was read as, and its first rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from flask_babel import gettext as _
from flask_babel import ngettext

from information_models.definitions import LoadedModel
from registry.i18n import show_figure
from submission_portal.deliveries.pages.layout_cards import multiplied
from submission_portal.deliveries.pages.names import code_label, label_of
from submission_portal.deliveries.pages.stages import sums_read
from submission_portal.deliveries.reading.layouts.content import Layout
from submission_portal.deliveries.reading.sheets import Preview

ROWS_NAMED = 8
"""So many rows that were read as title, or as notes, are named."""

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
        columns=tuple(
            ReadColumn(
                letter=column.letter,
                heading=column.heading or _("no heading"),
                element=label_of(loaded, column.element) if column.element else "",
                note=_("without accents")
                if column.how == "without_accents"
                else multiplied((factors or {}).get(column.letter, "")),
            )
            for column in preview.columns
        ),
        letters=letters,
        rows=rows,
        totals=tuple(
            ReadTotal(
                letter=total.letter,
                element=label_of(loaded, total.element),
                figures=show_figure(total.figures),
                sum=show_figure(total.sum) if total.sum is not None else "–",
                mean=show_figure(total.mean),
            )
            for total in preview.totals
        ),
    )


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
        (_("Headings"), _rows([preview.header_row]) if preview.header_row else None),
        (_("Read as title"), _rows(preview.title_rows[:ROWS_NAMED])),
        (_("Read as sums"), _("row %(row)s", row=sums_read(preview)) if preview.sum_rows else None),
        (_("Read as notes"), _rows(preview.note_rows[:ROWS_NAMED])),
    )


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
