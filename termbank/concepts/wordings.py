"""A text in a language: terms, definitions and notes are written in any language that BCP 47 has a tag for. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from registry.findings import Text

OWN_LANGUAGES = ("sv", "en")
"""The languages of the interface, which texts are shown in where they can be."""
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no XML file may hold. It comes along with what is pasted: Word ends a line with U+000B."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and its language tag; the tag is empty where nobody has said which language it is."""

    text: str
    language: str = ""

    def as_content(self) -> dict[str, Any]:
        return without_empty({"text": self.text, "language": self.language})


Wordings = tuple[Wording, ...]
"""The same text in several languages, in the order of their tags."""


def wordings_of(text: Text | None) -> Wordings:
    """
    >>> wordings_of(Text("säng", ""))
    (Wording(text='säng', language='sv'),)
    """
    if text is None:
        return ()
    return ordered(Wording(said, tag) for tag, said in (("sv", text.sv), ("en", text.en)) if said)


class Said(Protocol):
    """Anything that is a text in a language."""

    @property
    def text(self) -> str: ...

    @property
    def language(self) -> str: ...


def text_of(wordings: Iterable[Said]) -> Text:
    """The Swedish and the English of a text, each empty where it is not there."""
    found = {one.language: one.text for one in reversed(tuple(wordings))}
    return Text(found.get("sv", ""), found.get("en", ""))


def ordered(wordings: Iterable[Wording]) -> Wordings:
    """In the order of the tags, each said once: which language comes first means nothing."""
    return tuple(sorted(dict.fromkeys(wordings), key=lambda one: one.language))


def read_wordings(value: Iterable[Mapping[str, Any]]) -> Wordings:
    """Texts as content has them; those without any letters are left out."""
    read = (Wording(plain(one["text"]), tag(one.get("language", ""))) for one in value)
    return ordered(one for one in read if one.text)


def tag(written: str) -> str:
    """A language tag with the letters as RFC 5646 2.1.1 writes them, so that one language has one tag.

    >>> tag("SV"), tag("sv-fi"), tag("ZH-HANT-tw"), tag("en-x-US")
    ('sv', 'sv-FI', 'zh-Hant-TW', 'en-x-us')
    """
    parts = written.strip().lower().split("-")
    for place in range(1, len(parts)):
        if len(parts[place - 1]) == 1:
            break
        if len(parts[place]) == 2:
            parts[place] = parts[place].upper()
        elif len(parts[place]) == 4 and parts[place].isalpha():
            parts[place] = parts[place].title()
    return "-".join(parts)


def plain(text: Any) -> str:
    """``text`` without outer blanks and without control characters, which no XML file may hold.

    >>> plain(" vård\\x0bplats ")
    'vårdplats'
    """
    if not isinstance(text, str):
        raise TypeError("text expected")
    return CONTROLS.sub("", text).strip()


def without_empty(content: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something: an empty text, an empty list and nothing are all left out; ``False`` is said."""
    return {name: value for name, value in content.items() if value is not None and value != "" and value != []}
