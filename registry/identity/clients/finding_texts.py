"""What can be wrong with a machine client that somebody makes or changes."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TEXTS = (
    FindingEntry(
        "CLIENT-001", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Klienten behöver ett namn", "The client needs a name"),
        Text("Namnet är tomt eller längre än 120 tecken.", "The name is empty or longer than 120 characters."),
        Text("Skriv vilket system det är, till exempel ”Vårdadministrativa systemet, export”.", "Write which system it is, for example “Care administration, export”."),
        field="name",
    ),
    FindingEntry(
        "CLIENT-002", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Klienten får inte göra något", "The client may do nothing"),
        Text("Ingen behörighet är vald.", "No scope is chosen."),
        Text("Välj minst en.", "Choose at least one."),
        field="scopes",
    ),
    FindingEntry(
        "CLIENT-003", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Slutdagen går inte", "The last day does not do"),
        Text("En klient gäller minst till i morgon och högst till {latest}.", "A client is valid until tomorrow at least, and until {latest} at most."),
        Text("Välj en dag däremellan. Klienten kan förnyas innan den slutar gälla.", "Choose a day between them. The client can be renewed before it ends."),
        field="expires_on",
    ),
    FindingEntry(
        "CLIENT-004", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Nyckeln kan inte användas", "The key cannot be used"),
        Text(
            "Det som klistrades in är ingen publik nyckel som registret tar emot: RSA med minst 2048 bitar, P-256, P-384 eller Ed25519, som PEM eller JWK.",
            "What was pasted is no public key that the registry takes: RSA of at least 2048 bits, P-256, P-384 or Ed25519, as PEM or JWK.",
        ),
        Text("Klistra in den publika halvan. Den privata stannar hos er.", "Paste the public half. The private one stays with you."),
        field="public_key",
    ),
    FindingEntry(
        "CLIENT-005", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Klienten har redan två", "The client already has two"),
        Text("Två hemligheter eller nycklar gäller redan samtidigt.", "Two secrets or keys are already valid at the same time."),
        Text("Avsluta den som inte används längre först.", "End the one that is no longer used first."),
    ),
    FindingEntry(
        "CLIENT-006", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Klienten är avslutad", "The client has ended"),
        Text("Den är spärrad eller har passerat sin slutdag.", "It is revoked or its last day has passed."),
        Text("Gör en ny klient.", "Make a new client."),
    ),
    FindingEntry(
        "CLIENT-007", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Den privata nyckeln ska inte lämnas ut", "The private key is not to be handed out"),
        Text("Det som klistrades in är en privat nyckel. Registret har inte sparat den.", "What was pasted is a private key. The registry has not kept it."),
        Text("Gör ett nytt nyckelpar, eftersom den här kan ha setts av andra, och klistra in den publika halvan.", "Make a new pair of keys, since others may have seen this one, and paste the public half."),
        field="public_key",
    ),
    FindingEntry(
        "CLIENT-008", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("En regions klienter är regionens", "A region's clients are the region's"),
        Text("Klienter i {name} görs av regionens administratör.", "Clients in {name} are made by the region's administrator."),
        Text("Ange vem med --as.", "Say who with --as."),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
