"""What a change is: what differs, whether what was valid goes on being so either way, and what it does to the meaning.

*Backward*: is what was valid under the old accepted by the new? *Forward*: is what is valid under the new accepted by the old? Each
may be *unknown*, and so may the meaning: a machine cannot know whether a reworded label means the same. What is unknown is for a
person to say, and counts as what it may be. Pure.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from registry.findings import Text


class Accepted(IntEnum):
    """Whether what was valid under one version is accepted by the other."""

    YES = 0
    UNKNOWN = 1
    NO = 2


ACCEPTED_LABELS: Mapping[Accepted, Text] = {
    Accepted.YES: Text("godtas", "accepted"),
    Accepted.UNKNOWN: Text("går inte att räkna ut", "cannot be computed"),
    Accepted.NO: Text("godtas inte alltid", "not always accepted"),
}


class Technical(IntEnum):
    """What happens to files and systems made for the old version."""

    SAME = 0
    COMPATIBLE = 1
    """They still work; there is something new that they need not use, or something more that is asked about."""
    UNKNOWN = 2
    """Some of them may have to be changed."""
    BREAKING = 3
    """Some of them have to be changed."""


class Semantic(IntEnum):
    """What happens to what is counted."""

    SAME = 0
    EDITORIAL = 1
    """It is said differently."""
    UNKNOWN = 2
    """Something may be counted differently: only people can tell."""
    MEANING = 3
    """Something is counted differently."""


TECHNICAL_LABELS: Mapping[Technical, Text] = {
    Technical.SAME: Text("tekniskt oförändrad", "technically unchanged"),
    Technical.COMPATIBLE: Text("tekniskt förenlig", "technically compatible"),
    Technical.UNKNOWN: Text("bryter kanske befintliga leveranser", "may break existing deliveries"),
    Technical.BREAKING: Text("bryter befintliga leveranser", "breaks existing deliveries"),
}
SEMANTIC_LABELS: Mapping[Semantic, Text] = {
    Semantic.SAME: Text("samma betydelse", "same meaning"),
    Semantic.EDITORIAL: Text("redaktionell", "editorial"),
    Semantic.UNKNOWN: Text("betydelsen avgörs av människor", "the meaning is for people to judge"),
    Semantic.MEANING: Text("ändrad betydelse", "changed meaning"),
}


NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: where (``path``) and about what (``subject``: an element, a rule), in words, and what it means.

    ``old`` and ``new`` are the values in words, empty where there is none or where ``what`` says them.
    """

    path: str
    subject: str
    what: Text
    backward: Accepted
    forward: Accepted
    semantic: Semantic
    old: Text = NOTHING
    new: Text = NOTHING
    asks: bool = False
    """Whether something else is asked about than before, which stops nobody."""

    @property
    def technical(self) -> Technical:
        if self.backward is Accepted.NO:
            return Technical.BREAKING
        if self.backward is Accepted.UNKNOWN:
            return Technical.UNKNOWN
        return Technical.COMPATIBLE if self.asks or self.forward is not Accepted.YES else Technical.SAME

    @property
    def is_beyond_wording(self) -> bool:
        """Whether it breaks or changes what is counted, or may."""
        return self.technical >= Technical.UNKNOWN or self.semantic >= Semantic.UNKNOWN


@dataclass(frozen=True, slots=True)
class Compatibility:
    """The change as a whole: the gravest of its differences on each scale."""

    differences: tuple[Difference, ...]

    @property
    def technical(self) -> Technical:
        return max((one.technical for one in self.differences), default=Technical.SAME)

    @property
    def semantic(self) -> Semantic:
        return max((one.semantic for one in self.differences), default=Semantic.SAME)

    @property
    def backward(self) -> Accepted:
        return max((one.backward for one in self.differences), default=Accepted.YES)

    @property
    def forward(self) -> Accepted:
        return max((one.forward for one in self.differences), default=Accepted.YES)

    @property
    def in_words(self) -> Text:
        """What it comes to on both scales."""
        technical, semantic = TECHNICAL_LABELS[self.technical], SEMANTIC_LABELS[self.semantic]
        return Text(f"{technical.sv}, {semantic.sv}", f"{technical.en}, {semantic.en}")

    @property
    def beyond_wording(self) -> list[Text]:
        """The differences that break deliveries or change what is counted, or may, each with what it is about."""
        grave = [one for one in self.differences if one.is_beyond_wording]
        return [Text(f"{one.subject} {one.what.sv}".strip(), f"{one.subject} {one.what.en}".strip()) for one in grave]


_WORDS = re.compile(r"\d+(?:[.,:/]\d+)*|\w+|[<>=≤≥±%+−§°/]")


def reworded(old: Text | None, new: Text | None) -> Semantic:
    """What other words do: nothing where only case, blanks and marks between words differ; otherwise people have to say.

    >>> reworded(Text("Antal vårdplatser.", "Beds"), Text("antal  vårdplatser", "Beds")).name
    'EDITORIAL'
    >>> reworded(Text("Minst 1,5 dygn", "x"), Text("Minst 15 dygn", "x")).name
    'UNKNOWN'
    """
    if old == new:
        return Semantic.SAME
    if old is None or new is None:
        return Semantic.UNKNOWN
    same = all(_words(one) == _words(other) for one, other in ((old.sv, new.sv), (old.en, new.en)))
    return Semantic.EDITORIAL if same else Semantic.UNKNOWN


def _words(text: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFC", text).casefold())


SHORTEST_WORD = 4
"""Of shorter ones case may be the meaning: MW and mW."""


def of_units(old: Text | None, new: Text | None) -> Semantic:
    """What another unit does: nothing but another spelling of the same words is editorial, and of symbols not even that.

    >>> of_units(Text("Dygn", "Days"), Text("dygn", "days")).name, of_units(Text("mW", "mW"), Text("MW", "MW")).name
    ('EDITORIAL', 'MEANING')
    """
    if old == new:
        return Semantic.SAME
    if old is None or new is None or reworded(old, new) is not Semantic.EDITORIAL:
        return Semantic.MEANING
    symbols = [
        [word for word in _WORDS.findall(text) if len(word) < SHORTEST_WORD]
        for text in (f"{old.sv} {old.en}", f"{new.sv} {new.en}")
    ]
    return Semantic.EDITORIAL if symbols[0] == symbols[1] else Semantic.MEANING


LISTED = 20
"""So many codes or spellings are named, and the rest counted."""


def listed(found: Sequence[str]) -> tuple[str, str]:
    """Some of them by name and how many more there are, in Swedish and in English."""
    named, more = ", ".join(found[:LISTED]), len(found) - LISTED
    return (f"{named} och {more} till", f"{named} and {more} more") if more > 0 else (named, named)


def said(sv: str, found: Sequence[str], sv_after: str, en: str, en_after: str) -> Text:
    """A sentence around what was found."""
    in_swedish, in_english = listed(found)
    return Text(f"{sv}{in_swedish}{sv_after}", f"{en}{in_english}{en_after}")


def shown(value: object) -> Text:
    """A value of a field in words: what a person compares; nothing of what has no short form.

    >>> shown(None).sv, shown(("a", "b")).sv, shown(True), shown({"form": None}).sv
    ('', 'a, b', Text(sv='ja', en='yes'), 'form: –')
    """
    if isinstance(value, Text):
        return value
    if isinstance(value, bool):
        return Text("ja", "yes") if value else Text("nej", "no")
    if isinstance(value, Mapping):
        each = [(name, shown(one)) for name, one in value.items()]
        return joined([Text(f"{name}: {one.sv or '–'}", f"{name}: {one.en or '–'}") for name, one in each])
    if isinstance(value, (tuple, list)):
        return joined([shown(one) for one in value])
    return Text(str(value), str(value)) if isinstance(value, (str, int, Decimal)) else NOTHING


def joined(each: Sequence[Text]) -> Text:
    """Some of them one after another, and how many more there are."""
    return Text(listed([one.sv for one in each])[0], listed([one.en for one in each])[1])
