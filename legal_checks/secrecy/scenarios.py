"""Scenarios for every rule: answers and circumstances, and what the rule is to say about them.

Data, so that a lawyer can read and question them. Each differs from a plain set of answers (nothing secret, nothing
counted that is a person) only in what it names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from legal_checks.secrecy.questions import Side
from legal_checks.secrecy.rules import Answer, Circumstances, Verdict

PLAIN: Mapping[str, Answer] = {
    "public_document": Answer("open"),
    "persons": Answer("no"),
    "defence_and_crisis": Answer("no"),
    "lifting": Answer("not_needed"),
    "data_protection": Answer("no_personal_data"),
    "security_protection": Answer("outside"),
}

COUNTING_PATIENTS: Mapping[str, Answer] = {
    "persons": Answer("protected", "Småtal döljs före publicering."),
    "data_protection": Answer("ground", "Uppdraget, se användningen."),
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """``says`` in one sentence what happens; ``answers`` replace those of `PLAIN`."""

    rule: str
    says: str
    verdict: Verdict
    answers: Mapping[str, Answer] = field(default_factory=dict)
    side: Side = Side.DISCLOSER
    on: date = date(2026, 11, 1)
    goes_ahead: bool = True
    concerns_persons: bool = False
    recipient_is_authority: bool = True
    is_compilation: bool = False
    subject: str = "beds"

    @property
    def all_answers(self) -> dict[str, Answer]:
        return {**PLAIN, **self.answers}

    @property
    def circumstances(self) -> Circumstances:
        return Circumstances(
            side=self.side,
            on=self.on,
            goes_ahead=self.goes_ahead,
            concerns_persons=self.concerns_persons,
            recipient_is_authority=self.recipient_is_authority,
            is_compilation=self.is_compilation,
            subject=self.subject,
        )


WEIGHED = Answer("interest", "Avvägningen finns i ärendet.")
DUTY = Answer("duty", "HSF 6 kap. 3 §.")
FOLLOWS = Answer("follows", "Uppgiften kommer ur krisplaneringen.")
CRISIS = Answer("no_harm", "Lämnas bara till mottagande myndighet.")

PASS, FAIL, NOT_APPLICABLE = Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        "persons-agree-with-the-model",
        "outplaced patients, said to be persons",
        PASS,
        COUNTING_PATIENTS,
        concerns_persons=True,
    ),
    Scenario("persons-agree-with-the-model", "outplaced patients, said not to be persons", FAIL, concerns_persons=True),
    Scenario("persons-agree-with-the-model", "established beds", NOT_APPLICABLE),
    Scenario(
        "general-clause-is-not-for-persons",
        "general clause for capacity",
        PASS,
        {"defence_and_crisis": Answer("yes", "Läget just nu."), "lifting": WEIGHED},
    ),
    Scenario(
        "general-clause-is-not-for-persons",
        "general clause for patients",
        FAIL,
        {"persons": Answer("yes", "Få patienter per dag."), "lifting": WEIGHED},
    ),
    Scenario("general-clause-is-not-for-persons", "nothing needs lifting", NOT_APPLICABLE),
    Scenario(
        "duty-is-in-force",
        "waiting times after the ordinance",
        PASS,
        {"lifting": DUTY},
        on=date(2025, 7, 1),
        subject="waiting_times",
    ),
    Scenario(
        "duty-is-in-force",
        "waiting times the day before it",
        FAIL,
        {"lifting": DUTY},
        on=date(2025, 6, 30),
        subject="waiting_times",
    ),
    Scenario("duty-is-in-force", "beds, which the ordinance does not list", FAIL, {"lifting": DUTY}),
    Scenario("duty-is-in-force", "no duty is named", NOT_APPLICABLE),
    Scenario(
        "secrecy-follows-only-to-an-authority",
        "to the national follow-up",
        PASS,
        {"defence_and_crisis": CRISIS, "lifting": FOLLOWS},
    ),
    Scenario(
        "secrecy-follows-only-to-an-authority",
        "to the public",
        FAIL,
        {"defence_and_crisis": CRISIS, "lifting": FOLLOWS},
        recipient_is_authority=False,
    ),
    Scenario("secrecy-follows-only-to-an-authority", "something else is named", NOT_APPLICABLE, {"lifting": WEIGHED}),
    Scenario(
        "following-is-about-crisis",
        "capacity out of crisis planning",
        PASS,
        {"defence_and_crisis": CRISIS, "lifting": FOLLOWS},
    ),
    Scenario("following-is-about-crisis", "no capacity is described", FAIL, {"lifting": FOLLOWS}),
    Scenario("following-is-about-crisis", "nothing needs lifting", NOT_APPLICABLE),
    Scenario(
        "remaining-secrecy-is-met",
        "secrecy may apply, and something lifts it",
        PASS,
        {"public_document": Answer("secrecy", "Kapacitet."), "lifting": WEIGHED},
    ),
    Scenario(
        "remaining-secrecy-is-met",
        "secrecy may apply, and nothing lifts it",
        FAIL,
        {"public_document": Answer("secrecy", "Kapacitet."), "lifting": Answer("nothing", "Inget funnet.")},
    ),
    Scenario("remaining-secrecy-is-met", "no secrecy seen", NOT_APPLICABLE),
    Scenario(
        "remaining-secrecy-is-met",
        "secrecy may apply, and the data does not go on",
        NOT_APPLICABLE,
        {"public_document": Answer("secrecy", "Kapacitet.")},
        goes_ahead=False,
    ),
    Scenario(
        "lifting-has-something-to-lift", "capacity, weighed", PASS, {"defence_and_crisis": CRISIS, "lifting": WEIGHED}
    ),
    Scenario("lifting-has-something-to-lift", "nothing secret, yet weighed", FAIL, {"lifting": WEIGHED}),
    Scenario("lifting-has-something-to-lift", "nothing needs lifting", NOT_APPLICABLE),
    Scenario(
        "compilation-is-looked-at",
        "a compilation, with words about it",
        PASS,
        {"defence_and_crisis": Answer("no", "Årssiffror två år i efterhand.")},
        side=Side.RECIPIENT,
        is_compilation=True,
    ),
    Scenario(
        "compilation-is-looked-at", "a compilation, without a word", FAIL, side=Side.RECIPIENT, is_compilation=True
    ),
    Scenario("compilation-is-looked-at", "one region's own data", NOT_APPLICABLE, side=Side.RECIPIENT),
    Scenario("ground-is-stated-for-persons", "patients, with a ground", PASS, COUNTING_PATIENTS, concerns_persons=True),
    Scenario(
        "ground-is-stated-for-persons",
        "patients, said to be no personal data",
        FAIL,
        {"persons": COUNTING_PATIENTS["persons"]},
        concerns_persons=True,
    ),
    Scenario("ground-is-stated-for-persons", "established beds", NOT_APPLICABLE),
    Scenario("ground-is-not-missing", "no personal data", PASS),
    Scenario("ground-is-not-missing", "no ground found", FAIL, {"data_protection": Answer("missing", "Utreds.")}),
    Scenario(
        "ground-is-not-missing",
        "the flow is returned",
        NOT_APPLICABLE,
        {"data_protection": Answer("missing", "Utreds.")},
        goes_ahead=False,
    ),
    Scenario(
        "security-protection-is-analysed", "analysis made", PASS, {"security_protection": Answer("done", "Dnr EX-1.")}
    ),
    Scenario(
        "security-protection-is-analysed", "analysis not made", FAIL, {"security_protection": Answer("no", "Planeras.")}
    ),
    Scenario("security-protection-is-analysed", "no security-sensitive activity", NOT_APPLICABLE),
    Scenario(
        "lifting-lifts-what-is-named",
        "patients, and a duty to report that is in force",
        PASS,
        {"persons": Answer("yes", "Väntande patienter."), "lifting": DUTY},
        on=date(2025, 7, 1),
        subject="waiting_times",
    ),
    Scenario(
        "lifting-lifts-what-is-named",
        "patients, and the secrecy of crisis planning that follows",
        FAIL,
        {"persons": Answer("yes", "Få patienter per dag."), "defence_and_crisis": CRISIS, "lifting": FOLLOWS},
    ),
    Scenario("lifting-lifts-what-is-named", "no individual is concerned", NOT_APPLICABLE, {"lifting": FOLLOWS}),
)
