"""Findings about answers to what an export's columns and cells are: ``LAY``."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

LAYOUTS = (
    FindingEntry(
        "LAY-001", Severity.ERROR, Stage.DELIVERY, Scope.COLUMN,
        Text("Ett svar saknas: {what}", "An answer is missing: {what}"),
        Text("Ni har inte svarat på vad {what} är.", "You have not answered what {what} is."),
        Text("Välj ett av svaren.", "Choose one of the answers."),
    ),
    FindingEntry(
        "LAY-002", Severity.ERROR, Stage.DELIVERY, Scope.COLUMN,
        Text("Flera kolumner har samma svar", "Several columns have the same answer"),
        Text(
            "Ni har valt samma för {headings}. En kolumn i taget kan vara det.",
            "You have chosen the same for {headings}. Only one column can be that.",
        ),
        Text("Behåll svaret för en av dem.", "Keep the answer for one of them."),
    ),
    FindingEntry(
        "LAY-003", Severity.ERROR, Stage.DELIVERY, Scope.COLUMN,
        Text("Svaret finns inte bland valen", "The answer is not among the choices"),
        Text(
            "{answer} är inget av det som {what} kan vara.", "{answer} is none of what {what} may be."
        ),
        Text("Välj ett av svaren på sidan.", "Choose one of the answers on the page."),
    ),
    FindingEntry(
        "LAY-004", Severity.ERROR, Stage.DELIVERY, Scope.COLUMN,
        Text("Två svar säger emot varandra: {what}", "Two answers contradict each other: {what}"),
        Text(
            "Ni har valt en kolumn för {what}, och svarat att ingen kolumn har det.",
            "You have chosen a column for {what}, and answered that no column has it.",
        ),
        Text("Ta bort det ena svaret.", "Take one of the answers away."),
    ),
    FindingEntry(
        "LAY-005", Severity.ERROR, Stage.DELIVERY, Scope.COLUMN,
        Text("Koden finns inte i kodlistan", "The code is not in the code list"),
        Text(
            "{answer} är ingen kod som {what} kan ha.", "{answer} is no code that {what} can have."
        ),
        Text("Välj en kod ur listan.", "Choose a code from the list."),
    ),
    FindingEntry(
        "LAY-006", Severity.ERROR, Stage.DELIVERY, Scope.COLUMN,
        Text("Det kan inte saknas i exporten", "The export cannot lack that"),
        Text(
            "Något av det som {what} kan vara skiljer raderna åt. Utan det vet ingen vad raderna gäller.",
            "Something that {what} may be tells the rows apart. Without it nobody knows what the rows are about.",
        ),
        Text(
            "Välj en kolumn för det, eller lägg till den i exporten.",
            "Choose a column for it, or add it to the export.",
        ),
    ),
    FindingEntry(
        "LAY-007", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Filen är ingen layout", "The file is not a layout"),
        Text(
            "Filen har inte formen layout/1, layout/2 eller layout/3. Felet finns vid {place}.",
            "The file is not of the form layout/1, layout/2 or layout/3. The fault is at {place}.",
        ),
        Text("Exportera layouten på nytt, och läs in den filen.", "Export the layout again, and read in that file."),
    ),
    FindingEntry(
        "LAY-008", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Layouten har ändrats efter exporten", "The layout was changed after it was exported"),
        Text(
            "Innehållet har inte den kontrollsumma som filen säger.", "The content does not have the hash that the file says."
        ),
        Text(
            "Exportera layouten på nytt. Svar ändras på sidan, där ändringen får ett skäl.",
            "Export the layout again. Answers are changed on the page, where the change is given a reason.",
        ),
    ),
    FindingEntry(
        "LAY-009", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Layouten gäller en annan modell", "The layout is for another model"),
        Text(
            "Layouten svarar för modellen {found}. Linjen levererar {expected}.",
            "The layout answers for the model {found}. The line delivers {expected}.",
        ),
        Text("Läs in den i en linje med samma modell.", "Read it in for a line with the same model."),
    ),
    FindingEntry(
        "LAY-010", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Källsystemet har redan en layout: {source}", "The source system has a layout already: {source}"),
        Text(
            "Linjen har redan svar för {source}, och filen ser inte ut som den exporten.",
            "The line has answers for {source} already, and the file does not look like that export.",
        ),
        Text("Ge den nya exporten ett annat namn.", "Give the new export another name."),
    ),
    FindingEntry(
        "LAY-011", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Layouten har ändrats sedan sidan öppnades", "The layout was changed since the page was opened"),
        Text(
            "Någon har svarat på samma export efter att ni öppnade sidan.",
            "Somebody has answered about the same export since you opened the page.",
        ),
        Text("Öppna sidan på nytt och svara på det som är kvar.", "Open the page again and answer what is left."),
    ),
    FindingEntry(
        "LAY-012", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Layouterna är för många", "The layouts are too many"),
        Text("Linjen har redan {most} av dem.", "The line has {most} of them already."),
        Text("Ändra en som finns.", "Change one that is there."),
    ),
    FindingEntry(
        "LAY-013", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Ändringen behöver ett skäl", "The change needs a reason"),
        Text(
            "Ett ändrat svar är ett brott i serien, och den som läser siffrorna ska få veta varför.",
            "A changed answer is a break in the series, and who reads the figures is to know why.",
        ),
        Text("Välj slag och skriv ett skäl.", "Choose the kind and write a reason."),
    ),
    FindingEntry(
        "LAY-014", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Det är ingen rad som kan ha rubrikerna", "No such row can have the headings"),
        Text(
            "Raden anges som ett heltal från 1 till och med {most}, så som kalkylprogrammet räknar rader.",
            "The row is told as a whole number from 1 to {most}, as the spreadsheet counts rows.",
        ),
        Text("Skriv numret på raden som rubrikerna står i.", "Write the number of the row that the headings are in."),
    ),
    FindingEntry(
        "LAY-016", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Det är inte sagt var svaren ska sparas", "It is not said where the answers are kept"),
        Text(
            "Filen liknar exporten {source} men saknar kolumner som den har. Är den samma export, eller en annan?",
            "The file is like the export {source} but lacks columns that it has. Is it the same export, or another?",
        ),
        Text(
            "Välj längst ner om svaren läggs till där, eller sparas som en ny export.",
            "Choose at the bottom whether the answers are added there, or kept as a new export.",
        ),
    ),
    FindingEntry(
        "LAY-015", Severity.ERROR, Stage.DELIVERY, Scope.FILE,
        Text("Perioden saknas eller kan inte läsas", "The period is missing or cannot be read"),
        Text(
            "{headings} säger bara en del av perioden. För dagar behövs år och månad, för månader ett år.",
            "{headings} say only a part of the period. Days need a year and a month, months a year.",
        ),
        Text(
            "Välj ett av förslagen, eller skriv till exempel 2026-03 för dagar och 2026 för månader.",
            "Choose one of the proposals, or write for example 2026-03 for days and 2026 for months.",
        ),
    ),
)  # fmt: skip
