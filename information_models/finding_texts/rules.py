"""Findings in the expression of a rule that a modeller writes: ``RULE-1``."""

from information_models.finding_texts.entry import entry

IN_A_RULE = (
    entry(
        "RULE-101",
        ("Regeln {rule} är för lång", "The rule {rule} is too long"),
        ("Ett uttryck har högst {longest} tecken.", "An expression has at most {longest} characters."),
        ("Dela den i flera regler.", "Divide it into several rules."),
    ),
    entry(
        "RULE-102",
        ("Regeln {rule} har otillåtna tecken", "The rule {rule} has characters that are not allowed"),
        (
            "Uttryck skrivs med elementens namn, tal, text inom ' ', räknesätten + − * och jämförelser. Division, kommentarer och semikolon finns inte.",
            "Expressions are written with the elements' names, numbers, text within ' ', the operations + − * and comparisons. There are no division, comments or semicolons.",
        ),
        ("Skriv om uttrycket; a / b > 2 skrivs a > 2 * b.", "Rewrite the expression; a / b > 2 is written a > 2 * b."),
    ),
    entry(
        "RULE-103",
        ("Regeln {rule} är för djup", "The rule {rule} is too deep"),
        ("Parenteser får ligga i högst {deepest} nivåer.", "Parentheses may nest at most {deepest} levels."),
        (
            "Förenkla uttrycket, eller dela det i flera regler.",
            "Simplify the expression, or divide it into several rules.",
        ),
    ),
    entry(
        "RULE-104",
        ("Regeln {rule} går inte att läsa", "The rule {rule} cannot be read"),
        ("Uttrycket är inte ett SQL-uttryck.", "The expression is no SQL expression."),
        (
            "Till exempel: belagda <= disponibla + overbelaggningar",
            "For example: belagda <= disponibla + overbelaggningar",
        ),
        "PostgreSQL, value expressions",
    ),
    entry(
        "RULE-105",
        ("Regeln {rule} är inte sann eller falsk", "The rule {rule} is not true or false"),
        (
            "En regel är en jämförelse, eller flera som fogats samman med AND och OR.",
            "A rule is a comparison, or several joined by AND and OR.",
        ),
        ("Lägg till en jämförelse.", "Add a comparison."),
    ),
    entry(
        "RULE-106",
        ("Regeln {rule} använder {node}", "The rule {rule} uses {node}"),
        (
            "Bara jämförelser, BETWEEN, IN, IS NULL, AND, OR, NOT och + − * är tillåtna; inga funktioner.",
            "Only comparisons, BETWEEN, IN, IS NULL, AND, OR, NOT and + − * are allowed; no functions.",
        ),
        ("Skriv om uttrycket med dem.", "Rewrite the expression with those."),
    ),
    entry(
        "RULE-107",
        ("Regeln {rule} nämner {name}", "The rule {rule} mentions {name}"),
        ("Modellen har inget element med det namnet.", "The model has no element of that name."),
        ("Använd elementets namn, inte dess etikett.", "Use the element's name, not its label."),
    ),
    entry(
        "RULE-108",
        ("Regeln {rule} har talet {literal}", "The rule {rule} has the number {literal}"),
        (
            "Tal skrivs med högst 15 siffror och 6 decimaler, utan exponent.",
            "Numbers are written with at most 15 digits and 6 decimals, without exponent.",
        ),
        ("Skriv talet så.", "Write the number like that."),
    ),
    entry(
        "RULE-109",
        ("Regeln {rule} jämför det som inte kan jämföras", "The rule {rule} compares what cannot be compared"),
        (
            "Tal jämförs med tal. Text och koder kan bara vara lika eller olika.",
            "Numbers are compared with numbers. Texts and codes can only be equal or different.",
        ),
        ("Rätta uttrycket.", "Mend the expression."),
    ),
    entry(
        "RULE-110",
        ("Regeln {rule} kan ge för stora tal", "The rule {rule} can give numbers that are too large"),
        (
            "Med de största tillåtna värdena ryms resultatet inte i 64 bitar.",
            "With the largest allowed values the result does not fit in 64 bits.",
        ),
        (
            "Sätt minsta och största värde på elementen, eller multiplicera färre av dem.",
            "Set minimum and maximum on the elements, or multiply fewer of them.",
        ),
    ),
)
