"""The rules that mark compilations over several regions which need a decision of their own before anybody reads them.

What each figure may be read for by itself says nothing of all of them side by side: a court has held that *which regions lie
under a given intensive-care capacity* is secret, though a region may tell its own. A rule is data: it says by what it knows a
measure, which level of place and which periods it marks, and what would open them. What is marked is closed until somebody
has decided; a rule never says that it must stay so. Each rendering is ours, with its source and the day on which it was written.
"""

import re
from dataclasses import dataclass
from datetime import date

from registry.findings import Text

REGION, BELOW_REGION = 0, 1
"""Levels of place: a whole region, and what lies below it (hospitals, wards)."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule knows a measure by: the slugs of the concepts that it and its elements mean, and the words of its names."""

    concepts: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def __or__(self, other: "Subject") -> "Subject":
        return Subject(self.concepts | other.concepts, self.words | other.words)

    @classmethod
    def of(cls, concepts: frozenset[str], *names: str) -> "Subject":
        """
        >>> sorted(Subject.of(frozenset(), "iva-platser", "per_region").words)
        ['iva', 'per', 'platser', 'region']
        """
        return cls(concepts, frozenset(word for name in names for word in re.split(r"[\W_]+", name.lower()) if word))


@dataclass(frozen=True, slots=True)
class CompilationRule:
    """Marks the figures of ``regions`` or more regions at ``from_level`` or below.

    Of measures that mean one of ``concepts`` or have a name that begins with one of ``words`` (of all, where both are empty); of
    periods of ``period_kinds`` (all, where empty) that ended less than ``ended_within`` days ago (``None``: whenever they ended);
    for each of ``audiences``. ``says`` renders the law in our own words, ``opens`` says what a decision would let be read.
    """

    id: str
    title: Text
    says: Text
    opens: Text
    citation: Text
    provisions: tuple[str, ...]
    source: str
    written_on: date
    concepts: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    from_level: int = REGION
    period_kinds: frozenset[str] = frozenset()
    ended_within: int | None = None
    regions: int = 2
    audiences: frozenset[str] = frozenset({"recipient", "public"})

    def marks(self, subject: Subject) -> bool:
        """Whether the rule is about measures such as this one."""
        if not self.concepts and not self.words:
            return True
        is_named = any(word.startswith(self.words) for word in subject.words) if self.words else False
        return is_named or bool(self.concepts & subject.concepts)

    def marks_cell(self, level: int, period_kind: str, age: int) -> bool:
        """Whether the rule marks a figure at a level of place, of a kind of period that ended ``age`` days ago.

        >>> near = rule("near-real-time")
        >>> near.marks_cell(0, "day", 13), near.marks_cell(0, "day", 14), near.marks_cell(0, "month", -3)
        (True, False, True)
        """
        return (
            level >= self.from_level
            and (not self.period_kinds or period_kind in self.period_kinds)
            and (self.ended_within is None or age < self.ended_within)
        )


REPORT = "Socialstyrelsen, delredovisning mars 2024, bilaga 9"

RULES: tuple[CompilationRule, ...] = (
    CompilationRule(
        id="intensive-care-capacity",
        title=Text("Kapacitet i intensivvården, region för region", "Intensive-care capacity, region by region"),
        says=Text(
            "Vilka regioner som ligger under en viss kapacitet i intensivvården kan visa var beredskapen är svag. En domstol har "
            "funnit att en sådan sammanställning omfattas av sekretess, även om uppgifterna var för sig kan vara öppna.",
            "Which regions lie under a certain intensive-care capacity may show where preparedness is weak. A court has held that "
            "such a compilation is secret, although each figure by itself may be open.",
        ),
        opens=Text(
            "Regionernas kapacitet i intensivvården sida vid sida.", "The intensive-care capacity of regions side by side."
        ),
        citation=Text("OSL 18:13 (och 15:2)", "OSL 18:13 (and 15:2)"),
        provisions=("osl-18-13", "osl-15-2"),
        source=f"{REPORT}; HFD 2021-12-22 mål 1208-1210-21; KR i Stockholm 2022-03-01 mål 9636-21",
        written_on=date(2026, 11, 30),
        concepts=frozenset({"intensivvardsplats", "intermediarvardsplats", "belaggningsbar-vardplats"}),
        words=("iva", "intensivvard", "intermediarvard", "beredskap"),
    ),
    CompilationRule(
        id="near-real-time",
        title=Text("Läget just nu, region för region", "The situation right now, region by region"),
        says=Text(
            "Färska uppgifter om flera regioners förmåga att ta emot patienter visar hur läget är i landet i detta nu. Ju "
            "färskare de är, desto mer kan det antas att möjligheterna att hantera en kris motverkas.",
            "Recent figures on the ability of several regions to take patients show the situation in the country at this very "
            "moment. The more recent they are, the more it may be assumed that handling a crisis is counteracted.",
        ),
        opens=Text(
            "Regionernas siffror för perioder som slutade för mindre än 14 dagar sedan.",
            "The figures of regions for periods that ended less than 14 days ago.",
        ),
        citation=Text("OSL 18:13 (aktualitet)", "OSL 18:13 (recency)"),
        provisions=("osl-18-13",),
        source=REPORT,
        written_on=date(2026, 11, 30),
        ended_within=14,
    ),
    CompilationRule(
        id="fine-geography",
        title=Text("Sjukhus och avdelningar dag för dag, i flera regioner", "Hospitals and wards day by day, in several regions"),
        says=Text(
            "Siffror per sjukhus eller avdelning för korta perioder i flera regioner visar var i landet vården har kapacitet och "
            "var den saknar det. Detaljnivån kan röra totalförsvarets vårdkapacitet.",
            "Figures per hospital or ward for short periods in several regions show where in the country care has capacity and "
            "where it lacks it. The level of detail may concern the care capacity of total defence.",
        ),
        opens=Text(
            "Sjukhusens eller avdelningarnas siffror per vecka, dag eller pass, i flera regioner.",
            "The figures of hospitals or wards per week, day or shift, in several regions.",
        ),
        citation=Text("OSL 15:2 och 18:13 (geografi)", "OSL 15:2 and 18:13 (geography)"),
        provisions=("osl-15-2", "osl-18-13"),
        source=REPORT,
        written_on=date(2026, 11, 30),
        from_level=BELOW_REGION,
        period_kinds=frozenset({"week", "day", "shift"}),
    ),
)  # fmt: skip

_BY_ID = {one.id: one for one in RULES}


def rule(rule_id: str) -> CompilationRule:
    """The rule with this id. Raises ``KeyError``."""
    return _BY_ID[rule_id]


def rules_for(subject: Subject, audience: str) -> tuple[CompilationRule, ...]:
    """The rules that mark figures of a measure for an audience.

    >>> [one.id for one in rules_for(Subject.of(frozenset(), "disponibla-vardplatser"), "public")]
    ['near-real-time', 'fine-geography']
    """
    return tuple(one for one in RULES if audience in one.audiences and one.marks(subject))
