"""A table version as files that people and programs take with them: CSV for spreadsheets, JSON for machines.

Both hold what a page shows and nothing more: a hidden value is not in the figures that come in. Text that a spreadsheet
would take for a formula is neutralised in CSV (CWE-1236); JSON is left exact. Both say where the figures come from: in CSV
on every row, so that a row that is copied elsewhere still says it. The bytes of a version never change, so that what may be
said otherwise tomorrow (which regions are comparable) is in a file of its own.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from registry.findings import Language, Text
from registry.provenance import Provenance
from registry.spreadsheets import neutral
from submission_portal.followup.breaks import Break
from submission_portal.followup.figures import Figure

JSON_SCHEMA = "table/1"

HEADINGS: Mapping[Language, tuple[str, ...]] = {
    "sv": ("regionskod", "region", "period", "värde", "status", "levererat", "väntat", "saknas", "siffra",
           "ursprung", "källa", "tabellversion"),
    "en": ("region code", "region", "period", "value", "status", "delivered", "expected", "missing", "figure",
           "provenance", "source", "table version"),
}  # fmt: skip

PROVENANCE = {
    Provenance.OWN: Text("levererade av regionen", "delivered by the region"),
    Provenance.REPRODUCED: Text("återgivna ur publicerad källa", "reproduced from a published source"),
    Provenance.MADE_UP: Text("påhittade", "made up"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the figures of a table version come from."""

    provenance: Provenance
    table: str
    """The address of the table version."""
    published: str = ""
    """The publication that all of them were reproduced from, where they were and the measure names it."""
    releases: Mapping[str, str] = field(default_factory=dict)
    """What each release was: who delivered, and the delivery's number."""

    def of(self, figure: Figure) -> str:
        """The source of one figure."""
        return self.published or "; ".join(
            dict.fromkeys(self.releases[one] for one in figure.releases if one in self.releases)
        )


@dataclass(frozen=True, slots=True)
class Names:
    """The words of codes: by dimension name (``region`` included), code → label in the reader's language."""

    dimensions: tuple[tuple[str, str], ...]
    """(element name, label) in the order of a figure's place."""
    labels: Mapping[str, Mapping[str, str]]

    def of(self, dimension: str, code: str) -> str:
        return self.labels.get(dimension, {}).get(code, code)


def as_csv(measure: str, figures: Sequence[Figure], names: Names, origin: Origin, language: Language) -> bytes:
    """The figures as a spreadsheet reads them: semicolons, decimal comma in Swedish, UTF-8 with a mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    first = HEADINGS[language]
    dimension_headings = [neutral(label) for _, label in names.dimensions]
    writer.writerow([*first[:2], *dimension_headings, *first[2:]])
    for figure in figures:
        places = [
            neutral(names.of(dimension, code))
            for (dimension, _), code in zip(names.dimensions, figure.place, strict=False)
        ]
        writer.writerow(
            [
                figure.region,
                neutral(names.of("region", figure.region)),
                *places,
                *[""] * (len(names.dimensions) - len(places)),
                str(figure.period),
                number(figure.value, language),
                figure.status.label.in_language(language),
                figure.delivered,
                "" if figure.expected is None else figure.expected,
                neutral(" ".join(figure.missing)),
                neutral(f"{measure}/{figure.key}"),
                PROVENANCE[origin.provenance].in_language(language),
                neutral(origin.of(figure)),
                neutral(origin.table),
            ]
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_json(about: Mapping[str, Any], figures: Sequence[Figure], breaks: Sequence[Break], names: Names) -> bytes:
    """The figures with their breaks for a program. Values are decimal strings, never binary floats."""
    return json.dumps(
        {
            "content_schema": JSON_SCHEMA,
            **about,
            "dimensions": [name for name, _ in names.dimensions],
            "figures": [figure_object(figure, names) for figure in figures],
            "breaks": [one.as_dict() for one in breaks],
        },
        ensure_ascii=False,
        indent=1,
    ).encode()


def figure_object(figure: Figure, names: Names) -> dict[str, Any]:
    """One figure for JSON."""
    return {
        "key": figure.key,
        "region": figure.region,
        **{name: code for (name, _), code in zip(names.dimensions, figure.place, strict=False)},
        "period": str(figure.period),
        "value": None if figure.value is None else plain(figure.value),
        "status": figure.status.value,
        "delivered": figure.delivered,
        "expected": figure.expected,
        "missing": list(figure.missing),
    }


def plain(value: Decimal) -> str:
    """A decimal as short as it can be written.

    >>> plain(Decimal("746.000000")), plain(Decimal("3.500000")), plain(Decimal("0E-6")), plain(Decimal("100"))
    ('746', '3.5', '0', '100')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Decimal | None, language: Language) -> str:
    """A value as the reader's spreadsheet understands it; nothing where nothing is shown."""
    if value is None:
        return ""
    return plain(value) if language == "en" else plain(value).replace(".", ",")
