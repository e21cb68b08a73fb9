"""Texts of the findings about comments."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

LONGEST = 5000
TEXTS = (
    FindingEntry(
        "TALK-001", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Kommentaren är tom eller för lång", "The comment is empty or too long"),
        Text("En kommentar har 1 till {most} tecken.", "A comment has 1 to {most} characters."),
        Text("Skriv vad den andra sidan behöver veta, kort.", "Write what the other side needs to know, briefly."),
    ),
    FindingEntry(
        "TALK-002", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Leveransen är inte skickad", "The delivery is not sent"),
        Text(
            "Innan den är mottagen är den regionens arbetspapper, och ingen annan läser den.",
            "Before it is received it is the region's working paper, and nobody else reads it.",
        ),
        Text("Kommentera när den är mottagen.", "Comment when it is received."),
    ),
    FindingEntry(
        "TALK-003", Severity.ERROR, Stage.DELIVERY, Scope.DELIVERY,
        Text("Leveransen har inget sådant fynd", "The delivery has no such finding"),
        Text("Fyndet som kommentaren gällde finns inte.", "The finding that the comment was about does not exist."),
        Text("Välj ett fynd ur listan, eller hela leveransen.", "Choose a finding from the list, or the whole delivery."),
    ),
)  # fmt: skip
FINDINGS = Catalogue(TEXTS)
