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
from termbank.comparing.comparability import AnswerPair, Verdict, compare

DAYS_TO_ANSWER = 14
"""Swedish days after the newer of the two statements was published, the last one included."""


class Degree(StrEnum):
    """How far two statements on one concept let figures be compared."""

    SAME = "same"
    RESERVED = "with_reservation"
    """The answers are the same; the version of the wording, the measuring time or the source system is not."""
    NOT_COMPARABLE = "not_comparable"
    UNKNOWN = "unknown"
    """One of them has stated nothing, or nothing of the wording that is asked about, does not say, or answers *partly* in words of
    its own."""


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


def judge(left: Application, right: Application, *, is_same_wording: bool = False) -> Judgement:
    """How far two statements on the same concept can be compared. Raises ``ValueError`` where they are on different ones.

    ``is_same_wording``: both are said of one wording, whichever version each was made on.
    """
    compared = compare(left, right)
    names = _names(left, right)
    if compared.verdict is Verdict.DIFFERENT:
        return Judgement(Degree.NOT_COMPARABLE, tuple(_told(pair, names) for pair in compared.differing))
    if compared.verdict is Verdict.UNKNOWN:
        return Judgement(Degree.UNKNOWN, tuple(_told(pair, names) for pair in compared.undecided))
    reservations = _reservations(left, right, names, is_same_wording=is_same_wording or compared.same_wording)
    return Judgement(Degree.RESERVED if reservations else Degree.SAME, reservations)


def not_said(silent: Sequence[tuple[Application, Sequence[int]]], number: int) -> Judgement:
    """Two statements of which some are not said of version ``number`` of the wording: what its region counts under that nobody
    knows. With each the versions that it is said of."""
    return Judgement(Degree.UNKNOWN, tuple(_not_of(one, numbers, number) for one, numbers in silent))


def apart_in_wording(left: Sequence[int], right: Sequence[int]) -> Judgement:
    """Two statements that are said of versions of the wording with different meanings."""
    return Judgement(
        Degree.UNKNOWN,
        (
            Text(
                f"De är gjorda för olika ordalydelser (version {_listed(left, 'och')} och version {_listed(right, 'och')}), som inte betyder detsamma.",
                f"They were made for different wordings (version {_listed(left, 'and')} and version {_listed(right, 'and')}), which do not mean the same.",
            ),
        ),
    )


def _not_of(one: Application, numbers: Sequence[int], number: int) -> Text:
    name = region_name(one.region)
    if not numbers:
        return Text(
            f"{name} har inte svarat på version {number} av ordalydelsen.",
            f"{name} has not answered on version {number} of the wording.",
        )
    return Text(
        f"{name} har inte svarat på version {number} av ordalydelsen; redovisningen är gjord för version {_listed(numbers, 'och')}.",
        f"{name} has not answered on version {number} of the wording; its statement was made for version {_listed(numbers, 'and')}.",
    )


def _listed(numbers: Sequence[int], word: str) -> str:
    return f" {word} ".join(map(str, numbers)) or "?"


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
    left: Application, right: Application, names: tuple[Text, Text], *, is_same_wording: bool
) -> tuple[Text, ...]:
    found = []
    if not is_same_wording:
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
