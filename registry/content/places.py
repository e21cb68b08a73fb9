"""Where in content a fault is, in the words of the forms: "Code 3 (R02), valid from" instead of ``codes[2].valid_from``.

Pure.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from registry.findings import Text

ROWS: Mapping[str, tuple[Text, str]] = {
    "codes": (Text("Kod", "Code"), "code"),
    "elements": (Text("Element", "Element"), "name"),
    "rules": (Text("Regel", "Rule"), "id"),
    "notes": (Text("Anmärkning", "Note"), ""),
    "known_totals": (Text("Publicerad summa", "Published total"), "period"),
}
"""What a row of each list is called, and the field that tells one row from another."""

FIELDS: Mapping[str, Text] = {
    "aliases": Text("andra stavningar", "other spellings"),
    "aggregation": Text("summering", "aggregation"),
    "code": Text("kod", "code"),
    "code_list": Text("kodlista", "code list"),
    "codes": Text("koderna", "the codes"),
    "concept": Text("begrepp", "concept"),
    "content_schema": Text("innehållets slag (content_schema)", "kind of content (content_schema)"),
    "decimals": Text("antal decimaler", "number of decimals"),
    "description": Text("beskrivning", "description"),
    "elements": Text("elementen", "the elements"),
    "en": Text("på engelska", "in English"),
    "expression": Text("uttryck", "expression"),
    "id": Text("id", "id"),
    "key": Text("nyckel", "key"),
    "label": Text("namn", "name"),
    "max_length": Text("längsta längd", "greatest length"),
    "maximum": Text("största värde", "greatest value"),
    "minimum": Text("minsta värde", "least value"),
    "name": Text("namn", "name"),
    "note": Text("anmärkning", "note"),
    "parent": Text("överordnad", "parent"),
    "parent_list": Text("överordnad lista", "parent list"),
    "pattern": Text("mönster", "pattern"),
    "period_element": Text("element för perioden", "period element"),
    "period_kinds": Text("slag av perioder", "kinds of periods"),
    "reason": Text("skäl", "reason"),
    "region_element": Text("element för regionen", "region element"),
    "rules": Text("reglerna", "the rules"),
    "slug": Text("namn i adressen", "name in the address"),
    "source": Text("källa", "source"),
    "sv": Text("på svenska", "in Swedish"),
    "text": Text("text", "text"),
    "title": Text("titel", "title"),
    "type": Text("typ", "type"),
    "unit": Text("enhet", "unit"),
    "valid_from": Text("giltig från", "valid from"),
    "valid_to": Text("giltig till", "valid to"),
}
_STEP = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")


def in_words(path: str, content: Any) -> Text:
    """The place that ``path`` leads to in ``content``; a field without a name in the forms is called what it is.

    >>> in_words("codes[2].valid_from", {"codes": [{}, {}, {"code": "R02"}]})
    Text(sv='Kod 3 (R02), giltig från', en='Code 3 (R02), valid from')
    >>> in_words("title.en", {}).sv
    'Titel på engelska'
    """
    steps = [match.group(1) or int(match.group(2)) for match in _STEP.finditer(path)]
    told: list[Text] = []
    here, position = content, 0
    while position < len(steps):
        step = steps[position]
        below = _below(here, step)
        following = steps[position + 1] if position + 1 < len(steps) else None
        if isinstance(step, str) and step in ROWS and isinstance(following, int):
            below = _below(below, following)
            told.append(_row(step, following, below))
            position += 1
        elif isinstance(step, int):
            told.append(Text(f"nummer {step + 1}", f"number {step + 1}"))
        else:
            told.append(FIELDS.get(step, Text(step, step)))
        here, position = below, position + 1
    if not told:
        return Text("Innehållet", "The content")
    return Text(_sentence([one.sv for one in told]), _sentence([one.en for one in told]))


def _below(here: Any, step: str | int) -> Any:
    if isinstance(step, str):
        return here.get(step) if isinstance(here, Mapping) else None
    is_list = isinstance(here, Sequence) and not isinstance(here, str)
    return here[step] if is_list and step < len(here) else None


def _row(name: str, index: int, row: Any) -> Text:
    label, key = ROWS[name]
    called = row.get(key) if isinstance(row, Mapping) else None
    known = f" ({called})" if isinstance(called, str) and called else ""
    return Text(f"{label.sv} {index + 1}{known}", f"{label.en} {index + 1}{known}")


def _sentence(parts: list[str]) -> str:
    """The parts with commas between; a language follows its field without one."""
    text = ", ".join(parts)
    for language in ("på svenska", "på engelska", "in Swedish", "in English"):
        text = text.replace(f", {language}", f" {language}")
    return text[:1].upper() + text[1:]
