"""The six control questions on secrecy and data protection, in the order in which they are asked.

Two authorities answer them separately: the region that discloses, and the recipient that receives. The registry asks,
and keeps the answers with their reasons; it never says what the law leads to. The same tuple is used when a region
decides on disclosure, when a flow is approved, and when a table with small numbers is reviewed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.findings import Text


class Side(StrEnum):
    """Who answers."""

    DISCLOSER = "discloser"
    RECIPIENT = "recipient"


class Bearing(StrEnum):
    """What an answer means for the answerer's next step. No outcome: an answer that holds can be decided on with reasons."""

    CLEAR = "clear"
    """Nothing in the answer holds anything up."""
    HOLDS = "holds"
    """The answer says that something remains; whoever goes on has to say why."""
    NOT_APPLICABLE = "not_applicable"
    """The question does not come up."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. ``needs_reason``: the answer says nothing without words beside it."""

    value: str
    label: Text
    bearing: Bearing
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One control question: what is asked, after which provisions, and the answers there are.

    ``provisions`` are ids in `legal_checks.secrecy.provisions` or `legal_checks.data_protection`; ``hints`` tell each
    side what to look at.
    """

    id: str
    text: Text
    citation: Text
    provisions: tuple[str, ...]
    choices: tuple[Choice, ...]
    hints: Mapping[Side, Text]

    def choice(self, value: str) -> Choice | None:
        """The choice with this value, or ``None``.

        >>> question("persons").choice("no").bearing.value
        'clear'
        """
        return next((choice for choice in self.choices if choice.value == value), None)


QUESTIONS: tuple[Question, ...] = (
    Question(
        id="public_document",
        text=Text(
            "Är uppgiften allmän handling, och gäller sekretess alls?",
            "Is the data a public document, and does secrecy apply at all?",
        ),
        citation=Text("TF 2 kap., OSL 3:1, 8:1 och 6 kap.", "Freedom of the Press Act 2, OSL 3:1, 8:1 and chapter 6"),
        provisions=("tf-2-1", "osl-3-1", "osl-6", "osl-6-5"),
        choices=(
            Choice(
                "open", Text("Allmän handling, ingen sekretess sedd", "Public document, no secrecy seen"), Bearing.CLEAR
            ),
            Choice(
                "secrecy",
                Text("Allmän handling, sekretess kan gälla", "Public document, secrecy may apply"),
                Bearing.HOLDS,
                needs_reason=True,
            ),
            Choice("unsure", Text("Osäkert", "Not certain"), Bearing.HOLDS, needs_reason=True),
        ),
        hints={
            Side.DISCLOSER: Text(
                "Utkastet i portalen är regionens. När leveransen skickas blir den mottagen hos mottagaren.",
                "The draft in the portal is the region's. When the delivery is sent, the recipient has received it.",
            ),
            Side.RECIPIENT: Text(
                "En leverans är mottagen från det ögonblick då den skickas; tidpunkten är registrerad.",
                "A delivery is received from the moment it is sent; that moment is on record.",
            ),
        },
    ),
    Question(
        id="persons",
        text=Text(
            "Avser uppgiften en enskild, direkt eller genom småtal?",
            "Does the data concern an individual, directly or through small numbers?",
        ),
        citation=Text("OSL 25:1, 24:8 och 21:1", "OSL 25:1, 24:8 and 21:1"),
        provisions=("osl-25-1", "osl-24-8", "osl-21-1"),
        choices=(
            Choice("no", Text("Nej", "No"), Bearing.CLEAR),
            Choice(
                "protected",
                Text(
                    "Patienter räknas, och småtal döljs före publicering",
                    "Patients are counted, and small numbers are hidden before publication",
                ),
                Bearing.CLEAR,
                needs_reason=True,
            ),
            Choice("yes", Text("Ja, eller osäkert", "Yes, or not certain"), Bearing.HOLDS, needs_reason=True),
        ),
        hints={
            Side.DISCLOSER: Text(
                "Vårdplatser och personal är inte personer. Överbelagda, utlokaliserade och inskrivna patienter är det.",
                "Beds and staff are not persons. Crowded, outplaced and admitted patients are.",
            ),
            Side.RECIPIENT: Text(
                "Se på det som publiceras: kan en läsare ringa in en person, ensam eller med det som redan är känt?",
                "Look at what is published: could a reader single out a person, from it alone or with what is already known?",
            ),
        },
    ),
    Question(
        id="defence_and_crisis",
        text=Text(
            "Beskriver uppgiften kapacitet, ensam eller sammanställd?",
            "Does the data describe capacity, alone or compiled?",
        ),
        citation=Text("OSL 15:2 och 18:13", "OSL 15:2 and 18:13"),
        provisions=("osl-15-2", "osl-18-13"),
        choices=(
            Choice("no", Text("Nej", "No"), Bearing.CLEAR),
            Choice(
                "no_harm",
                Text("Ja, men skada antas inte", "Yes, but harm is not assumed"),
                Bearing.CLEAR,
                needs_reason=True,
            ),
            Choice("yes", Text("Ja, eller osäkert", "Yes, or not certain"), Bearing.HOLDS, needs_reason=True),
        ),
        hints={
            Side.DISCLOSER: Text(
                "Väg in hur färska, hur lokala och hur detaljerade uppgifterna är.",
                "Weigh in how recent, how local and how detailed the data is.",
            ),
            Side.RECIPIENT: Text(
                "En sammanställning över flera regioner prövas för sig, fast ingen enskild leverans är känslig.",
                "A compilation over several regions is looked at by itself, though no single delivery is sensitive.",
            ),
        },
    ),
    Question(
        id="lifting",
        text=Text("Vad bryter sekretessen, om den gäller?", "What lifts the secrecy, where it applies?"),
        citation=Text("OSL 10:28, 10:27 och 18:13", "OSL 10:28, 10:27 and 18:13"),
        provisions=("osl-10-28", "osl-10-27", "osl-18-13", "hsf-6-3"),
        choices=(
            Choice(
                "not_needed",
                Text(
                    "Frågan kommer inte upp, ingen sekretess kvarstår",
                    "The question does not come up, no secrecy remains",
                ),
                Bearing.NOT_APPLICABLE,
            ),
            Choice(
                "duty",
                Text("En uppgiftsskyldighet i lag eller förordning", "A duty to report in an act or ordinance"),
                Bearing.CLEAR,
                needs_reason=True,
            ),
            Choice(
                "interest",
                Text(
                    "Generalklausulen, efter en dokumenterad avvägning", "The general clause, after a recorded weighing"
                ),
                Bearing.CLEAR,
                needs_reason=True,
            ),
            Choice(
                "follows",
                Text(
                    "Sekretessen följer med till den mottagande myndigheten",
                    "The secrecy follows to the receiving authority",
                ),
                Bearing.CLEAR,
                needs_reason=True,
            ),
            Choice(
                "nothing", Text("Inget vi har funnit", "Nothing that we have found"), Bearing.HOLDS, needs_reason=True
            ),
        ),
        hints={
            Side.DISCLOSER: Text(
                "Ange bestämmelsen och datum. Att lämna är frivilligt så länge ingen skyldighet är i kraft.",
                "Name the provision and its date. Submission is voluntary as long as no duty is in force.",
            ),
            Side.RECIPIENT: Text(
                "Ange bestämmelsen och datum, och om samma sekretess gäller hos er.",
                "Name the provision and its date, and whether the same secrecy applies with you.",
            ),
        },
    ),
    Question(
        id="data_protection",
        text=Text("Finns en laglig grund, och hur länge gäller den?", "Is there a legal ground, and until when?"),
        citation=Text(
            "GDPR 5.1 f, 6.1 e, 6.3, 9.2 g, art. 30 och 35; lag 2018:218",
            "GDPR 5.1 f, 6.1 e, 6.3, 9.2 g, art. 30 and 35; act 2018:218",
        ),
        provisions=("gdpr-6", "gdpr-30-35", "lag-2018-218", "pdl-2-4"),
        choices=(
            Choice(
                "no_personal_data",
                Text("Inga personuppgifter behandlas", "No personal data is processed"),
                Bearing.CLEAR,
            ),
            Choice(
                "ground",
                Text(
                    "Ja, grunden och dess slutdatum anges i användningen",
                    "Yes, the use states the ground and its end date",
                ),
                Bearing.CLEAR,
                needs_reason=True,
            ),
            Choice("missing", Text("Nej, eller osäkert", "No, or not certain"), Bearing.HOLDS, needs_reason=True),
        ),
        hints={
            Side.DISCLOSER: Text(
                "Ange post i registerförteckningen, och om en konsekvensbedömning är gjord.",
                "Name the entry in the record of processing, and whether an impact assessment was made.",
            ),
            Side.RECIPIENT: Text(
                "Ett regeringsuppdrag som grund har ett slutdatum. Ange registerförteckning och konsekvensbedömning.",
                "A government assignment as ground has an end date. Name the record of processing and the impact assessment.",
            ),
        },
    ),
    Question(
        id="security_protection",
        text=Text("Är en säkerhetsskyddsanalys gjord?", "Has a protective security analysis been made?"),
        citation=Text("Säkerhetsskyddslagen 2018:585", "Protective Security Act 2018:585"),
        provisions=("lag-2018-585",),
        choices=(
            Choice(
                "done",
                Text("Ja, uppgifterna bedöms inte vara klassificerade", "Yes, the data is not held to be classified"),
                Bearing.CLEAR,
                needs_reason=True,
            ),
            Choice(
                "outside",
                Text(
                    "Uppgifterna rör inte säkerhetskänslig verksamhet",
                    "The data does not concern security-sensitive activities",
                ),
                Bearing.NOT_APPLICABLE,
            ),
            Choice("no", Text("Nej, eller osäkert", "No, or not certain"), Bearing.HOLDS, needs_reason=True),
        ),
        hints={
            Side.DISCLOSER: Text(
                "Ange diarienummer och datum för analysen.", "Name the registry number and date of the analysis."
            ),
            Side.RECIPIENT: Text(
                "Analysen ska omfatta sammanställningen över flera regioner.",
                "The analysis should cover the compilation over several regions.",
            ),
        },
    ),
)

_BY_ID = {question.id: question for question in QUESTIONS}


def question(question_id: str) -> Question:
    """The question with this id; an unknown id raises ``KeyError``."""
    return _BY_ID[question_id]
