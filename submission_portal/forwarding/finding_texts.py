"""What the restoration of the national store can find."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TEXTS = (
    FindingEntry(
        "NAT-001", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Nationella lagret kunde inte läsas", "The national store could not be read"),
        Text("{count} tabeller i det nationella lagret kan inte läsas i registret.", "{count} tables of the national store cannot be read in the registry."),
        Text(
            "Säkerhetskopian är tagen ändå. Vid återställning görs tabellerna om ur de mottagna leveranserna.",
            "The backup was taken all the same. When it is restored the tables are made again from the deliveries received.",
        ),
    ),
    FindingEntry(
        "NAT-002", Severity.INFO, Stage.OPERATION, Scope.INSTANCE,
        Text("Nationella lagret gjordes om", "The national store was made again"),
        Text(
            "{count} tabeller stämde inte med registrets frisläppanden och är gjorda på nytt ur de mottagna leveranserna.",
            "{count} tables did not agree with the registry’s releases and were made again from the deliveries received.",
        ),
        Text("Inget behöver göras.", "Nothing has to be done."),
    ),
    FindingEntry(
        "NAT-003", Severity.WARNING, Stage.OPERATION, Scope.INSTANCE,
        Text("Nationella lagret kan inte göras om", "The national store cannot be made again"),
        Text("Uppgifterna i {count} frisläppanden finns varken i lagret eller som objekt.", "The rows of {count} releases are neither in the store nor among the objects."),
        Text("Leta efter objekten i en tidigare säkerhetskopia.", "Look for the objects in an earlier backup."),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
