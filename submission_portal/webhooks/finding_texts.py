"""What can be wrong with a webhook that somebody makes or changes."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TEXTS = (
    FindingEntry(
        "HOOK-001", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Adressen kan inte användas", "The address cannot be used"),
        Text(
            "En webhook skickas till en adress som börjar med https://, utan användarnamn, utan # och med högst 500 tecken.",
            "A webhook is sent to an address that begins with https://, without a user name, without # and of 500 characters at most.",
        ),
        Text("Skriv den som systemets utvecklare ger den, till exempel https://mottagare.example/webhooks.", "Write it as the system's developer gives it, for example https://receiver.example/webhooks."),
        field="url",
    ),
    FindingEntry(
        "HOOK-002", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Adressen leder in i ett internt nät", "The address leads into an internal network"),
        Text(
            "Minst en av adresserna som {host} har är privat, lokal eller reserverad. Dit skickar registret ingenting.",
            "At least one of the addresses that {host} has is private, local or reserved. The registry sends nothing there.",
        ),
        Text("Ange en mottagare som nås från internet.", "Name a receiver that can be reached from the internet."),
        field="url",
    ),
    FindingEntry(
        "HOOK-003", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Adressen finns inte", "The address does not exist"),
        Text("Namnet {host} leder inte till någon adress just nu.", "The name {host} leads to no address at present."),
        Text("Kontrollera stavningen, eller vänta tills namnet har lagts in i DNS.", "Check the spelling, or wait until the name is in DNS."),
        field="url",
    ),
    FindingEntry(
        "HOOK-004", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Det finns redan {most} webhookar", "There are {most} webhooks already"),
        Text("En organisation har högst {most} åt gången.", "An organisation has {most} at a time at most."),
        Text("Ta bort en som inte används längre först.", "Withdraw one that is no longer used first."),
        field="url",
    ),
    FindingEntry(
        "HOOK-005", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Webhooken är borttagen", "The webhook is withdrawn"),
        Text("Den är borttagen för gott.", "It is withdrawn for good."),
        Text("Gör en ny.", "Make a new one."),
    ),
    FindingEntry(
        "HOOK-006", Severity.ERROR, Stage.ACCOUNTS, Scope.PERSON,
        Text("Webhooken är avstängd", "The webhook is turned off"),
        Text("Till den skickas ingenting.", "Nothing is sent to it."),
        Text("Sätt på den först.", "Turn it on first."),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
