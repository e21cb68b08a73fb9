"""What findings about signing say."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TEXTS = (
    FindingEntry(
        "SIG-001", Severity.ERROR, Stage.OPERATION, Scope.INSTANCE,
        Text("Nyckeln som registret signerar med finns inte här", "The key that the registry signs with is not here"),
        Text(
            "Den privata delen av nyckeln {kid} saknas i instansens mapp signing_keys.",
            "The private half of the key {kid} is missing from the instance's folder signing_keys.",
        ),
        Text(
            "Förvaltningen lägger tillbaka filen ur en säkerhetskopia, eller tar en ny nyckel i bruk: flask --app wsgi keys rotate.",
            "The administration puts the file back from a backup, or takes a new key into use: flask --app wsgi keys rotate.",
        ),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
