"""What the events of entering say, by type."""

from registry.findings import Text

TEXTS = {
    "EntryBegun": Text("Inmatningen av en period började.", "Entering a period began."),
    "EntrySaved": Text("Rader i en inmatning sparades.", "Rows of what is entered were kept."),
    "EntryDelivered": Text(
        "En inmatning blev en fil, som lästes in för en leverans.",
        "What was entered became a file, which was read in for a delivery.",
    ),
}
