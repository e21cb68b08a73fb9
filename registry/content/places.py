"""Where in content a fault is, in the words of the forms: "Code 3 (R02), valid from" instead of ``codes[2].valid_from``.

Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from registry.findings import Text


@dataclass(frozen=True, slots=True)
class Words:
    """What the parts of one kind of content are called in its forms.

    ``rows`` says what a row of each list is called, and which field tells one row from another. ``fields`` are called
    alike wherever they are; a field that is not there is called what it is.
    """

    fields: Mapping[str, Text] = field(default_factory=dict)
    rows: Mapping[str, tuple[Text, str]] = field(default_factory=dict)


COMMON: Mapping[str, Text] = {
    "content_schema": Text("innehållets slag (content_schema)", "kind of content (content_schema)"),
    "description": Text("beskrivning", "description"),
    "en": Text("på engelska", "in English"),
    "provenance": Text("uppgiftens art", "kind of fact"),
    "reason": Text("skäl", "reason"),
    "slug": Text("namn i adressen", "name in the address"),
    "source": Text("källa", "source"),
    "sv": Text("på svenska", "in Swedish"),
    "text": Text("text", "text"),
    "title": Text("titel", "title"),
    "url": Text("adress", "address"),
    "valid_from": Text("giltig från", "valid from"),
    "valid_to": Text("giltig till", "valid to"),
}
"""Fields that many kinds of content have."""
_STEP = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")


def in_words(path: str, content: Any, words: Words) -> Text:
    """The place that ``path`` leads to in ``content`` (``$`` is the whole); a field without a name in the forms is called
    what it is.

    >>> words = Words(rows={"codes": (Text("Kod", "Code"), "code")})
    >>> in_words("codes[2].valid_from", {"codes": [{}, {}, {"code": "R02"}]}, words)
    Text(sv='Kod 3 (R02), giltig från', en='Code 3 (R02), valid from')
    >>> in_words("title.en", {}, words).sv
    'Titel på engelska'
    """
    steps = [match.group(1) or int(match.group(2)) for match in _STEP.finditer("" if path == "$" else path)]
    told: list[Text] = []
    here, position = content, 0
    while position < len(steps):
        step = steps[position]
        below = _below(here, step)
        following = steps[position + 1] if position + 1 < len(steps) else None
        if isinstance(step, str) and step in words.rows and isinstance(following, int):
            below = _below(below, following)
            told.append(_row(words.rows[step], following, below))
            position += 1
        elif isinstance(step, int):
            told.append(Text(f"nummer {step + 1}", f"number {step + 1}"))
        else:
            told.append(words.fields.get(step) or COMMON.get(step) or Text(step, step))
        here, position = below, position + 1
    if not told:
        return Text("Innehållet", "The content")
    return Text(_sentence([one.sv for one in told]), _sentence([one.en for one in told]))


def _below(here: Any, step: str | int) -> Any:
    if isinstance(step, str):
        return here.get(step) if isinstance(here, Mapping) else None
    is_list = isinstance(here, Sequence) and not isinstance(here, str)
    return here[step] if is_list and step < len(here) else None


def _row(named: tuple[Text, str], index: int, row: Any) -> Text:
    label, key = named
    called = row.get(key) if isinstance(row, Mapping) else None
    known = f" ({called})" if isinstance(called, str) and called else ""
    return Text(f"{label.sv} {index + 1}{known}", f"{label.en} {index + 1}{known}")


def _sentence(parts: list[str]) -> str:
    """The parts with commas between; a language follows its field without one."""
    text = ", ".join(parts)
    for language in ("på svenska", "på engelska", "in Swedish", "in English"):
        text = text.replace(f", {language}", f" {language}")
    return text[:1].upper() + text[1:]
