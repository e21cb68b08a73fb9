"""Findings about headings, columns and rows: ``STR``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

STRUCTURE = (
    FindingEntry(
        "STR-001", Severity.ERROR, Stage.STRUCTURE, Scope.FILE,
        Text("Ingen rubrikrad hittades", "No header row was found"),
        Text(
            "Ingen av de första raderna har modellens rubriker. De som väntas är: {expected}.",
            "None of the first rows has the model's headings. Those expected are: {expected}.",
        ),
        Text(
            "Lägg till en rubrikrad, eller börja från modellens mall.",
            "Add a header row, or start from the model's template.",
        ),
        looks_for=Text("rubrikraden finns", "the header row is there"),
    ),
    FindingEntry(
        "STR-002", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text(
            "{count:En kolumn hör|Kolumner hör} inte till modellen",
            "{count:A column does|Columns do} not belong to the model",
        ),
        Text(
            "{count:Kolumnen|Kolumnerna} {headings} lästes inte in. {count:Den|De} finns kvar i originalfilen.",
            "The {count:column|columns} {headings} {count:was|were} not read in. {count:It stays|They stay} in the original file.",
        ),
        Text(
            "Ta bort {count:den om den|dem om de} inte ska lämna regionen.",
            "Remove {count:it if it|them if they} should not leave the region.",
        ),
        looks_for=Text("inga kolumner utanför modellen", "no columns that the model does not have"),
    ),
    FindingEntry(
        "STR-003", Severity.ERROR, Stage.STRUCTURE, Scope.COLUMN,
        Text("Flera kolumner är samma: {element}", "Several columns are the same: {element}"),
        Text(
            "{count} kolumner läses som {element}, och på någon rad säger de inte samma sak eller något som modellen inte känner till.",
            "{count} columns are read as {element}, and in some row they do not say the same, or something that the model does not know.",
        ),
        Text(
            "Behåll en av dem, eller rätta raderna så att de stämmer överens.", "Keep one of them, or mend the rows so that they agree."
        ),
        stops=True,
        looks_for=Text("ingen kolumn finns två gånger", "no column is there twice"),
    ),
    FindingEntry(
        "STR-004", Severity.ERROR, Stage.STRUCTURE, Scope.COLUMN,
        Text("En kolumn saknas: {element}", "A column is missing: {element}"),
        Text(
            "Ingen kolumn känns igen som {element}. Den får heta: {headings}.",
            "No column is recognised as {element}. It may be called: {headings}.",
        ),
        Text("Lägg till kolumnen, eller ge den en av rubrikerna.", "Add the column, or give it one of the headings."),
        stops=True,
        looks_for=Text("varje obligatorisk kolumn finns", "each required column is there"),
    ),
    FindingEntry(
        "STR-005", Severity.ERROR, Stage.STRUCTURE, Scope.COLUMN,
        Text("En rubrik är bara nästan rätt: {element}", "A heading is only nearly right: {element}"),
        Text(
            "Ingen kolumn heter som {element}, men en rubrik liknar. Den får heta: {headings}.",
            "No column is called as {element} is, but a heading is close. It may be called: {headings}.",
        ),
        Text("Rätta rubriken, eller ta bort kolumnen.", "Mend the heading, or remove the column."),
        stops=True,
        looks_for=Text("ingen rubrik är bara nästan rätt", "no heading is only nearly right"),
    ),
    FindingEntry(
        "STR-006", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("En rubrik lästes utan prickar och ringar", "A heading was read without its accents"),
        Text(
            "Rubriken lästes som {element} fast å, ä eller ö skiljer.",
            "The heading was read as {element} although å, ä or ö differ.",
        ),
        Text(
            "Kontrollera i förhandsvisningen att det är rätt kolumn.",
            "Check in the preview that it is the right column.",
        ),
        looks_for=Text("rubrikerna har sina prickar och ringar", "the headings have their accents"),
    ),
    FindingEntry(
        "STR-007", Severity.ERROR, Stage.STRUCTURE, Scope.COLUMN,
        Text("En rubrik kan betyda flera saker", "A heading may mean several things"),
        Text(
            "Rubriken {heading} kan vara {elements}. Registret gissar inte.",
            "The heading {heading} may be {elements}. The registry does not guess.",
        ),
        Text(
            "Skriv rubriken så att den bara kan betyda en sak.", "Write the heading so that it can mean only one thing."
        ),
        stops=True,
        looks_for=Text("varje rubrik betyder en sak", "each heading means one thing"),
    ),
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
        "STR-009", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Datum lästes med dagen först", "Dates were read with the day first"),
        Text(
            "Datum som kunde ha haft månaden först: {rows}. De lästes som dag, månad, år.",
            "Dates that could have had the month first: {rows}. They were read as day, month, year.",
        ),
        Text("Skriv hellre 2026-10-01.", "Better write 2026-10-01."),
        looks_for=Text("datum med dagen först", "dates with the day first"),
    ),
    FindingEntry(
        "STR-015", Severity.QUESTION, Stage.STRUCTURE, Scope.COLUMN,
        Text("Datum kan läsas på två sätt: {element}", "Dates can be read in two ways: {element}"),
        Text(
            "Celler där både dagen och månaden kan stå först: {rows}. Inget annat i kolumnen avgör det, och registret gissar inte.",
            "Cells where either the day or the month may stand first: {rows}. Nothing else in the column settles it, and the "
            "registry does not guess.",
        ),
        Text(
            "Svara hur de är skrivna, eller skriv dem som 2018-02-01 eller 2018-02 i filen.",
            "Say how they are written, or write them as 2018-02-01 or 2018-02 in the file.",
        ),
        answer=AnswerKind.DATE_ORDER,
        looks_for=Text("datum som kan läsas på två sätt", "dates that can be read in two ways"),
    ),
    FindingEntry(
        "STR-016", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Datum lästes med månaden först", "Dates were read with the month first"),
        Text(
            "Datum som kunde ha haft dagen först: {rows}. De lästes som månad, dag, år.",
            "Dates that could have had the day first: {rows}. They were read as month, day, year.",
        ),
        Text("Skriv hellre 2026-10-01.", "Better write 2026-10-01."),
        looks_for=Text("datum med månaden först", "dates with the month first"),
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
        "STR-010", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("En kolumn saknar rubrik", "A column has no heading"),
        Text(
            "Kolumnen har värden men ingen rubrik och lästes inte in.",
            "The column has values but no heading and was not read in.",
        ),
        Text(
            "Ge den en rubrik om den hör dit, annars ta bort den.",
            "Give it a heading if it belongs, otherwise remove it.",
        ),
        looks_for=Text("varje kolumn har en rubrik", "each column has a heading"),
    ),
    FindingEntry(
        "STR-011", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Tal lästes som datum", "Numbers were read as dates"),
        Text(
            "Celler i en datumkolumn med kalkylprogrammets löpande dagsnummer: {rows}. De lästes som datum.",
            "Cells in a date column with the spreadsheet's serial day numbers: {rows}. They were read as dates.",
        ),
        Text("Kontrollera datumen i förhandsvisningen.", "Check the dates in the preview."),
        looks_for=Text("datum som kalkylprogrammets dagsnummer", "dates as serial day numbers"),
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
        "STR-014", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Två kolumner säger samma sak", "Two columns say the same thing"),
        Text(
            "{count} kolumner är kod och namn för {element}. De stämmer överens på varje rad.",
            "{count} columns are the code and the name of {element}. They agree on every row.",
        ),
        Text("Inget behöver göras.", "Nothing needs to be done."),
        looks_for=Text("kod och namn i var sin kolumn", "a code and its name in a column each"),
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
        "STR-022", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Tider med tidszon lästes som svensk tid", "Times with a time zone were read as Swedish time"),
        Text(
            "{rows} {rows:cell|celler} i {element} har en tidszon. Dagen är den som det då är i Sverige: 2026-10-01T23:00Z är den "
            "2 oktober.",
            "{rows} {rows:cell|cells} of {element} {rows:has|have} a time zone. The day is the one that it then is in Sweden: "
            "2026-10-01T23:00Z is 2 October.",
        ),
        Text(
            "Kontrollera dagarna. Skriv hellre svensk tid utan tidszon, eller bara dagen.",
            "Check the days. Better write Swedish time without a zone, or the day alone.",
        ),
        looks_for=Text("tider med tidszon", "times with a time zone"),
    ),
    FindingEntry(
        "STR-023", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("24:00 lästes som slutet av dagen", "24:00 was read as the end of the day"),
        Text(
            "{rows} {rows:cell|celler} i {element} har klockslaget 24:00. Dagen är den som står där.",
            "{rows} {rows:cell|cells} of {element} {rows:has|have} the time 24:00. The day is the one that is written.",
        ),
        Text(
            "Menar ni början av nästa dag: skriv den dagen med 00:00.",
            "If you mean the beginning of the next day: write that day with 00:00.",
        ),
        looks_for=Text("klockslaget 24:00", "the time 24:00"),
    ),
    FindingEntry(
        "STR-024", Severity.ERROR, Stage.STRUCTURE, Scope.COLUMN,
        Text("En kolumn saknas: {element}", "A column is missing: {element}"),
        Text(
            "Ingen kolumn känns igen som {element}. Den får heta: {headings}.",
            "No column is recognised as {element}. It may be called: {headings}.",
        ),
        Text(
            "Lägg till kolumnen, eller ge den en av rubrikerna. En fil som rättar enstaka rader får sakna den.",
            "Add the column, or give it one of the headings. A file that corrects single rows may lack it.",
        ),
        is_waived_by_correction=True,
        looks_for=Text("varje kolumn finns, utom där filen rättar", "each column is there, except where the file corrects"),
    ),
    FindingEntry(
        "STR-025", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Kolumner som inte rättas", "Columns that are not corrected"),
        Text(
            "Filen har inte {elements}. Det som har levererats där står kvar.",
            "The file does not have {elements}. What has been delivered there stays.",
        ),
        Text("Inget behöver göras om det stämmer.", "Nothing needs to be done if that is right."),
    ),
    FindingEntry(
        "STR-026", Severity.ERROR, Stage.STRUCTURE, Scope.COLUMN,
        Text("En rubrik har förvanskade tecken", "A heading has garbled characters"),
        Text(
            "Rubriken «{heading}» är {element}, läst i fel teckenkodning någonstans på vägen hit. Namn i raderna kan vara "
            "förvanskade på samma sätt.",
            "The heading “{heading}” is {element}, read in the wrong encoding somewhere on its way here. Names in the rows may be "
            "garbled in the same way.",
        ),
        Text(
            "Ta ut filen på nytt ur systemet och spara den som CSV UTF-8 eller XLSX. Frågar kalkylprogrammet vid öppningen: välj "
            "den teckenkodning som visar å, ä och ö rätt.",
            "Take the file out of the system again and save it as CSV UTF-8 or XLSX. If the spreadsheet asks when it opens the "
            "file: choose the encoding that shows å, ä and ö right.",
        ),
        stops=True,
        looks_for=Text("inga förvanskade tecken i rubrikerna", "no garbled characters in the headings"),
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
        "STR-029", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Dagar lästes ur en ovanlig form", "Days were read from an unusual form"),
        Text(
            "{rows} {rows:cell|celler} i {element} har tvåsiffrigt år efter månadens namn (01-OCT-26: 1 oktober 2026), veckodag i en "
            "vecka (2026-W40-4), sekunder sedan 1970 (räknas om till svensk tid) eller AM och PM.",
            "{rows} {rows:cell|cells} of {element} {rows:has|have} a year of two digits after the name of the month (01-OCT-26: 1 "
            "October 2026), a day of a week (2026-W40-4), seconds since 1970 (converted to Swedish time) or AM and PM.",
        ),
        Text(
            "Kontrollera dagarna i förhandsvisningen. Skriv hellre 2026-10-01.",
            "Check the days in the preview. Better write 2026-10-01.",
        ),
        looks_for=Text("dagar i ovanlig form", "days in an unusual form"),
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
    FindingEntry(
        "STR-035", Severity.ERROR, Stage.STRUCTURE, Scope.FILE,
        Text("Rubrikerna står i en enda cell", "The headings are all in one cell"),
        Text(
            "Rad {row} har modellens rubriker med {between} mellan sig, men raden är inte delad i celler. Så blir det när citattecken "
            "står kring hela raden, när filens första rad (sep=) säger ett annat skiljetecken, eller när en textfil har öppnats som en "
            "enda kolumn.",
            "Row {row} has the model's headings with {between} between them, but the row is not divided into cells. That happens when "
            "quotation marks are around the whole line, when the first line of the file (sep=) says another separator, or when a text "
            "file was opened as a single column.",
        ),
        Text(
            "Ta ut filen på nytt som XLSX, eller dela kolumnen i kalkylprogrammet (Data, Text till kolumner) och spara den som XLSX.",
            "Take the file out again as XLSX, or divide the column in the spreadsheet (Data, Text to Columns) and save it as XLSX.",
        ),
        looks_for=Text("rubrikerna står i var sin cell", "each heading is in a cell of its own"),
    ),
)  # fmt: skip
