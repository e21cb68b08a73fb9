"""Findings about rows, cells and the names in them: ``STR``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

ROWS = (
    FindingEntry(
        "STR-008", Severity.ERROR, Stage.STRUCTURE, Scope.CELL,
        Text("Celler bland raderna är sammanslagna", "Cells among the rows are merged"),
        Text(
            "Sammanslagna områden bland uppgifterna: {count}. Bara den första cellen i ett område har ett värde.",
            "Merged areas among the figures: {count}. Only the first cell of an area has a value.",
        ),
        Text("Dela cellerna och fyll i varje rad.", "Split the cells and fill in every row."),
        looks_for=Text("inga sammanslagna celler", "no merged cells"),
    ),
    FindingEntry(
        "STR-017", Severity.ERROR, Stage.STRUCTURE, Scope.COLUMN,
        Text("{label} verkar stå en gång för flera rader", "{label} seems to be written once for several rows"),
        Text(
            "Rader utan {label}: {count}. Namnet ovanför ser ut att gälla dem också, men registret gissar inte.",
            "Rows without {label}: {count}. The name above seems to hold for them too, but the registry does not guess.",
        ),
        Text(
            "Fyll i cellen på varje rad. I Excel: markera kolumnens celler, välj Gå till special, Tomma celler, skriv = och "
            "uppåtpil, avsluta med Ctrl+Enter, och klistra sedan in kolumnen som värden.",
            "Fill in the cell on every row. In Excel: select the column's cells, choose Go To Special, Blanks, type = and the "
            "up arrow, end with Ctrl+Enter, and then paste the column as values.",
        ),
    ),
    FindingEntry(
        "STR-012", Severity.ERROR, Stage.STRUCTURE, Scope.FILE,
        Text("Det finns inga rader under rubriken", "There are no rows under the header"),
        Text("Rubrikraden hittades, men inga uppgifter under den.", "The header was found, but no figures under it."),
        Text("Kontrollera att rätt fil eller blad valdes.", "Check that the right file or sheet was chosen."),
        stops=True,
        looks_for=Text("det finns rader under rubriken", "there are rows under the header"),
    ),
    FindingEntry(
        "STR-013", Severity.INFO, Stage.STRUCTURE, Scope.ROW,
        Text(
            "{count:En rad lästes som anmärkning|Rader lästes som anmärkningar}",
            "{count:A row was read as a note|Rows were read as notes}",
        ),
        Text(
            "Rader med bara text vid sidan av uppgifterna, som upprepar rubriken, eller med medelvärden och liknande: {count}. De lästes "
            "inte in.",
            "Rows with only text beside the figures, that repeat the header, or with means and the like: {count}. They were not read in.",
        ),
        Text("Kontrollera att ingen av dem är en uppgift.", "Check that none of them is a figure."),
        looks_for=Text("rader som är anmärkningar", "rows that are notes"),
    ),
    FindingEntry(
        "STR-018", Severity.ERROR, Stage.STRUCTURE, Scope.ROW,
        Text("Decimalkomman har delat tal i två celler", "Decimal commas have split numbers into two cells"),
        Text(
            "Filen är kommaseparerad, och tal med decimalkomma har delats. Rubriken har {header} celler. "
            "{count} {count:rad|rader} har {cells}.",
            "The file is comma-separated, and numbers with a decimal comma were split. The header has {header} cells. "
            "{count} {count:row has|rows have} {cells}.",
        ),
        Text(
            "Spara filen som CSV med semikolon, eller som XLSX. Måste den ha komma mellan cellerna: skriv talen med "
            "decimalpunkt eller inom citattecken.",
            "Save the file as CSV with semicolons, or as XLSX. If it must have commas between the cells: write the numbers with "
            "a decimal point or within quotation marks.",
        ),
        stops=True,
        looks_for=Text("inga tal är delade av decimalkomma", "no numbers are split by decimal commas"),
    ),
    FindingEntry(
        "STR-019", Severity.ERROR, Stage.STRUCTURE, Scope.ROW,
        Text(
            "{count:En rad har|Rader har} fler celler än rubriken", "{count:A row has|Rows have} more cells than the header"
        ),
        Text(
            "Rubriken har {header} celler. {count} {count:rad|rader} har {cells}. Celler utan rubrik går inte att läsa in, och de "
            "andra kan stå under fel rubrik.",
            "The header has {header} cells. {count} {count:row has|rows have} {cells}. Cells without a heading cannot be read in, and the "
            "others may be under the wrong heading.",
        ),
        Text(
            "Rätta raderna: en cell för varje rubrik, och citattecken kring en text som har skiljetecknet i sig. Börjar varje rad med "
            "ett radnummer utan rubrik (så skriver R): ta bort det, eller ge det en rubrik.",
            "Mend the rows: one cell for each heading, and quotation marks around a text that has the separator in it. If each row begins "
            "with a row number without a heading (as R writes them): remove it, or give it a heading.",
        ),
        looks_for=Text("ingen rad har fler celler än rubriken", "no row has more cells than the header"),
    ),
    FindingEntry(
        "STR-020", Severity.ERROR, Stage.STRUCTURE, Scope.ROW,
        Text(
            "{count:En rad har|Rader har} färre celler än rubriken",
            "{count:A row has|Rows have} fewer cells than the header",
        ),
        Text(
            "Rubriken har {header} celler. {count} {count:rad|rader} har {cells}. Saknas en cell mitt i raden står de andra under "
            "fel rubrik.",
            "The header has {header} cells. {count} {count:row has|rows have} {cells}. If a cell is missing in the middle of a row, the "
            "others are under the wrong heading.",
        ),
        Text(
            "Rätta raderna. Är de sista cellerna tomma: skriv ut skiljetecknen efter dem.",
            "Mend the rows. If the last cells are empty: write the separators after them.",
        ),
        looks_for=Text("ingen rad har färre celler än rubriken", "no row has fewer cells than the header"),
    ),
    FindingEntry(
        "STR-021", Severity.WARNING, Stage.STRUCTURE, Scope.CELL,
        Text(
            "{cells:En cell har|Celler har} radbrytningar eller skiljetecken i sig",
            "{cells:A cell has|Cells have} line breaks or separators in {cells:it|them}",
        ),
        Text(
            "Celler: {cells}. Filen har {lines} {lines:rad|rader} text och lästes som {records} {records:post|poster}. Ett citattecken på fel plats kan ha "
            "gjort flera rader till en cell (↵ visar radbrytningar).",
            "Cells: {cells}. The file has {lines} {lines:line|lines} of text and was read as {records} {records:record|records}. A quotation mark in the wrong "
            "place may have made a cell of several rows (↵ shows line breaks).",
        ),
        Text(
            "Rätta citattecknen i filen, eller förklara att texten hör till cellen.",
            "Mend the quotation marks in the file, or explain that the text belongs to the cell.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("inga radbrytningar eller skiljetecken i cellerna", "no line breaks or separators in the cells"),
    ),
    FindingEntry(
        "STR-027", Severity.ERROR, Stage.STRUCTURE, Scope.CELL,
        Text(
            "{count:Ett tal|Tal} i {element} kan läsas på två sätt", "{count:A number|Numbers} in {element} can be read in two ways"
        ),
        Text(
            "Tecknet före de tre sista siffrorna kan skilja tusental eller decimaler åt: 1,000 är ett tusen i engelska "
            "kalkylprogram, och ett i svenska. Registret gissar inte.",
            "The sign before the last three digits can part thousands or decimals: 1,000 is one thousand in English spreadsheets, "
            "and one in Swedish ones. The registry does not guess.",
        ),
        Text(
            "Skriv tusental utan tecken eller med mellanslag (1000), och hela tal utan decimaler (1).",
            "Write thousands without a sign or with a space (1000), and whole numbers without decimals (1).",
        ),
        looks_for=Text("tal som kan läsas på två sätt", "numbers that can be read in two ways"),
    ),
    FindingEntry(
        "STR-028", Severity.WARNING, Stage.STRUCTURE, Scope.UNIT,
        Text(
            "{count:En rad heter som en summa men lästes|Rader heter som summor men lästes} in",
            "{count:A row is called a sum but was|Rows are called sums but were} read in",
        ),
        Text(
            "Rader som heter som en summa, har hela nyckeln och inte är vad andra rader blir tillsammans: {count}. De räknas med "
            "som egna enheter.",
            "Rows that are called sums, have all of the key and are not what other rows add up to: {count}. They count as units of "
            "their own.",
        ),
        Text(
            "Är det en enhet som heter så: skriv det. Är det en summa: ta bort raden, eller rätta den så att den stämmer.",
            "If a unit is called that, write so. If it is a sum, remove the row, or mend it so that it adds up.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("inga enheter som heter som summor", "no units that are called sums"),
    ),
    FindingEntry(
        "STR-030", Severity.ERROR, Stage.ROWS, Scope.CELL,
        Text("{label} ser ut som {looks}", "{label} looks like {looks}"),
        Text("Celler: {count}. {why}", "Cells: {count}. {why}"),
        Text("{advice}", "{advice}"),
    ),
    FindingEntry(
        "STR-031", Severity.WARNING, Stage.CONSISTENCY, Scope.UNIT,
        Text(
            "{count:En rad verkar vara en summa av de andra|Rader verkar vara summor av de andra}: {label}",
            "{count:A row seems to be a sum of the others|Rows seem to be sums of the others}: {label}",
        ),
        Text(
            "Namn vars alla tal är vad de andra raderna för samma period blir tillsammans: {count}. Är de summor räknas allt två "
            "gånger.",
            "Names whose figures are all what the other rows for the same period add up to: {count}. If they are sums, everything "
            "counts twice.",
        ),
        Text(
            "Ta bort raderna om de är summor: registret räknar själv. Är de egna enheter: skriv det.",
            "Remove the rows if they are sums: the registry adds up by itself. If they are units of their own, write so.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("inga summor under andra namn", "no sums under other names"),
    ),
    FindingEntry(
        "STR-032", Severity.WARNING, Stage.ROWS, Scope.UNIT,
        Text("{label} har förvanskade tecken", "{label} has garbled characters"),
        Text(
            "Namn som har lästs i fel teckenkodning, eller kommer från en webbsida: {written} är nog {meant}. Celler: {count}.",
            "Names that were read in the wrong encoding, or come from a web page: {written} is probably {meant}. Cells: {count}.",
        ),
        Text(
            "Ta ut filen på nytt och spara den som CSV UTF-8 eller XLSX. Ska namnet vara så: skriv det.",
            "Take the file out again and save it as CSV UTF-8 or XLSX. If the name is to be like that, write so.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("inga förvanskade namn", "no garbled names"),
    ),
    FindingEntry(
        "STR-033", Severity.WARNING, Stage.CONSISTENCY, Scope.UNIT,
        Text("Namn som nästan är lika: {label}", "Names that are nearly alike: {label}"),
        Text(
            "Namn som bara skiljer sig i stora och små bokstäver, mellanslag eller bindestreck räknas som olika enheter: {names}. "
            "Sådana namn: {count}.",
            "Names that differ by case, spaces or hyphens alone count as different units: {names}. Such names: {count}.",
        ),
        Text(
            "Skriv enheten på ett sätt i hela filen. Är det olika enheter: skriv det.",
            "Write the unit in one way in the whole file. If they are different units, write so.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("inga namn som nästan är lika", "no names that are nearly alike"),
    ),
    FindingEntry(
        "STR-034", Severity.WARNING, Stage.CONSISTENCY, Scope.UNIT,
        Text("{label} heter som ett medelvärde eller liknande", "{label} is called a mean or the like"),
        Text(
            "Rader som heter som medelvärden, medianer, minsta eller största värden: {count}. De räknas med som egna enheter.",
            "Rows that are called means, medians, least or greatest values: {count}. They count as units of their own.",
        ),
        Text(
            "Ta bort raderna: registret räknar själv. Heter en enhet så: skriv det.",
            "Remove the rows: the registry computes by itself. If a unit is called that, write so.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("inga medelvärden bland raderna", "no means among the rows"),
    ),
)  # fmt: skip
