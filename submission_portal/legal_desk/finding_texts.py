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
        "TAB-002",
        Text("Skäl saknas", "Reasons are missing"),
        Text("Ett beslut ska ha skäl som andra kan läsa.", "A decision needs reasons that others can read."),
        Text("Skriv varför.", "Write why."),
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
    FindingText(
        "TAB-003",
        Text("Tabellen är redan avgjord", "The table is already decided"),
        Text(
            "Någon annan hann före, eller så har en nyare tabellversion tagit vid. Ditt beslut är inte sparat.",
            "Somebody else was first, or a newer version of the table has taken over. Your decision is not recorded.",
        ),
        Text("Läs in sidan igen för att se vad som har hänt.", "Reload the page to see what has happened."),
    ),
)
