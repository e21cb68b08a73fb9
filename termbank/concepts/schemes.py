"""Concept schemes: ``scheme/1``, its reading, and the ones that ship with the registry. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from registry.content import shapes
from registry.content.places import Words
from registry.content.schemas import ContentSchema
from registry.findings import Finding, Place, Text
from registry.items.outlines import OutlineRow
from termbank.concepts.concept import is_web_address
from termbank.concepts.schema import LANGUAGE, TEXTS
from termbank.concepts.wordings import Wordings, plain, read_wordings, tag, text_of, without_empty, wordings_of
from termbank.finding_texts.all import FINDINGS

SCHEMA = ContentSchema(
    "scheme/1",
    shapes.record(
        {"content_schema": {"const": "scheme/1"}},
        {
            "title": TEXTS,
            "description": TEXTS,
            "languages": shapes.list_of(LANGUAGE, least=1, most=100),
            "licence": shapes.STRING,
            "base": shapes.STRING,
        },
    ),
    FINDINGS["SCHEME-001"],
    Words(
        fields={
            "base": Text("början av begreppens IRI", "beginning of the concepts' IRIs"),
            "languages": Text("språk", "languages"),
            "licence": Text("licens", "licence"),
        }
    ),
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme: its key, what it is called, and how its concepts may be used and are named elsewhere.

    ``licence`` is an address. ``base`` begins the IRIs of its concepts; empty where they are those of the instance.
    """

    slug: str
    title: Text
    description: Text
    languages: tuple[str, ...] = ("sv", "en")
    licence: str = ""
    base: str = ""
    item: str = ""

    def as_content(self) -> dict[str, Any]:
        return without_empty(
            {
                "content_schema": SCHEMA.name,
                "title": _contents(wordings_of(self.title)),
                "description": _contents(wordings_of(self.description)),
                "languages": list(self.languages),
                "licence": self.licence,
                "base": self.base,
            }
        )


SHIPPED = (
    Scheme(
        "vardplatser",
        Text("Vårdplatser", "Hospital beds"),
        Text(
            "Begrepp för vårdplatser, beläggning, överbeläggning och utlokaliserade patienter.",
            "Concepts of hospital beds, occupancy, overcrowding and outplaced patients.",
        ),
    ),
)
"""What every instance begins with. Once loaded they are items like others."""


def read(content: Mapping[str, Any], slug: str = "", item: str = "") -> Scheme:
    """A scheme from its content. Raises `ContentError` for a schema that is not of this kind."""
    content = SCHEMA.lift(content)
    return Scheme(
        slug,
        text_of(read_wordings(content.get("title", ()))),
        text_of(read_wordings(content.get("description", ()))),
        tuple(dict.fromkeys(tag(one) for one in content.get("languages", ()))),
        plain(content.get("licence", "")),
        plain(content.get("base", "")),
        item,
    )


def parse(content: Any) -> tuple[Scheme | None, tuple[Finding, ...]]:
    """Content from outside as a scheme, with everything that has to be mended."""
    if faults := SCHEMA.faults(content):
        return None, faults
    scheme = read(content)
    return scheme, tuple(_findings(scheme))


def title(content: Mapping[str, Any]) -> Text:
    """The title; one language stands in for the other."""
    said = read(content).title
    return Text(said.sv or said.en, said.en or said.sv)


def outline(content: Mapping[str, Any]) -> list[OutlineRow]:
    """The content as labelled texts."""
    scheme = read(content)
    rows: list[OutlineRow] = [
        (Text("Titel", "Title"), scheme.title),
        (Text("Beskrivning", "Description"), scheme.description),
        (Text("Språk", "Languages"), ", ".join(scheme.languages)),
        (Text("Licens", "Licence"), scheme.licence),
        (Text("Början av begreppens IRI", "Beginning of the concepts' IRIs"), scheme.base),
    ]
    return [row for row in rows if row[1] not in ("", Text("", ""))]


def _findings(scheme: Scheme) -> Iterator[Finding]:
    def found(code: str, field: str) -> Finding:
        return FINDINGS.found(code, {"field": field}, (Place(field=field),))

    if not (scheme.title.sv or scheme.title.en):
        yield found("SCHEME-002", "title_sv")
    for field, address in (("licence", scheme.licence), ("base", scheme.base)):
        if address and not is_web_address(address):
            yield found("TERM-009", field)
    if scheme.base and not scheme.base.endswith(("/", "#")):
        yield found("SCHEME-003", "base")


def _contents(wordings: Wordings) -> list[dict[str, Any]]:
    return [one.as_content() for one in wordings]
