"""What findings about identity numbers in a file say, in Swedish and English."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

_LAW = "Folkbokföringslagen (1991:481) 18 §; lag (2022:1697) om samordningsnummer"

IDENTITY = (
    FindingEntry(
        "PER-001", Severity.ERROR, Stage.FILE, Scope.CELL,
        Text("Filen har personnummer, samordningsnummer eller reservnummer", "The file holds identity numbers of persons"),
        Text(
            "Ställen med identitetsnummer: {count}. Olika nummer: {kinds}. Filen har inte sparats, och inget av innehållet visas här.",
            "Places with identity numbers: {count}. Different numbers: {kinds}. The file was not kept, and nothing of its content is shown here.",
        ),
        Text(
            "Ta bort dem ur filen, också ur filens namn, dolda blad, kommentarer och egenskaper, och läs in den igen.",
            "Remove them from the file, also from its name, hidden sheets, comments and properties, and read it in again.",
        ),
        _LAW,
        stops=True,
        event="IdentityNumbersRefused",
        looks_for=Text("inga personnummer någonstans i filen", "no identity numbers anywhere in the file"),
    ),
    FindingEntry(
        "PER-002", Severity.QUESTION, Stage.FILE, Scope.CELL,
        Text("Är det här identitetsnummer?", "Are these identity numbers?"),
        Text(
            "Ställen som kan ha identitetsnummer men också kan vara något annat: {count}. Olika nummer: {kinds}. Inget av filen har sparats eller visas här.",
            "Places that may hold identity numbers but may also be something else: {count}. Different numbers: {kinds}. Nothing of the file was kept or is shown here.",
        ),
        Text(
            "Är det personers nummer: ta bort dem ur filen. Är det något annat: skriv vad det är, och skicka filen igen med svaret.",
            "If they are persons' numbers, remove them from the file. If they are something else, write what they are and send the file again with the answer.",
        ),
        _LAW,
        answer=AnswerKind.NOT_IDENTITY,
        stops=True,
        looks_for=Text("inget som kan vara identitetsnummer", "nothing that may be an identity number"),
    ),
    FindingEntry(
        "PER-003", Severity.INFO, Stage.FILE, Scope.CELL,
        Text("Uppgiftslämnaren har sagt att det inte är identitetsnummer", "The data officer has said that these are no identity numbers"),
        Text(
            "Ställen som kunde ha identitetsnummer: {count}. Olika nummer: {kinds}. Uppgiftslämnarens skäl till att de är något annat: {reason}",
            "Places that might have held identity numbers: {count}. Different numbers: {kinds}. Why they are something else, as the data officer says: {reason}",
        ),
        Text(
            "Stämmer det inte: avbryt leveransen, ta bort numren ur filen och läs in den igen.",
            "If that is not so, discard the delivery, remove the numbers from the file and read it in again.",
        ),
        _LAW,
        event="IdentityQuestionAnswered",
    ),
)  # fmt: skip
