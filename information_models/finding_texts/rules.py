"""Findings in the expression of a rule that a modeller writes: ``RULE-1``."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

IN_A_RULE = (
    FindingEntry(
        "RULE-101", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} är för lång", "The rule {rule} is too long"),
        Text("Ett uttryck har högst {longest} tecken.", "An expression has at most {longest} characters."),
        Text("Dela den i flera regler.", "Divide it into several rules."),
    ),
    FindingEntry(
        "RULE-102", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} har otillåtna tecken", "The rule {rule} has characters that are not allowed"),
        Text(
            "Uttryck skrivs med elementens namn, tal, text inom ' ', räknesätten + − * och jämförelser. Division, kommentarer och semikolon finns inte.",
            "Expressions are written with the elements' names, numbers, text within ' ', the operations + − * and comparisons. There are no division, comments or semicolons.",
        ),
        Text("Skriv om uttrycket; a / b > 2 skrivs a > 2 * b.", "Rewrite the expression; a / b > 2 is written a > 2 * b."),
    ),
    FindingEntry(
        "RULE-103", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} är för djup", "The rule {rule} is too deep"),
        Text("Parenteser får ligga i högst {deepest} nivåer.", "Parentheses may nest at most {deepest} levels."),
        Text(
            "Förenkla uttrycket, eller dela det i flera regler.",
            "Simplify the expression, or divide it into several rules.",
        ),
    ),
    FindingEntry(
        "RULE-104", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} går inte att läsa", "The rule {rule} cannot be read"),
        Text("Uttrycket är inte ett SQL-uttryck.", "The expression is no SQL expression."),
        Text(
            "Till exempel: belagda <= disponibla + overbelaggningar",
            "For example: belagda <= disponibla + overbelaggningar",
        ),
        "PostgreSQL, value expressions",
    ),
    FindingEntry(
        "RULE-105", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} är inte sann eller falsk", "The rule {rule} is not true or false"),
        Text(
            "En regel är en jämförelse, eller flera som fogats samman med AND och OR.",
            "A rule is a comparison, or several joined by AND and OR.",
        ),
        Text("Lägg till en jämförelse.", "Add a comparison."),
    ),
    FindingEntry(
        "RULE-106", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} använder {node}", "The rule {rule} uses {node}"),
        Text(
            "Bara jämförelser, BETWEEN, IN, IS NULL, AND, OR, NOT och + − * är tillåtna; inga funktioner.",
            "Only comparisons, BETWEEN, IN, IS NULL, AND, OR, NOT and + − * are allowed; no functions.",
        ),
        Text("Skriv om uttrycket med dem.", "Rewrite the expression with those."),
    ),
    FindingEntry(
        "RULE-107", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} nämner {name}", "The rule {rule} mentions {name}"),
        Text("Modellen har inget element med det namnet.", "The model has no element of that name."),
        Text("Använd elementets namn, inte dess etikett.", "Use the element's name, not its label."),
    ),
    FindingEntry(
        "RULE-108", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} har talet {literal}", "The rule {rule} has the number {literal}"),
        Text(
            "Tal skrivs med högst 15 siffror och 6 decimaler, utan exponent.",
            "Numbers are written with at most 15 digits and 6 decimals, without exponent.",
        ),
        Text("Skriv talet så.", "Write the number like that."),
    ),
    FindingEntry(
        "RULE-109", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} jämför det som inte kan jämföras", "The rule {rule} compares what cannot be compared"),
        Text(
            "Tal jämförs med tal. Text och koder kan bara vara lika eller olika.",
            "Numbers are compared with numbers. Texts and codes can only be equal or different.",
        ),
        Text("Rätta uttrycket.", "Mend the expression."),
    ),
    FindingEntry(
        "RULE-110", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} kan ge för stora tal", "The rule {rule} can give numbers that are too large"),
        Text(
            "Med de största tillåtna värdena ryms resultatet inte i 64 bitar.",
            "With the largest allowed values the result does not fit in 64 bits.",
        ),
        Text(
            "Sätt minsta och största värde på elementen, eller multiplicera färre av dem.",
            "Set minimum and maximum on the elements, or multiply fewer of them.",
        ),
    ),
)  # fmt: skip
