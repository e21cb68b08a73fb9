"""Why a request about an upload in parts is not taken."""

from registry.finding_catalogue import AnswerKind, Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text


def _entry(code: str, title: Text, body: Text, mend: Text, answer: AnswerKind = AnswerKind.NONE) -> FindingEntry:
    return FindingEntry(code, Severity.ERROR, Stage.DELIVERY, Scope.INSTANCE, title, body, mend, answer=answer)


TEXTS = (
    _entry(
        "UPL-001",
        Text("Tus-Resumable behövs", "Tus-Resumable is needed"),
        Text("Begäran säger inte att den talar tus {version}: {given}.", "The request does not say that it speaks tus {version}: {given}."),
        Text("Sänd rubriken Tus-Resumable: {version}.", "Send the header Tus-Resumable: {version}."),
    ),
    _entry(
        "UPL-002",
        Text("Delen börjar inte där den förra slutade", "The part does not begin where the last one ended"),
        Text("Upload-Offset är {given}. Registret har tagit emot {received} byte. Ingenting av delen sparades.", "Upload-Offset is {given}. The registry has received {received} bytes. Nothing of the part was kept."),
        Text("Fråga med HEAD hur långt uppladdningen har kommit och fortsätt därifrån.", "Ask by HEAD how far the upload has come, and go on from there."),
    ),
    _entry(
        "UPL-003",
        Text("Delen är inte den som sändes", "The part is not what was sent"),
        Text("Upload-Checksum stämmer inte med det som kom fram. Ingenting av delen sparades.", "Upload-Checksum does not agree with what arrived. Nothing of the part was kept."),
        Text("Sänd delen igen från samma ställe.", "Send the part again, from the same place."),
    ),
    _entry(
        "UPL-004",
        Text("Delen går utanför filen", "The part goes beyond the file"),
        Text("Filen sades vara {length} byte. Med delen blir den {size}. Ingenting av delen sparades.", "The file was said to be {length} bytes. With the part it is {size}. Nothing of the part was kept."),
        Text("Sänd bara det som är kvar, eller börja om med rätt Upload-Length.", "Send only what is left, or begin anew with the right Upload-Length."),
    ),
    _entry(
        "UPL-005",
        Text("Klienten har redan {most} uppladdningar som inte är klara", "The client has {most} uploads already that are not finished"),
        Text("Den första av dem går ut {ends}.", "The first of them expires at {ends}."),
        Text("Sänd klart en av dem, eller avsluta den med DELETE.", "Finish one of them, or end it by DELETE."),
    ),
    _entry(
        "UPL-006",
        Text("Uppladdningen tas emot av en annan begäran just nu", "The upload is being received by another request right now"),
        Text("Det kan vara en del som bröts av på vägen. Ingenting av den här sparades.", "It may be a part that was broken off on its way. Nothing of this one was kept."),
        Text("Vänta så länge som Retry-After säger, fråga med HEAD hur långt den har kommit och fortsätt därifrån.", "Wait as long as Retry-After says, ask by HEAD how far it has come, and go on from there."),
        AnswerKind.WAIT,
    ),
    _entry(
        "UPL-007",
        Text("Uppladdningen har för många delar", "The upload has too many parts"),
        Text("Högst {most} delar tas emot av en fil.", "At most {most} parts of a file are taken."),
        Text("Börja om med större delar, till exempel 8 MiB.", "Begin anew with larger parts, of 8 MiB for instance."),
    ),
    _entry(
        "UPL-008",
        Text("Uppladdningen börjar utan innehåll", "The upload begins without content"),
        Text("POST skapar uppladdningen. Ingenting av innehållet sparades.", "POST makes the upload. Nothing of the content was kept."),
        Text("Sänd innehållet med PATCH till adressen i Location.", "Send the content by PATCH to the address in Location."),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
