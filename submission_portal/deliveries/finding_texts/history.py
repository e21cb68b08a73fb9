"""Findings about a delivery beside the one before it: ``HIS``."""

from registry.finding_catalogue import AnswerKind, Evidence, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

COMPARED = (
    FindingEntry(
        "HIS-001", Severity.WARNING, Stage.HISTORY, Scope.UNIT,
        Text(
            "{count:En enhet|Enheter} som fanns förra gången saknas",
            "{count:A unit that was|Units that were} there last time {count:is|are} missing",
        ),
        Text(
            "Enheter som fanns i leveransen för {period} men inte i den här: {count}.",
            "Units that were in the delivery for {period} but not in this one: {count}.",
        ),
        Text(
            "Lägg till dem, eller förklara varför de inte är med (stängd, sammanslagen, annan huvudman).",
            "Add them, or explain why they are left out (closed, merged, another principal).",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("enheter som fanns förra gången finns kvar", "units that were there last time are still there"),
    ),
    FindingEntry(
        "HIS-002", Severity.WARNING, Stage.HISTORY, Scope.CELL,
        Text(
            "{count:Ett värde|Värden} har ändrats mycket mot förra leveransen",
            "{count:A value has|Values have} changed much from the delivery before",
        ),
        Text(
            "Värden som har ändrats mer än {share} procent jämfört med {period}: {count}.",
            "Values that have changed by more than {share} per cent compared with {period}: {count}.",
        ),
        Text(
            "Det kan stämma. Skriv varför, så slipper ni frågan från granskaren.",
            "It may be right. Write why, and the reviewer need not ask.",
        ),
        answer=AnswerKind.EXPLANATION,
        evidence=Evidence.CHANGES,
        looks_for=Text("stora ändringar mot förra leveransen", "large changes from the delivery before"),
    ),
    FindingEntry(
        "HIS-003", Severity.INFO, Stage.HISTORY, Scope.UNIT,
        Text("{count:En enhet är ny|Enheter är nya}", "{count:A unit is|Units are} new"),
        Text(
            "Enheter som inte fanns i leveransen för {period}: {count}.",
            "Units that were not in the delivery for {period}: {count}.",
        ),
        Text("Inget behöver göras om det stämmer.", "Nothing needs to be done if it is right."),
        looks_for=Text("nya enheter", "new units"),
    ),
    FindingEntry(
        "HIS-004", Severity.WARNING, Stage.HISTORY, Scope.ROW,
        Text(
            "Alla värden är desamma som perioden före", "All values are the same as in the period before"
        ),
        Text(
            "Varje värde i filen är det som lämnades för {period}: {count} {count:rad|rader}.",
            "Every value in the file is what was delivered for {period}: {count} {count:row|rows}.",
        ),
        Text(
            "Kontrollera att rätt fil valdes. Stämmer det, förklara varför ingenting har ändrats.",
            "Check that the right file was chosen. If it is right, explain why nothing has changed.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("inte samma värden som perioden före", "not the same values as the period before"),
    ),
    FindingEntry(
        "HIS-005", Severity.INFO, Stage.HISTORY, Scope.CELL,
        Text(
            "{count:Ett värde|Värden} har ändrats mycket sedan samma tid förra året",
            "{count:A value has|Values have} changed much since the same time last year",
        ),
        Text(
            "Värden som har ändrats mer än {share} procent jämfört med {period}: {count}.",
            "Values that have changed by more than {share} per cent compared with {period}: {count}.",
        ),
        Text("Inget behöver göras om det stämmer.", "Nothing needs to be done if it is right."),
        evidence=Evidence.YEAR_CHANGES,
        looks_for=Text("stora ändringar mot samma tid förra året", "large changes from the same time last year"),
    ),
    FindingEntry(
        "HIS-006", Severity.WARNING, Stage.HISTORY, Scope.CELL,
        Text(
            "{count:Ett värde är|Värden är} ovanligt långt från det vanliga",
            "{count:A value lies|Values lie} unusually far from what is usual",
        ),
        Text(
            "Värden som ligger mer än {score} robusta standardavvikelser från medianen av minst {periods} tidigare perioder: {count}.",
            "Values that lie more than {score} robust standard deviations from the median of at least {periods} earlier periods: {count}.",
        ),
        Text(
            "Kontrollera dem mot källan. Stämmer de, skriv varför.", "Check them against the source. If they are right, write why."
        ),
        answer=AnswerKind.EXPLANATION,
        evidence=Evidence.OUTLIERS,
        looks_for=Text("värden långt från det vanliga", "values far from what is usual"),
    ),
    FindingEntry(
        "HIS-007", Severity.WARNING, Stage.HISTORY, Scope.CELL,
        Text(
            "{count:Ett värde är|Värden är} ovanligt för sin veckodag",
            "{count:A value is|Values are} unusual for {count:its|their} weekday",
        ),
        Text(
            "Värden som ligger mer än {score} robusta standardavvikelser från medianen av minst {periods} tidigare dagar av samma veckodag: {count}.",
            "Values that lie more than {score} robust standard deviations from the median of at least {periods} earlier days of the same weekday: {count}.",
        ),
        Text(
            "Kontrollera dem mot källan. Stämmer de, skriv varför.", "Check them against the source. If they are right, write why."
        ),
        answer=AnswerKind.EXPLANATION,
        evidence=Evidence.OUTLIERS,
        looks_for=Text("värden ovanliga för sin veckodag", "values unusual for their weekday"),
    ),
)  # fmt: skip
