"""What is said where a region answers on comparability."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

IN_COMPARING = (
    FindingEntry(
        "COMP-001", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Svaret är inte helt", "The answer is not complete"),
        Text("Ett svar behöver minst en kryssad skillnad och en text.", "An answer needs at least one ticked difference and a text."),
        Text("Kryssa det som svaret gäller, och skriv det.", "Tick what the answer is about, and write it."),
    ),
    FindingEntry(
        "COMP-002", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Skillnaden kan inte besvaras längre", "The difference can no longer be answered"),
        Text("En kryssad skillnad har redan besvarats, eller så har en av tillämpningarna ändrats. Ingenting har sparats.", "A ticked difference has been answered already, or one of the statements has changed. Nothing has been kept."),
        Text("Läs sidan som den är nu, och svara igen.", "Read the page as it is now, and answer again."),
    ),
)  # fmt: skip
