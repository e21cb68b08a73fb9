"""Findings about the periods of rows: ``TIM``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TIMES = (
    FindingEntry(
        "TIM-001", Severity.ERROR, Stage.ROWS, Scope.ROW,
        Text("{label} ligger i framtiden", "{label} lies in the future"),
        Text(
            "Rader om en period som börjar efter i dag ({today}): {count}. Personer kan inte räknas i förväg.",
            "Rows about a period that begins after today ({today}): {count}. Persons cannot be counted beforehand.",
        ),
        Text("Rätta perioden.", "Mend the period."),
        looks_for=Text("perioden ligger inte i framtiden", "the period does not lie in the future"),
    ),
    FindingEntry(
        "TIM-002", Severity.WARNING, Stage.ROWS, Scope.ROW,
        Text("{label} är inte slut än", "{label} has not ended yet"),
        Text(
            "Rader om en period som slutar efter i dag ({today}): {count}.",
            "Rows about a period that ends after today ({today}): {count}.",
        ),
        Text(
            "Rätta perioden, eller förklara varför uppgiften kan lämnas redan nu (till exempel ett beslut som gäller framåt).",
            "Mend the period, or explain why the figure can be given already (for example a decision that takes effect later).",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("perioden är slut", "the period has ended"),
    ),
    FindingEntry(
        "TIM-003", Severity.WARNING, Stage.ROWS, Scope.ROW,
        Text("{label} ligger långt tillbaka", "{label} lies far back"),
        Text(
            "Rader om en period för mer än {years} år sedan: {count}. Året är kanske felskrivet.",
            "Rows about a period more than {years} years ago: {count}. The year may be miswritten.",
        ),
        Text("Rätta året, eller förklara varför det är riktigt.", "Mend the year, or explain why it is right."),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("perioden ligger inte långt tillbaka", "the period does not lie far back"),
    ),
)  # fmt: skip
