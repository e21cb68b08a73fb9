"""Texts of the findings on what people write with decisions."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TEXTS = (
    FindingEntry(
        "TXT-001", Severity.ERROR, Stage.QUESTIONS, Scope.ITEM,
        Text("Texten har ett personnummer", "The text holds a personal identity number"),
        Text(
            "Något av det du skrev ser ut att innehålla ett personnummer. Inget har sparats.",
            "Something that you wrote looks as if it holds a personal identity number. Nothing was saved.",
        ),
        Text("Skriv utan uppgifter om enskilda.", "Write without details about individuals."),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
