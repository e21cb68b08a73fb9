"""Texts of the findings on what people write with decisions."""

from registry.finding_catalogue import AnswerKind, Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TEXTS = (
    FindingEntry(
        "TXT-001", Severity.ERROR, Stage.QUESTIONS, Scope.ITEM,
        Text("Texten har ett personnummer", "The text holds a personal identity number"),
        Text(
            "Något av det du skrev ser ut att innehålla ett personnummer. Inget har sparats.",
            "Something that you wrote looks as if it holds a personal identity number. Nothing was saved.",
        ),
        Text("Skriv utan uppgifter om enskilda.", "Write without details about individuals."),
    ),
    FindingEntry(
        "TXT-002", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen har nummer på personer", "The file holds identity numbers of persons"),
        Text(
            "Olika nummer: {kinds}. De står i: {columns}. Ingenting av filen har sparats, och inga nummer visas.",
            "Different numbers: {kinds}. They stand in: {columns}. Nothing of the file was kept, and no number is shown.",
        ),
        Text(
            "Ta bort dem ur filen, också ur kommentarer, dolda blad och filens namn, och skicka den igen.",
            "Remove them from the file, also from comments, hidden sheets and its name, and send it again.",
        ),
        stops=True,
    ),
    FindingEntry(
        "TXT-003", Severity.QUESTION, Stage.FILE, Scope.FILE,
        Text("Är det här nummer på personer?", "Are these identity numbers of persons?"),
        Text(
            "Olika nummer som kan vara det, men också något annat: {kinds}. De står i: {columns}. Ingenting av filen har sparats.",
            "Different numbers that may be, but may also be something else: {kinds}. They stand in: {columns}. Nothing of the file was kept.",
        ),
        Text(
            "Se efter i filen. Är det något annat: säg det, och skicka filen igen.",
            "Look in the file. If they are something else, say so and send the file again.",
        ),
        answer=AnswerKind.NOT_IDENTITY,
        stops=True,
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
