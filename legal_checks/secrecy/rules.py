"""Rules that hold the answers against each other and against what the registry knows.

A rule never says what the law leads to. It says that two statements do not seem to go together. Most rules *ask* whoever answers
how they do; that reply becomes part of the record. Where the answers contradict each other, or what they name, the decision
*cannot go ahead while* they are given: the answers are changed, or nothing is let through (ADR 68). Each rule names the provisions
behind it, is dated where they are, and has scenarios for pass, fail and not applicable in `legal_checks.secrecy.scenarios`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from legal_checks.secrecy.named_provisions import PROVISIONS_BY_ID
from legal_checks.secrecy.provisions import provision
from legal_checks.secrecy.questions import Bearing, Side, question


class Verdict(StrEnum):
    """What a rule found. Not an outcome of law: a failed rule asks for a reply, or for other answers (`Strength`)."""

    PASS = "pass"  # noqa: S105 (a verdict, no password)
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


class Strength(StrEnum):
    """What a failed rule does."""

    ASKS = "asks"
    """It asks how the answers go together; what is replied is kept with the decision."""
    STOPS = "stops"
    """The decision cannot go ahead while the answers are given."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One side's answer to one question: which choice, and why in its own words."""

    choice: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the registry knows when the questions are answered.

    ``goes_ahead`` is whether the decision lets the data go on (disclose, approve); a refusal or a return needs no
    answers. ``subject`` is what is counted, for duties that list their subjects. ``is_compilation``: data of several
    regions together.
    """

    side: Side
    on: date
    goes_ahead: bool = True
    concerns_persons: bool = False
    recipient_is_authority: bool = True
    is_compilation: bool = False
    subject: str = "beds"


Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Rule:
    """``checks`` gives the verdict once all ``questions`` are answered; ``code`` is the finding's where it fails and asks.

    Nothing is said against an answer that nobody has given: that it is missing is said by the question itself.
    """

    id: str
    code: str
    provisions: tuple[str, ...]
    questions: tuple[str, ...]
    checks: Callable[[Answers, Circumstances], Verdict]
    strength: Strength = Strength.ASKS
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def stops(self) -> bool:
        """Whether a decision cannot go ahead while the rule fails: where it is one that stops, and each of its provisions was read,
        or rendered after a named official source."""
        return self.strength is Strength.STOPS and all(
            PROVISIONS_BY_ID[one].verification.may_stop for one in self.provisions
        )

    @property
    def stop_code(self) -> str:
        """The finding's code where the rule fails and stops.

        >>> next(rule for rule in RULES if rule.code == "SEC-102").stop_code
        'SEC-202'
        """
        return self.code.replace("-1", "-2", 1)

    def verdict(self, answers: Answers, circumstances: Circumstances) -> Verdict:
        """The rule's verdict; not applicable outside its dates, before its questions are answered, or where nothing goes ahead."""
        if self.valid_from is not None and circumstances.on < self.valid_from:
            return Verdict.NOT_APPLICABLE
        if self.valid_to is not None and circumstances.on > self.valid_to:
            return Verdict.NOT_APPLICABLE
        if not circumstances.goes_ahead or not all(_is_answered(answers, one) for one in self.questions):
            return Verdict.NOT_APPLICABLE
        return self.checks(answers, circumstances)


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to report, and the subjects that its text lists."""

    provision: str
    subjects: frozenset[str]


DUTIES: tuple[Duty, ...] = (Duty("hsf-6-3", frozenset({"waiting_times"})),)
"""The duties known here. Beds are in none of them; a later duty is added as a dated provision with its subjects."""


def duties_in_force(subject: str, on: date) -> tuple[Duty, ...]:
    """The known duties that list the subject and are in force on the day.

    >>> [duty.provision for duty in duties_in_force("waiting_times", date(2026, 1, 1))]
    ['hsf-6-3']
    >>> duties_in_force("beds", date(2026, 1, 1))
    ()
    """
    return tuple(duty for duty in DUTIES if subject in duty.subjects and provision(duty.provision).is_in_force(on))


def _is_answered(answers: Answers, question_id: str) -> bool:
    answer = answers.get(question_id)
    return answer is not None and question(question_id).choice(answer.choice) is not None


def _chose(answers: Answers, question_id: str, *choices: str) -> bool:
    answer = answers.get(question_id)
    return answer is not None and answer.choice in choices


def _pass_if(holds: bool) -> Verdict:
    return Verdict.PASS if holds else Verdict.FAIL


def _persons_agree_with_the_model(answers: Answers, circumstances: Circumstances) -> Verdict:
    if not circumstances.concerns_persons:
        return Verdict.NOT_APPLICABLE
    return _pass_if(not _chose(answers, "persons", "no"))


def _general_clause_is_not_for_persons(answers: Answers, circumstances: Circumstances) -> Verdict:
    if not _chose(answers, "lifting", "interest"):
        return Verdict.NOT_APPLICABLE
    return _pass_if(not _chose(answers, "persons", "yes"))


def _duty_is_in_force(answers: Answers, circumstances: Circumstances) -> Verdict:
    if not _chose(answers, "lifting", "duty"):
        return Verdict.NOT_APPLICABLE
    return _pass_if(bool(duties_in_force(circumstances.subject, circumstances.on)))


def _secrecy_follows_only_to_an_authority(answers: Answers, circumstances: Circumstances) -> Verdict:
    if not _chose(answers, "lifting", "follows"):
        return Verdict.NOT_APPLICABLE
    return _pass_if(circumstances.recipient_is_authority)


def _following_is_about_crisis(answers: Answers, circumstances: Circumstances) -> Verdict:
    if not _chose(answers, "lifting", "follows"):
        return Verdict.NOT_APPLICABLE
    return _pass_if(_chose(answers, "defence_and_crisis", "yes", "no_harm"))


def _says_secrecy(answers: Answers) -> bool:
    return (
        _chose(answers, "public_document", "secrecy", "unsure")
        or _chose(answers, "persons", "yes")
        or _chose(answers, "defence_and_crisis", "yes")
    )


def _remaining_secrecy_is_met(answers: Answers, circumstances: Circumstances) -> Verdict:
    if not _says_secrecy(answers):
        return Verdict.NOT_APPLICABLE
    return _pass_if(not _chose(answers, "lifting", "not_needed", "nothing"))


def _lifting_lifts_what_is_named(answers: Answers, _circumstances: Circumstances) -> Verdict:
    """Each secrecy that is named has to be one that what is named can lift. `_general_clause_is_not_for_persons` has the clause."""
    if not _chose(answers, "persons", "yes") or not _chose(answers, "lifting", "duty", "follows"):
        return Verdict.NOT_APPLICABLE
    return _pass_if(_chose(answers, "lifting", "duty"))


def _lifting_has_something_to_lift(answers: Answers, circumstances: Circumstances) -> Verdict:
    if not _chose(answers, "lifting", "duty", "interest", "follows"):
        return Verdict.NOT_APPLICABLE
    return _pass_if(_says_secrecy(answers) or _chose(answers, "defence_and_crisis", "no_harm"))


def _compilation_is_looked_at(answers: Answers, circumstances: Circumstances) -> Verdict:
    if not (circumstances.is_compilation and circumstances.side is Side.RECIPIENT):
        return Verdict.NOT_APPLICABLE
    answer = answers["defence_and_crisis"]
    choice = question("defence_and_crisis").choice(answer.choice)
    if not answer.reason.strip() and choice is not None and choice.needs_reason:
        return Verdict.NOT_APPLICABLE  # the question itself asks for the reason
    return _pass_if(bool(answer.reason.strip()))


def _ground_is_stated_for_persons(answers: Answers, circumstances: Circumstances) -> Verdict:
    if not circumstances.concerns_persons or _chose(answers, "data_protection", "missing"):
        return Verdict.NOT_APPLICABLE  # that it is missing is another rule's
    return _pass_if(_chose(answers, "data_protection", "ground"))


def _nothing_is_left_open(question_id: str) -> Callable[[Answers, Circumstances], Verdict]:
    def check(answers: Answers, circumstances: Circumstances) -> Verdict:
        answer = answers.get(question_id)
        choice = None if answer is None else question(question_id).choice(answer.choice)
        if choice is None or choice.bearing is Bearing.NOT_APPLICABLE:
            return Verdict.NOT_APPLICABLE
        return _pass_if(choice.bearing is Bearing.CLEAR)

    return check


SECRECY = ("public_document", "persons", "defence_and_crisis", "lifting")
"""The questions about secrecy, and the one about what lifts it."""

RULES: tuple[Rule, ...] = (
    Rule("persons-agree-with-the-model", "SEC-101", ("osl-25-1",), ("persons",), _persons_agree_with_the_model),
    Rule(
        "general-clause-is-not-for-persons",
        "SEC-102",
        ("osl-10-27", "osl-25-1", "osl-24-8"),
        ("lifting", "persons"),
        _general_clause_is_not_for_persons,
        Strength.STOPS,
    ),
    Rule("duty-is-in-force", "SEC-103", ("osl-10-28", "hsf-6-3"), ("lifting",), _duty_is_in_force, Strength.STOPS),
    Rule(
        "secrecy-follows-only-to-an-authority",
        "SEC-104",
        ("osl-18-13",),
        ("lifting",),
        _secrecy_follows_only_to_an_authority,
    ),
    Rule(
        "following-is-about-crisis",
        "SEC-105",
        ("osl-18-13",),
        ("lifting", "defence_and_crisis"),
        _following_is_about_crisis,
    ),
    Rule(
        "remaining-secrecy-is-met",
        "SEC-106",
        ("osl-3-1", "osl-10-27", "osl-10-28"),
        SECRECY,
        _remaining_secrecy_is_met,
        Strength.STOPS,
    ),
    Rule(
        "lifting-has-something-to-lift", "SEC-107", ("osl-10-27", "osl-10-28"), SECRECY, _lifting_has_something_to_lift
    ),
    Rule(
        "compilation-is-looked-at",
        "SEC-108",
        ("osl-15-2", "osl-18-13"),
        ("defence_and_crisis",),
        _compilation_is_looked_at,
    ),
    Rule(
        "ground-is-stated-for-persons",
        "SEC-109",
        ("gdpr-6", "lag-2018-218"),
        ("data_protection",),
        _ground_is_stated_for_persons,
    ),
    Rule(
        "ground-is-not-missing",
        "SEC-110",
        ("gdpr-6",),
        ("data_protection",),
        _nothing_is_left_open("data_protection"),
        Strength.STOPS,
    ),
    Rule(
        "security-protection-is-analysed",
        "SEC-111",
        ("lag-2018-585",),
        ("security_protection",),
        _nothing_is_left_open("security_protection"),
    ),
    Rule(
        "lifting-lifts-what-is-named",
        "SEC-112",
        ("osl-18-13", "osl-25-1", "osl-10-28"),
        ("lifting", "persons"),
        _lifting_lifts_what_is_named,
        Strength.STOPS,
    ),
)
"""Every rule, in the order of the questions that they concern."""
STOP_CODES = frozenset(rule.stop_code for rule in RULES if rule.strength is Strength.STOPS)
"""What is found where a decision cannot go ahead while the answers are given."""
