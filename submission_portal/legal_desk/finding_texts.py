"""Texts of the findings of the legal desk."""

from registry.findings import FindingText, Text

TEXTS = (
    FindingText(
        "TAB-001",
        Text("Utlämnarens folk beslutar inte för mottagaren", "The discloser's people do not decide for the recipient"),
        Text(
            "Du hör också till en region vars leveranser ligger i tabellen.",
            "You also belong to a region whose deliveries are in the table.",
        ),
        Text(
            "Be en kollega hos mottagaren som inte hör dit att besluta.",
            "Ask a colleague at the recipient who does not belong there to decide.",
        ),
    ),
    FindingText(
        "TXT-001",
        Text("Texten har ett personnummer", "The text holds a personal identity number"),
        Text(
            "Något av det du skrev ser ut att innehålla ett personnummer. Inget har sparats.",
            "Something that you wrote looks as if it holds a personal identity number. Nothing was saved.",
        ),
        Text("Skriv utan uppgifter om enskilda.", "Write without details about individuals."),
    ),
)
