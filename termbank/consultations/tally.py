"""Who of the addressees has answered, in time or late, and what they think of each text. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.findings import Text


class Part(StrEnum):
    """What of a concept is asked about, each by itself."""

    TERM = "term"
    DEFINITION = "definition"
    QUESTION = "question"
    """How the wording is applied: a question of its question set, answered by yes or no."""


class Position(StrEnum):
    """What somebody thinks of a part."""

    SUPPORTS = "supports"
    SUPPORTS_WITH_CHANGE = "supports_with_change"
    OPPOSES = "opposes"
    ABSTAINS = "abstains"
    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    NOT_STATED = "not_stated"
    """It cannot be said; as on a statement of application, whose answers these four are."""


class Verdict(StrEnum):
    """What came of an opinion on a part."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    DECLINED = "declined"
    NOTED = "noted"
    """There was nothing to accept or decline."""


PART_TEXTS = {
    Part.TERM: Text("Termen", "The term"),
    Part.DEFINITION: Text("Definitionen", "The definition"),
    Part.QUESTION: Text("Hur den tillämpas", "How it is applied"),
}
POSITION_TEXTS = {
    Position.SUPPORTS: Text("Tillstyrker", "Supports"),
    Position.SUPPORTS_WITH_CHANGE: Text("Tillstyrker med ändring", "Supports with change"),
    Position.OPPOSES: Text("Avstyrker", "Opposes"),
    Position.ABSTAINS: Text("Avstår", "Abstains"),
    Position.YES: Text("Ja", "Yes"),
    Position.NO: Text("Nej", "No"),
    Position.PARTLY: Text("Delvis", "Partly"),
    Position.NOT_STATED: Text("Framgår inte", "Not stated"),
}
ON_WORDINGS = (Position.SUPPORTS, Position.SUPPORTS_WITH_CHANGE, Position.OPPOSES, Position.ABSTAINS)
ON_QUESTIONS = (Position.YES, Position.NO, Position.PARTLY, Position.NOT_STATED)
VERDICT_TEXTS = {
    Verdict.ACCEPTED: Text("Tillgodosett", "Accepted"),
    Verdict.PARTLY: Text("Delvis tillgodosett", "Partly accepted"),
    Verdict.DECLINED: Text("Inte tillgodosett", "Declined"),
    Verdict.NOTED: Text("Noterat", "Noted"),
}


def positions_on(part: Part) -> tuple[Position, ...]:
    """What can be answered on a part.

    >>> [one.value for one in positions_on(Part.QUESTION)]
    ['yes', 'no', 'partly', 'not_stated']
    """
    return ON_QUESTIONS if part is Part.QUESTION else ON_WORDINGS


Asked = tuple[int, Part]
"""A part of the text with this number."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is counted of an answer."""

    addressee: str | None
    """The id of the addressee; ``None`` where somebody answered who was not asked."""
    day: date
    """The Swedish day on which it was sent, or received as a letter."""
    positions: Mapping[Asked, Position]

    @property
    def is_on_substance(self) -> bool:
        """Whether it takes a stand on anything."""
        return any(position not in (Position.ABSTAINS, Position.NOT_STATED) for position in self.positions.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were asked, answered, were late and took a stand; those who were not asked are counted apart."""

    addressed: int
    answered: int
    late: int
    on_substance: int
    others: int
    by_part: Mapping[Asked, Mapping[Position, int]]
    """Of addressees, late ones included: how many took each position."""


def tally(last_days: Mapping[str, date], answers: Sequence[Answer]) -> Tally:
    """Count the first answer of each addressee. ``last_days``: addressees by id, with the last day of each, included."""
    first: dict[str, Answer] = {}
    for answer in sorted(answers, key=lambda one: one.day):
        if answer.addressee is not None and answer.addressee in last_days:
            first.setdefault(answer.addressee, answer)
    parts: dict[Asked, Counter[Position]] = {}
    for answer in first.values():
        for asked, position in answer.positions.items():
            parts.setdefault(asked, Counter())[position] += 1
    return Tally(
        addressed=len(last_days),
        answered=len(first),
        late=sum(answer.day > last_days[addressee] for addressee, answer in first.items()),
        on_substance=sum(answer.is_on_substance for answer in first.values()),
        others=sum(answer.addressee not in last_days for answer in answers),
        by_part=parts,
    )
