"""Texts of the findings of the legal desk."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TEXTS = (
    FindingEntry(
        "TAB-001", Severity.ERROR, Stage.TABLES, Scope.TABLE,
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
    FindingEntry(
        "TAB-002", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tabellens underlag är inte helt", "What the table rests on is not complete"),
        Text(
            "Det nationella lagret saknar rader som tabellen vilar på, så ingen kan se vad som döljs i den.",
            "The national store lacks rows that the table rests on, so that nobody can see what is hidden in it.",
        ),
        Text(
            "Be den som driver registret att köra kommandot storage verify. Besluta när raderna är tillbaka.",
            "Ask whoever runs the registry to run the command storage verify. Decide when the rows are back.",
        ),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
