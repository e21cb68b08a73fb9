"""Findings about what is entered in a page, before it is a delivery: ``ENT``."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TEXTS = (
    FindingEntry(
        "ENT-001", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Perioden går inte att mata in", "The period cannot be entered"),
        Text("«{period}» är ingen period som linjens rader kan fylla.", "“{period}” is no period that the line's rows can fill."),
        Text(
            "Skriv en månad som 2026-03, eller en dag som 2026-03-01 där linjens uppgifter gäller dagar.",
            "Write a month as 2026-03, or a day as 2026-03-01 where the line's figures are about days.",
        ),
        field="period",
    ),
    FindingEntry(
        "ENT-002", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Cellen kan inte sparas", "The cell cannot be kept"),
        Text(
            "{element} har mer än {most} tecken, eller tecken som inte syns.",
            "{element} has more than {most} characters, or characters that do not show.",
        ),
        Text("Skriv ett tal, «stängd» eller «ej rapporterat».", "Write a number, “closed” or “not reported”."),
    ),
    FindingEntry(
        "ENT-003", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Perioden är redan skickad", "The period has been sent already"),
        Text("Inmatningen blev {number}, och ändras inte mer.", "What was entered became {number}, and does not change any more."),
        Text("Rätta leveransen från dess sida.", "Correct the delivery from its page."),
    ),
    FindingEntry(
        "ENT-004", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Raden finns inte", "There is no such row"),
        Text("Enheten, perioden eller kolumnen finns inte i inmatningen.", "The unit, the period or the column is not in what is entered."),
        Text("Läs om sidan.", "Load the page again."),
    ),
    FindingEntry(
        "ENT-005", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Ingenting är ifyllt", "Nothing is filled in"),
        Text("Ingen rad har någon uppgift.", "No row has any figure."),
        Text("Fyll i minst en rad.", "Fill in at least one row."),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
