"""An edition of somebody else's vocabulary: ``edition/1``, what is decided of it. Its concepts are rows of its file. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registry.content import shapes
from registry.content.places import Words
from registry.content.schemas import ContentSchema
from registry.findings import Finding, Place, Text
from registry.items.outlines import OutlineRow
from termbank.concepts.concept import is_web_address
from termbank.concepts.schema import TEXTS
from termbank.concepts.wordings import plain, read_wordings, text_of, without_empty, wordings_of
from termbank.finding_texts.all import FINDINGS

COUNTS = {
    "concepts": Text("Begrepp", "Concepts"),
    "collections": Text("Samlingar", "Collections"),
    "triples": Text("Tripler", "Triples"),
}
"""What is counted in the content of an edition, so that it is part of what is decided."""
_NOTHING = Text("", "")
_COUNT = {"type": "integer", "minimum": 0}

SCHEMA = ContentSchema(
    "edition/1",
    shapes.record(
        {
            "content_schema": {"const": "edition/1"},
            "file": shapes.record(
                {"sha256": {"type": "string", "pattern": shapes.HASH}, "name": shapes.STRING, "size": _COUNT},
                dict.fromkeys(COUNTS, _COUNT),
            ),
        },
        {
            "title": TEXTS,
            "description": TEXTS,
            **dict.fromkeys(("source", "url", "date", "licence", "base"), shapes.STRING),
        },
    ),
    FINDINGS["EDITION-001"],
    Words(
        fields={
            "base": Text("bas för relativa adresser", "base of relative addresses"),
            "collections": Text("samlingar", "collections"),
            "concepts": Text("begrepp", "concepts"),
            "date": Text("datum", "date"),
            "file": Text("fil", "file"),
            "licence": Text("licens", "licence"),
            "sha256": Text("kontrollsumma", "hash"),
            "size": Text("storlek", "size"),
            "source": Text("källa", "source"),
            "triples": Text("tripler", "triples"),
        }
    ),
)


@dataclass(frozen=True, slots=True)
class FileNamed:
    """The file that an edition was read from: its SHA-256, the name it came with, its size in bytes, and what it holds."""

    sha256: str
    name: str
    size: int
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edition:
    """What somebody's vocabulary was on a date. ``source`` says who publishes it, ``url`` where; ``licence`` is a name or an
    address; ``base`` is what relative IRIs in the file were read against."""

    file: FileNamed
    title: Text = _NOTHING
    description: Text = _NOTHING
    source: str = ""
    url: str = ""
    date: str = ""
    licence: str = ""
    base: str = ""

    def as_content(self) -> dict[str, Any]:
        return without_empty(
            {
                "content_schema": SCHEMA.name,
                "title": [one.as_content() for one in wordings_of(self.title)],
                "description": [one.as_content() for one in wordings_of(self.description)],
                "source": self.source,
                "url": self.url,
                "date": self.date,
                "licence": self.licence,
                "base": self.base,
                "file": {
                    "sha256": self.file.sha256,
                    "name": self.file.name,
                    "size": self.file.size,
                    **{kind: self.file.counts[kind] for kind in COUNTS if kind in self.file.counts},
                },
            }
        )


def read(content: Mapping[str, Any]) -> Edition:
    """An edition from its content. Raises `ContentError` for a schema that is not of this kind."""
    content = SCHEMA.lift(content)
    file = content["file"]
    return Edition(
        FileNamed(file["sha256"], file["name"], file["size"], {kind: file[kind] for kind in COUNTS if kind in file}),
        text_of(read_wordings(content.get("title", ()))),
        text_of(read_wordings(content.get("description", ()))),
        *(plain(content.get(name, "")) for name in ("source", "url", "date", "licence", "base")),
    )


def parse(content: Any) -> tuple[Edition | None, tuple[Finding, ...]]:
    """Content from outside as an edition, with everything that has to be mended."""
    if faults := SCHEMA.faults(content):
        return None, faults
    edition = read(content)
    return edition, tuple(_findings(edition))


def title(content: Mapping[str, Any]) -> Text:
    """The title; one language stands in for the other, and the file's name for both."""
    edition = read(content)
    named = edition.title.sv or edition.title.en or edition.file.name
    return Text(named, edition.title.en or named)


def outline(content: Mapping[str, Any]) -> list[OutlineRow]:
    """The content as labelled texts."""
    edition = read(content)
    rows: list[OutlineRow] = [
        (Text("Titel", "Title"), edition.title),
        (Text("Beskrivning", "Description"), edition.description),
        (Text("Källa", "Source"), edition.source),
        (Text("Webbadress", "Web address"), edition.url),
        (Text("Datum", "Date"), edition.date),
        (Text("Licens", "Licence"), edition.licence),
        (Text("Bas för relativa adresser", "Base of relative addresses"), edition.base),
        *((label, str(edition.file.counts[kind])) for kind, label in COUNTS.items() if kind in edition.file.counts),
        (Text("Fil", "File"), edition.file.name),
        (Text("Filens SHA-256", "The file's SHA-256"), edition.file.sha256),
    ]
    return [row for row in rows if row[1] not in ("", Text("", ""))]


def is_a_date(text: str) -> bool:
    """Whether ``text`` is a year, a year and month, or a day.

    >>> [is_a_date(text) for text in ("2026", "2026-03", "2026-02-29", "2024-02-29", "3 mars")]
    [True, True, False, True, False]
    """
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _findings(edition: Edition) -> Iterator[Finding]:
    def found(code: str, field: str, **params: str) -> Finding:
        return FINDINGS.found(code, {"field": field, **params}, (Place(field=field),))

    if not (edition.title.sv or edition.title.en):
        yield found("EDITION-002", "title_sv")
    if not edition.source:
        yield found("EDITION-003", "source")
    if not edition.licence:
        yield found("EDITION-004", "licence")
    if not is_a_date(edition.date):
        yield found("EDITION-005", "date", **({"date": edition.date} if edition.date else {}))
    for name, address in (("url", edition.url), ("base", edition.base)):
        if address and not is_web_address(address):
            yield found("EDITION-006", name, value=address)
