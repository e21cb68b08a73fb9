"""How far what two statements count can be compared, with the reasons, and when that is said to everybody. Pure.

A region answers before it goes out that its figures are not comparable with another's. What it has not answered in fourteen days goes
out, and says that it is unanswered. What is reproduced from a published source was out already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from registry.findings import Text
from termbank.applications.regions import region_name
from termbank.applications.statement import ANSWER_TEXTS, Answered, Application
from termbank.comparing.comparability import AnswerPair, Comparison, Verdict, compare

DAYS_TO_ANSWER = 14
"""Swedish days after the newer of the two statements was published, the last one included."""


class Degree(StrEnum):
    """How far two statements on one concept let figures be compared."""

    SAME = "same"
    RESERVED = "with_reservation"
    """The answers are the same; the wording, the measuring time or the source system is not."""
    NOT_COMPARABLE = "not_comparable"
    UNKNOWN = "unknown"
    """One of them has stated nothing, does not say, or answers *partly* in words of its own."""


DEGREE_TEXTS = {
    Degree.SAME: Text("Jämförbara", "Comparable"),
    Degree.RESERVED: Text("Jämförbara med förbehåll", "Comparable with reservation"),
    Degree.NOT_COMPARABLE: Text("Inte jämförbara", "Not comparable"),
    Degree.UNKNOWN: Text("Går inte att avgöra", "Cannot be told"),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A degree, and why."""

    degree: Degree
    reasons: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two statements of a difference: its region (a county code), when it was published, and what the region answers."""

    region: str
    published: date
    is_reproduced: bool
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Whether a difference is out, until when it may be answered before that, and which regions have not answered."""

    is_out: bool
    last_day: date
    unanswered: tuple[str, ...]


def judge(left: Application, right: Application) -> Judgement:
    """How far two statements on the same concept can be compared. Raises ``ValueError`` where they are on different ones."""
    compared = compare(left, right)
    names = _names(left, right)
    if compared.verdict is Verdict.DIFFERENT:
        return Judgement(Degree.NOT_COMPARABLE, tuple(_told(pair, names) for pair in compared.differing))
    if compared.verdict is Verdict.UNKNOWN:
        return Judgement(Degree.UNKNOWN, tuple(_told(pair, names) for pair in compared.undecided))
    reservations = _reservations(left, right, compared, names)
    return Judgement(Degree.RESERVED if reservations else Degree.SAME, reservations)


def notice(sides: Sequence[Side], day: date) -> Notice:
    """When a difference between these statements goes out, as of the Swedish day ``day``.

    Two statements of one region are its own to answer, once.
    """
    last = max(side.published for side in sides) + timedelta(days=DAYS_TO_ANSWER)
    answered = {side.region for side in sides if side.answer}
    unanswered = tuple(dict.fromkeys(side.region for side in sides if side.region not in answered))
    was_out = all(side.is_reproduced for side in sides)
    return Notice(was_out or not unanswered or day > last, last, unanswered)


def _names(left: Application, right: Application) -> tuple[Text, Text]:
    """What the two are called: by region, and by time too where it is one region."""
    if left.region != right.region:
        return Text(*[region_name(left.region)] * 2), Text(*[region_name(right.region)] * 2)
    return Text("förut", "before"), Text("sedan", "then")


def _told(pair: AnswerPair, names: tuple[Text, Text]) -> Text:
    return Text(
        f"{pair.text.sv} {names[0].sv}: {_said(pair.left).sv}; {names[1].sv}: {_said(pair.right).sv}.",
        f"{pair.text.en} {names[0].en}: {_said(pair.left).en}; {names[1].en}: {_said(pair.right).en}.",
    )


def _said(one: Answered) -> Text:
    answer = ANSWER_TEXTS[one.answer]
    swedish, english = answer.sv.lower(), answer.en.lower()
    if not one.text.sv and not one.text.en:
        return Text(swedish, english)
    return Text(f"{swedish} ({one.text.sv or one.text.en})", f"{english} ({one.text.en or one.text.sv})")


def _reservations(
    left: Application, right: Application, compared: Comparison, names: tuple[Text, Text]
) -> tuple[Text, ...]:
    found = []
    if not compared.same_wording:
        found.append(
            Text("De vilar på olika versioner av ordalydelsen.", "They rest on different versions of the wording.")
        )
    for label, one, other in (
        (Text("Mäts klockan", "Measured at"), left.measuring_time, right.measuring_time),
        (Text("Källsystem", "Source system"), left.source_system, right.source_system),
    ):
        if one and other and one != other:
            found.append(
                Text(
                    f"{label.sv}: {names[0].sv} {one}, {names[1].sv} {other}.",
                    f"{label.en}: {names[0].en} {one}, {names[1].en} {other}.",
                )
            )
    return tuple(found)
