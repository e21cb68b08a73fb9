"""What is known about how others protect small numbers: facts with their sources, none of them a rule for us.

No Swedish provision gives a number, so every flow states its own threshold and where it comes from.
"""

from dataclasses import dataclass

from registry.findings import Text


@dataclass(frozen=True, slots=True)
class Practice:
    """One body's practice; ``hides`` in words, ``source`` where it was seen."""

    body: str
    hides: Text
    source: str
    url: str | None = None


PRACTICES: tuple[Practice, ...] = (
    Practice(
        "Socialstyrelsen",
        Text(
            "Ser till att varje kombination har tillräckligt många, annars görs en annan indelning. Inget tal anges.",
            "Makes sure that every combination holds enough, or divides it otherwise. No number is given.",
        ),
        "Socialstyrelsen, beställa statistik",
        "https://bestalladata.socialstyrelsen.se/statistik/exempel-pa-statistik-du-kan-bestalla/",
    ),
    Practice(
        "SCB",
        Text(
            "Cell Key Method i befolkningsstatistiken från januari 2025: små slumpmässiga tillägg i stället för döljning.",
            "Cell Key Method in population statistics from January 2025: small random changes instead of hiding.",
        ),
        "SCB, frågor och svar om CKM",
        "https://www.scb.se/FAQ-CKM",
    ),
    Practice(
        "vantetider.se",
        Text(
            "Visar inget under 20 kontakter (andrahandsuppgift).",
            "Shows nothing below 20 contacts (second-hand information).",
        ),
        "SKR",
    ),
    Practice(
        "AIHW (Australien)",
        Text(
            "Visar inte 1–4, och undanhåller kvoter under vissa tal.",
            "Does not show 1–4, and withholds rates below certain numbers.",
        ),
        "AIHW",
    ),
    Practice(
        "SSB (Norge)",
        Text("Exempel: färre än 3 visas inte.", "Example: fewer than 3 are not shown."),
        "SSB",
    ),
)
