"""What a provision is to the registry: a citation, what it says in our own words, and how well that was checked.

A rendering here is a help to ask the right question. It is never the law's text and never an outcome; where the text
itself was not read, `verification` says so. Provisions are dated, so that an old decision is read against what was
in force when it was made.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.findings import Text

REPORT = "Socialstyrelsen, delredovisning mars 2024, bilaga 9"


class Verification(StrEnum):
    """How the rendering of a provision was checked."""

    TEXT_READ = "text_read"
    """The provision's own text was read."""
    PREPARATORY_WORKS = "preparatory_works"
    """Its text was read in the preparatory works (proposition)."""
    REPORTED = "reported"
    """Rendered after a named official source; the text itself was not read."""
    PARTLY = "partly"
    """Some of the paragraphs cited were checked, others not."""
    NOT_READ = "not_read"
    """Neither the text nor an official rendering of it was read."""

    @property
    def text(self) -> Text:
        return VERIFICATION_TEXTS[self]

    @property
    def may_stop(self) -> bool:
        """Whether a rule that rests on the rendering may stop a decision. On what was not read in whole it only asks."""
        return self in (Verification.TEXT_READ, Verification.PREPARATORY_WORKS, Verification.REPORTED)


VERIFICATION_TEXTS = {
    Verification.TEXT_READ: Text("Författningstexten är läst", "The text of the statute was read"),
    Verification.PREPARATORY_WORKS: Text("Texten är läst i förarbetena", "The text was read in the preparatory works"),
    Verification.REPORTED: Text(
        "Återgiven efter en namngiven officiell källa, inte efter författningstexten",
        "Rendered after a named official source, not after the statute's text",
    ),
    Verification.PARTLY: Text("Delvis kontrollerad", "Partly checked"),
    Verification.NOT_READ: Text("Inte läst", "Not read"),
}


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision, or a few that are asked about together.

    ``in_force_from`` and ``in_force_to`` are ``None`` where the date is not known here, which is not the same as
    "always"; both ends are inclusive.
    """

    id: str
    citation: Text
    says: Text
    asks: Text
    verification: Verification
    source: str
    in_force_from: date | None = None
    in_force_to: date | None = None

    def is_in_force(self, on: date) -> bool:
        """Whether nothing known here says that the provision is out of force on the day.

        >>> hsf = Provision("x", Text("", ""), Text("", ""), Text("", ""), Verification.TEXT_READ, "", date(2025, 7, 1))
        >>> hsf.is_in_force(date(2025, 6, 30)), hsf.is_in_force(date(2025, 7, 1))
        (False, True)
        """
        return (self.in_force_from is None or self.in_force_from <= on) and (
            self.in_force_to is None or on <= self.in_force_to
        )
