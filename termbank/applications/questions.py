"""The structured questions on how a wording is applied, per concept.

They say in yes and no what the national interim report of March 2024 asked its pilot regions in words (annex 8), and
what is known to be read differently. A question that was answered stays: its id is in statements that never change.
"""

from dataclasses import dataclass

from registry.findings import Text

ANNEX_8 = Text(
    "Efter fråga {number} i bilaga 8, Socialstyrelsens delredovisning, mars 2024",
    "After question {number} of annex 8, Socialstyrelsen's interim report, March 2024",
)
REPORT = Text(
    "Känt tolkningsproblem enligt Socialstyrelsens delredovisning, mars 2024",
    "Known interpretation problem according to Socialstyrelsen's interim report, March 2024",
)
NORRBOTTEN = Text(
    "Skillnad mellan två räknesätt i Region Norrbotten, dnr 3754-2017",
    "Difference between two ways of counting in Region Norrbotten, registry number 3754-2017",
)
OWN = Text("Registrets egen fråga", "The registry's own question")


@dataclass(frozen=True, slots=True)
class Question:
    """One structured question on how a wording is applied. ``source`` says who asked it, or why it is asked."""

    id: str
    text: Text
    source: Text


def _annex_8(number: int) -> Text:
    return Text(ANNEX_8.sv.format(number=number), ANNEX_8.en.format(number=number))


AS_WORDED = Question(
    "as-worded",
    Text("Tillämpas ordalydelsen som den står?", "Is the wording applied as it stands?"),
    OWN,
)

QUESTIONS: dict[str, tuple[Question, ...]] = {
    "faststalld-vardplats": (
        Question(
            "technical-beds-counted",
            Text("Räknas tekniska vårdplatser in?", "Are technical beds counted?"),
            NORRBOTTEN,
        ),
        Question(
            "must-be-available",
            Text("Ska platserna också vara disponibla?", "Must the beds also be available?"),
            NORRBOTTEN,
        ),
        Question(
            "decided-by-assembly",
            Text("Beslutas antalet av fullmäktige?", "Is the number decided by the regional assembly?"),
            REPORT,
        ),
    ),
    "disponibel-vardplats": (
        AS_WORDED,
        Question(
            "technical-beds-told-apart",
            Text("Särskiljs tekniska vårdplatser?", "Are technical beds told apart?"),
            _annex_8(1),
        ),
        Question(
            "technical-beds-counted",
            Text("Räknas tekniska vårdplatser in?", "Are technical beds counted?"),
            REPORT,
        ),
        Question(
            "closed-beds-left-out",
            Text("Lämnas stängda platser utanför, dag för dag?", "Are closed beds left out, day by day?"),
            REPORT,
        ),
        Question(
            "private-providers-counted",
            Text("Räknas privata utförares platser in?", "Are the beds of private providers counted?"),
            OWN,
        ),
    ),
    "teknisk-vardplats": (
        Question(
            "counted-as-available",
            Text("Räknas de som disponibla vårdplatser?", "Are they counted as available beds?"),
            _annex_8(1),
        ),
        Question(
            "counted-as-established",
            Text("Räknas de som fastställda vårdplatser?", "Are they counted as established beds?"),
            NORRBOTTEN,
        ),
        Question(
            "intensive-care-included",
            Text("Omfattas intensivvårdsplatser?", "Are intensive care beds included?"),
            REPORT,
        ),
    ),
    "overbelaggning": (
        AS_WORDED,
        Question(
            "leave-excluded",
            Text(
                "Undantas patienter på permission, så att de inte ger en överbeläggning?",
                "Are patients on leave excepted, so that they cause no overcrowding?",
            ),
            REPORT,
        ),
        Question(
            "counted-at-six",
            Text("Räknas överbeläggningar klockan 06.00 varje dag?", "Is overcrowding counted at 06:00 every day?"),
            _annex_8(3),
        ),
    ),
    "utlokaliserad-patient": (
        AS_WORDED,
        Question(
            "unit-is-ward",
            Text("Är vårdenheten en vårdavdelning?", "Is the care unit a ward?"),
            REPORT,
        ),
        Question(
            "counted-within-clinic",
            Text(
                "Räknas en patient som utlokaliserad inom samma klinik?",
                "Does a patient count as outplaced within the same clinic?",
            ),
            _annex_8(4),
        ),
    ),
    "belagd-vardplats": (
        Question(
            "notion-used",
            Text("Används begreppet i regionen?", "Is the notion used in the region?"),
            _annex_8(5),
        ),
        Question(
            "leave-occupies",
            Text(
                "Är platsen belagd när patienten har permission?",
                "Is the bed occupied while the patient is on leave?",
            ),
            REPORT,
        ),
        Question(
            "patients-counted-instead",
            Text("Räknas patienter i stället för platser?", "Are patients counted instead of beds?"),
            _annex_8(5),
        ),
        Question(
            "definition-would-help",
            Text("Skulle en fastställd definition hjälpa?", "Would an established definition help?"),
            _annex_8(5),
        ),
    ),
    "belaggningsgrad": (
        Question(
            "leave-in-numerator",
            Text("Ingår permission i täljaren?", "Is leave part of the numerator?"),
            REPORT,
        ),
        Question(
            "available-in-denominator",
            Text("Är nämnaren disponibla vårdplatser?", "Is the denominator available beds?"),
            REPORT,
        ),
        Question(
            "at-one-moment",
            Text(
                "Mäts den vid ett visst klockslag (i stället för som andel av årets vårdtid)?",
                "Is it measured at a moment of the day (instead of as a share of the year's length of stay)?",
            ),
            REPORT,
        ),
    ),
    "inneliggande-patient": (
        AS_WORDED,
        Question(
            "equals-occupied-bed",
            Text("Likställs begreppet med belagd vårdplats?", "Is the notion taken to equal occupied bed?"),
            _annex_8(5),
        ),
    ),
    "inskriven-patient": (
        AS_WORDED,
        Question(
            "equals-occupied-bed",
            Text("Likställs begreppet med belagd vårdplats?", "Is the notion taken to equal occupied bed?"),
            _annex_8(5),
        ),
    ),
}


def questions_for(concept: str) -> tuple[Question, ...]:
    """The structured questions on a concept; a general one where no others are known.

    >>> [question.id for question in questions_for("vardtid")]
    ['as-worded']
    """
    return QUESTIONS.get(concept, (AS_WORDED,))


def question_text(concept: str, question: str) -> Text:
    """The text of a question; its id where the question is no longer asked."""
    return next((one.text for one in questions_for(concept) if one.id == question), Text(question, question))
