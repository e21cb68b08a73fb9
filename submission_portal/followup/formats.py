"""The formats of a published table: what people and programs take with them, and what each file cannot carry. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.findings import Finding, Language, Text
from registry.formats import Format, Option, Options, counted_losses
from registry.spreadsheets import neutral
from submission_portal.followup.breaks import Break
from submission_portal.followup.compilations.closing import ClosedPart
from submission_portal.followup.compilations.finding_texts import FINDINGS as VIEWS
from submission_portal.followup.downloads import Names, Origin, as_csv, as_json
from submission_portal.followup.figures import Figure
from submission_portal.followup.finding_texts import FINDINGS


@dataclass(frozen=True, slots=True)
class TableSource:
    """A published table version to be written.

    Its figures and where they come from are read when they are written, since a table may have a hundred thousand and a
    page asks only what its files cannot carry.
    """

    measure: str
    about: Mapping[str, Any]
    """What the table is: names, version, hashes, and the publication that it reproduces (``source``) or ``None``."""
    remarks: Sequence[Finding]
    """What was found when the table was composed."""
    breaks: Callable[[Options], Sequence[Break]]
    figures: Callable[[Options], Sequence[Figure]]
    names: Callable[[Language], Names]
    origin: Callable[[Language], Origin]
    not_comparable: Callable[[], int]
    """How many pairs of regions are not comparable, as everybody may know of it today. It is in no file of the version."""
    closed: Callable[[Options], Sequence[ClosedPart]] = lambda _options: ()
    """What of it needs a decision before this reader has it."""


def _csv(source: TableSource, options: Options) -> bytes:
    language = options.language
    figures, names, origin = source.figures(options), source.names(language), source.origin(language)
    return as_csv(source.measure, figures, names, origin, language)


def _csv_losses(source: TableSource, options: Options) -> tuple[Finding, ...]:
    names = source.names(options.language)
    words = [label for labels in names.labels.values() for label in labels.values()]
    return _closed_losses(source, options) + counted_losses(
        FINDINGS,
        {
            "FOL-031": len(source.breaks(options)),
            "FOL-032": len(source.remarks),
            "FOL-033": 1,
            "FOL-037": source.not_comparable(),
            "FOL-034": sum(neutral(word) != word for word in words),
        },
    )


def _json(source: TableSource, options: Options) -> bytes:
    closed = [part.as_dict() for part in source.closed(options)]
    about = {**source.about, **({"closed": closed} if closed else {})}
    return as_json(about, source.figures(options), source.breaks(options), source.names("sv"))


def _json_losses(source: TableSource, options: Options) -> tuple[Finding, ...]:
    names = source.names(options.language)
    return _closed_losses(source, options) + counted_losses(
        FINDINGS,
        {
            "FOL-035": sum(len(labels) for labels in names.labels.values()),
            "FOL-036": int(not source.about.get("source")),
            "FOL-037": source.not_comparable(),
        },
    )


def _closed_losses(source: TableSource, options: Options) -> tuple[Finding, ...]:
    """What is in no file, since it needs a decision first."""
    return counted_losses(VIEWS, {"VIEW-001": sum(part.figures for part in source.closed(options))})


FORMATS: tuple[Format[TableSource], ...] = (
    Format(
        "csv",
        Text("Kalkylblad (CSV)", "Spreadsheet (CSV)"),
        Text(
            "semikolon, öppnas i Excel; varje rad anger sin källa",
            "semicolons, opens in Excel; every row says its source",
        ),
        "text/csv",
        "csv",
        is_text=True,
        content=_csv,
        losses=_csv_losses,
        takes=frozenset(Option),
    ),
    Format(
        "json",
        Text("För maskiner (JSON)", "For machines (JSON)"),
        Text("med brott och kontrollsummor", "with breaks and hashes"),
        "application/json",
        "json",
        is_text=True,
        content=_json,
        losses=_json_losses,
        takes=frozenset({Option.REGION, Option.PERIOD}),
    ),
)
