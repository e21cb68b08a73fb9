"""Findings about the file as such, and about identity numbers in it: ``FIL`` and ``PER``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

FILE = (
    FindingEntry(
        "FIL-001", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen är tom", "The file is empty"),
        Text("Det finns ingenting i filen.", "There is nothing in the file."),
        Text("Kontrollera att rätt fil sparades och valdes.", "Check that the right file was saved and chosen."),
        stops=True,
        looks_for=Text("filen är inte tom", "the file is not empty"),
    ),
    FindingEntry(
        "FIL-002", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen är för stor", "The file is too large"),
        Text("Filen är större än {megabytes} MB.", "The file is larger than {megabytes} MB."),
        Text("Dela upp leveransen, till exempel månad för månad.", "Split the delivery, for example month by month."),
        stops=True,
        looks_for=Text("filen är inte för stor", "the file is not too large"),
    ),
    FindingEntry(
        "FIL-003", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Namnet och innehållet stämmer inte överens", "The name and the content do not agree"),
        Text(
            "Filen heter .{promised} men innehållet är {found}.",
            "The file is called .{promised} but its content is {found}.",
        ),
        Text(
            "Spara om filen i det format som namnet säger. Att bara byta namn på den räcker inte. Ett program som sänder den anger "
            "rätt Content-Type eller format.",
            "Save the file again in the format that its name says. Renaming it is not enough. A program that sends it states "
            "the right Content-Type or format.",
        ),
        stops=True,
        looks_for=Text("namnet och innehållet stämmer överens", "the name and the content agree"),
    ),
    FindingEntry(
        "FIL-004", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filtypen kan inte läsas", "The file type cannot be read"),
        Text(
            "Innehållet känns igen som {what}. Registret läser CSV, XLSX utan lösenord, JSON, NDJSON och Parquet.",
            "The content looks like {what}. The registry reads CSV, XLSX without a password, JSON, NDJSON and Parquet.",
        ),
        Text("{advice}", "{advice}"),
        stops=True,
        looks_for=Text("filtypen går att läsa", "the file type can be read"),
    ),
    FindingEntry(
        "FIL-005", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen packas upp till något orimligt stort", "The file unpacks to something unreasonably large"),
        Text(
            "Uppackningen avbröts. Gränsen är {megabytes} MB uppackat, {ratio} gånger filens storlek och {parts} delar.",
            "Unpacking was stopped. The limit is {megabytes} MB unpacked, {ratio} times the file's size and {parts} parts.",
        ),
        Text(
            "Kopiera värdena till en ny arbetsbok och spara den, eller spara bladet som CSV.",
            "Copy the values to a new workbook and save it, or save the sheet as CSV.",
        ),
        stops=True,
        looks_for=Text("filen packas upp till rimlig storlek", "the file unpacks to a reasonable size"),
    ),
    FindingEntry(
        "FIL-006", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen är skadad", "The file is damaged"),
        Text(
            "Filen börjar som den ska men kan inte läsas till slut.",
            "The file begins as it should but cannot be read to its end.",
        ),
        Text("Öppna filen och spara den på nytt.", "Open the file and save it again."),
        stops=True,
        looks_for=Text("filen är hel", "the file is whole"),
    ),
    FindingEntry(
        "FIL-007", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen har osäker XML", "The file holds unsafe XML"),
        Text(
            "Arbetsboken innehåller en dokumenttyp eller entiteter, vilket inget kalkylprogram skriver.",
            "The workbook holds a document type or entities, which no spreadsheet program writes.",
        ),
        Text("Kopiera värdena till en ny arbetsbok och spara den.", "Copy the values to a new workbook and save it."),
        stops=True,
        looks_for=Text("ingen osäker XML", "no unsafe XML"),
    ),
    FindingEntry(
        "FIL-008", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen har makron eller inbäddade objekt", "The file holds macros or embedded objects"),
        Text(
            "Delar som är program, inbäddade filer eller länkar till andra arbetsböcker: {count_parts}. De kan inte kontrolleras.",
            "Parts that are programs, embedded files or links to other workbooks: {count_parts}. They cannot be checked.",
        ),
        Text(
            "Kopiera värdena till en ny arbetsbok och spara den som XLSX utan makron.",
            "Copy the values to a new workbook and save it as XLSX without macros.",
        ),
        looks_for=Text("inga makron eller inbäddade objekt", "no macros or embedded objects"),
    ),
    FindingEntry(
        "FIL-009", Severity.ERROR, Stage.FILE, Scope.CELL,
        Text(
            "{count:En cell räknas ut med en formel|Celler räknas ut med formler}",
            "{count:A cell is computed by a formula|Cells are computed by formulas}",
        ),
        Text(
            "Celler med formler bland raderna: {formulas}. Det värde som syns kan vara ett gammalt resultat.",
            "Cells with formulas among the rows: {formulas}. The value that shows may be an old result.",
        ),
        Text(
            "Markera cellerna, kopiera, och klistra in som värden. Formler i summarader får stå kvar.",
            "Select the cells, copy, and paste as values. Formulas in sum rows may stay.",
        ),
        looks_for=Text("inga formler bland raderna", "no formulas among the rows"),
    ),
    FindingEntry(
        "FIL-010", Severity.INFO, Stage.FILE, Scope.FILE,
        Text(
            "Filen har {count:ett dolt blad|dolda blad}", "The file has {count:a hidden sheet|hidden sheets}"
        ),
        Text(
            "Dolda blad med innehåll: {count}. De läses inte in som uppgifter men följer med i originalfilen.",
            "Hidden sheets that hold something: {count}. They are not read as figures but go along in the original file.",
        ),
        Text("Ta bort bladen om de inte ska lämna regionen.", "Remove the sheets if they should not leave the region."),
        looks_for=Text("inga dolda blad", "no hidden sheets"),
    ),
    FindingEntry(
        "FIL-011", Severity.INFO, Stage.FILE, Scope.ROW,
        Text(
            "{count:En summarad|Summarader} lästes inte in",
            "{count:A sum row was|Sum rows were} not read in",
        ),
        Text(
            "Summarader: {count}. Registret räknar själv. Jämförda celler: {compared}, varav {differing} skiljer sig.",
            "Sum rows: {count}. The registry adds up by itself. Cells compared: {compared}, of which {differing} {differing:differs|differ}.",
        ),
        Text(
            "Summaraderna får stå kvar i filen. Celler som skiljer sig står i en egen varning.",
            "The sum rows may stay in the file. Cells that differ have a warning of their own.",
        ),
        looks_for=Text("summarader", "sum rows"),
    ),
    FindingEntry(
        "FIL-012", Severity.WARNING, Stage.FILE, Scope.CELL,
        Text(
            "{count:En summa|Summor} stämmer inte med raderna",
            "{count:A sum does|Sums do} not agree with the rows",
        ),
        Text(
            "Celler i summaraderna som visar något annat än vad raderna blir tillsammans: {count}.",
            "Cells in the sum rows that show something else than what the rows add up to: {count}.",
        ),
        Text(
            "Rätta raderna, eller förklara skillnaden (till exempel avrundning eller en enhet som inte redovisas).",
            "Mend the rows, or explain the difference (for example rounding, or a unit that is not listed).",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("summorna stämmer med raderna", "the sums agree with the rows"),
    ),
    FindingEntry(
        "FIL-013", Severity.WARNING, Stage.FILE, Scope.FILE,
        Text("Filen har {pictures:en bild|bilder}", "The file holds {pictures:a picture|pictures}"),
        Text(
            "Bilder i filen: {pictures}. Ingen kontroll kan läsa vad de visar.",
            "Pictures in the file: {pictures}. No check can read what they show.",
        ),
        Text("Ta bort bilderna, eller förklara vad de är.", "Remove the pictures, or explain what they are."),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("inga bilder", "no pictures"),
    ),
    FindingEntry(
        "FIL-014", Severity.INFO, Stage.FILE, Scope.FILE,
        Text("Filen har {count:en kommentar|kommentarer}", "The file has {count:a comment|comments}"),
        Text(
            "Celler med kommentarer: {count}. De läses inte in men följer med i originalfilen.",
            "Cells with comments: {count}. They are not read in but go along in the original file.",
        ),
        Text("Ta bort dem om de inte ska lämna regionen.", "Remove them if they should not leave the region."),
        looks_for=Text("inga kommentarer", "no comments"),
    ),
    FindingEntry(
        "FIL-015", Severity.INFO, Stage.FILE, Scope.FILE,
        Text("Texten lästes som Windows-1252", "The text was read as Windows-1252"),
        Text(
            "Filen är inte UTF-8. Den lästes med den teckenkodning som svenska Excel brukar spara i.",
            "The file is not UTF-8. It was read in the encoding that Swedish Excel usually saves in.",
        ),
        Text(
            "Kontrollera å, ä och ö i förhandsvisningen. Stämmer de behöver inget göras.",
            "Check å, ä and ö in the preview. If they are right, nothing needs to be done.",
        ),
        looks_for=Text("äldre teckenkodning", "an older encoding"),
    ),
    FindingEntry(
        "FIL-016", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Teckenkodningen går inte att läsa", "The text encoding cannot be read"),
        Text(
            "Filen är varken UTF-8, UTF-16 eller Windows-1252, eller blandar två av dem.",
            "The file is neither UTF-8, UTF-16 nor Windows-1252, or mixes two of them.",
        ),
        Text("Spara filen som CSV UTF-8 eller som XLSX.", "Save the file as CSV UTF-8 or as XLSX."),
        stops=True,
        looks_for=Text("teckenkodningen går att läsa", "the text encoding can be read"),
    ),
    FindingEntry(
        "FIL-017", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen har för många rader eller kolumner", "The file has too many rows or columns"),
        Text(
            "{size}En fil får ha högst {rows} rader, {columns} kolumner och {cells} celler.",
            "{size}A file may have at most {rows} rows, {columns} columns and {cells} cells.",
        ),
        Text(
            "Dela upp leveransen, till exempel månad för månad. Tomma formaterade celler räknas inte: ser bladet mindre ut står "
            "det något långt nedanför eller till höger om tabellen.",
            "Split the delivery, for example month by month. Empty formatted cells do not count: if the sheet looks smaller, "
            "something stands far below the table or to the right of it.",
        ),
        stops=True,
        looks_for=Text("inte för många rader eller kolumner", "not too many rows or columns"),
        absent={"size": Text("", "")},
    ),
    FindingEntry(
        "FIL-018", Severity.ERROR, Stage.FILE, Scope.ROW,
        Text(
            "Filen har {count:en summarad|summarader}, som modellen inte tar emot",
            "The file has {count:a sum row|sum rows}, which the model does not take",
        ),
        Text(
            "Summarader: {count}. Registret räknar själv ut summor.",
            "Sum rows: {count}. The registry adds up by itself.",
        ),
        Text("Ta bort raderna.", "Remove the rows."),
        looks_for=Text("inga summarader", "no sum rows"),
    ),
    # No longer given (reading has no deadline in wall time); deliveries from before may have it stored.
    FindingEntry(
        "FIL-019", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Läsningen tog för lång tid", "Reading took too long"),
        Text("Läsningen avbröts efter {seconds} sekunder.", "Reading was stopped after {seconds} seconds."),
        Text("Dela upp leveransen, eller spara bladet som CSV.", "Split the delivery, or save the sheet as CSV."),
    ),
    FindingEntry(
        "FIL-020", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Vilket blad gäller det?", "Which sheet is it?"),
        Text(
            "Blad med rätt rubriker: {count}. Registret gissar inte mellan dem.",
            "Sheets with the right headings: {count}. The registry does not guess between them.",
        ),
        Text("Välj blad.", "Choose a sheet."),
        answer=AnswerKind.SHEET,
        looks_for=Text("det är klart vilket blad som gäller", "it is known which sheet is meant"),
    ),
    FindingEntry(
        "FIL-021", Severity.INFO, Stage.FILE, Scope.FILE,
        Text("Filens egenskaper nämner personer", "The file's properties name people"),
        Text(
            "Egenskaper som är ifyllda: {properties}. De läses inte in men följer med i originalfilen.",
            "Properties that are filled in: {properties}. They are not read in but go along in the original file.",
        ),
        Text(
            "Ta bort dem i kalkylprogrammet om de inte ska lämna regionen.",
            "Remove them in the spreadsheet program if they should not leave the region.",
        ),
        looks_for=Text("inga personer i filens egenskaper", "no people in the file's properties"),
    ),
    FindingEntry(
        "FIL-022", Severity.WARNING, Stage.FILE, Scope.FILE,
        Text("Dolda rader eller kolumner lästes in", "Hidden rows or columns were read in"),
        Text(
            "Dolda rader eller kolumner bland uppgifterna: {count}. De lästes in.",
            "Hidden rows or columns among the figures: {count}. They were read in.",
        ),
        Text(
            "Visa dem och kontrollera, eller förklara att de ska vara med.",
            "Show them and check, or explain that they belong.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("inga dolda rader eller kolumner", "no hidden rows or columns"),
    ),
    FindingEntry(
        "FIL-023", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("En cell tar aldrig slut", "A cell never ends"),
        Text(
            "En cell är längre än någon uppgift kan vara, eller börjar med ett citattecken som aldrig stängs.",
            "A cell is longer than any figure can be, or begins with a quotation mark that is never closed.",
        ),
        Text(
            "Rätta citattecknet på raden, eller spara filen på nytt som CSV eller XLSX.",
            "Mend the quotation mark in the row, or save the file again as CSV or XLSX.",
        ),
        stops=True,
        looks_for=Text("varje citattecken stängs", "each quotation mark is closed"),
    ),
    FindingEntry(
        "FIL-030", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Arbetsboken är skadad", "The workbook is damaged"),
        Text(
            "Arbetsboken motsäger sig själv, vilket inget kalkylprogram skriver. {what}",
            "The workbook contradicts itself, as no spreadsheet program writes. {what}",
        ),
        Text(
            "Öppna filen i kalkylprogrammet och spara den på nytt, eller kopiera värdena till en ny arbetsbok.",
            "Open the file in the spreadsheet program and save it again, or copy the values to a new workbook.",
        ),
        "ECMA-376 del 1, 18.3.1 och 18.4",
        stops=True,
        looks_for=Text("arbetsboken är hel", "the workbook is whole"),
    ),
    FindingEntry(
        "FIL-031", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Arbetsboken har en främmande teckenkodning", "The workbook is in a strange encoding"),
        Text(
            "En del av arbetsboken säger att den är skriven i en teckenkodning som inget kalkylprogram använder.",
            "A part of the workbook says that it is written in an encoding that no spreadsheet program uses.",
        ),
        Text(
            "Öppna filen i kalkylprogrammet och spara den på nytt som XLSX, eller spara bladet som CSV UTF-8.",
            "Open the file in the spreadsheet program and save it again as XLSX, or save the sheet as CSV UTF-8.",
        ),
        "ECMA-376 del 2, 8.2",
        stops=True,
        looks_for=Text("arbetsbokens teckenkodning går att läsa", "the workbook's encoding can be read"),
    ),
    FindingEntry(
        "FIL-032", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen tar för mycket minne att läsa", "The file takes too much memory to read"),
        Text(
            "Läsningen avbröts vid {megabytes} MB minne, innan filen var genomsedd till slut.",
            "Reading was stopped at {megabytes} MB of memory, before the file was looked through to its end.",
        ),
        Text(
            "Kopiera värdena till en ny arbetsbok, spara bladet som CSV, eller dela upp leveransen.",
            "Copy the values to a new workbook, save the sheet as CSV, or split the delivery.",
        ),
        stops=True,
    ),
    FindingEntry(
        "FIL-033", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen tar för lång tid att läsa", "The file takes too long to read"),
        Text(
            "Läsningen avbröts: den tog mer av processorn än någon fil av den storleken ska behöva (högst {seconds} sekunder).",
            "Reading was stopped: it took more of the processor than any file of that size should need (at most {seconds} seconds).",
        ),
        Text(
            "Kopiera värdena till en ny arbetsbok, spara bladet som CSV, eller dela upp leveransen.",
            "Copy the values to a new workbook, save the sheet as CSV, or split the delivery.",
        ),
        stops=True,
    ),
    FindingEntry(
        "FIL-035", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen är för lång för att läsas rad för rad", "The file is too long to be read row by row"),
        Text(
            "I filen finns {why}. En sådan fil läses rad för rad, och får ha högst {rows} rader och {megabytes} MB.",
            "There are {why} in the file. Such a file is read row by row, and may have at most {rows} rows and {megabytes} MB.",
        ),
        Text(
            "Rätta det, så att alla rader under rubriken har lika många celler och inget annat än dem, eller dela upp leveransen.",
            "Mend it, so that all rows under the header have as many cells and nothing else, or split the delivery.",
        ),
        stops=True,
        looks_for=Text("en lång fil har likadana rader", "a long file has rows that are alike"),
    ),
    FindingEntry(
        "FIL-034", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen kunde inte läsas till slut", "The file could not be read to its end"),
        Text(
            "Det program som läste filen avbröts mitt i den. Inget annat påverkades.",
            "The program that read the file ended in the middle of it. Nothing else was affected.",
        ),
        Text(
            "Försök en gång till. Händer det igen: kopiera värdena till en ny arbetsbok, eller spara bladet som CSV.",
            "Try once more. If it happens again: copy the values to a new workbook, or save the sheet as CSV.",
        ),
        stops=True,
    ),
    FindingEntry(
        "FIL-036", Severity.INFO, Stage.FILE, Scope.FILE,
        Text("Texten lästes som {encoding}", "The text was read as {encoding}"),
        Text(
            "Å, ä och ö står som i en äldre teckenkodning, {encoding}, och filen lästes med den. Som UTF-8 eller Windows-1252 blir "
            "de andra tecken.",
            "Å, ä and ö are written as in an older encoding, {encoding}, and the file was read in it. As UTF-8 or Windows-1252 they "
            "are other characters.",
        ),
        Text(
            "Kontrollera rubriker och namn i förhandsvisningen. Stämmer de inte: spara filen som CSV UTF-8 eller som XLSX.",
            "Check headings and names in the preview. If they are not right: save the file as CSV UTF-8 or as XLSX.",
        ),
        looks_for=Text("teckenkodning från DOS eller äldre Macintosh", "an encoding of DOS or of older Macintoshes"),
    ),
    FindingEntry(
        "FIL-037", Severity.QUESTION, Stage.FILE, Scope.FILE,
        Text("Vilken teckenkodning är filen i?", "Which encoding is the file in?"),
        Text(
            "Filen är varken UTF-8 eller UTF-16, och inga rubriker eller koder med å, ä och ö säger vad den är i stället. Den lästes "
            "så länge som {encoding}.",
            "The file is neither UTF-8 nor UTF-16, and no headings or codes with å, ä and ö say what it is instead. For the time being "
            "it was read as {encoding}.",
        ),
        Text(
            "Välj den teckenkodning i vilken namnen är rätt.", "Choose the encoding in which the names are right."
        ),
        answer=AnswerKind.ENCODING,
        looks_for=Text("det är klart vilken teckenkodning texten har", "it is known which encoding the text is in"),
    ),
    FindingEntry(
        "FIL-038", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen är inte giltig JSON", "The file is not valid JSON"),
        Text("Läsningen kom till rad {line}. {what}", "Reading came to line {line}. {what}"),
        Text(
            "Skriv filen med ett bibliotek för JSON, i UTF-8. Är den avbruten: hämta eller skicka den på nytt.",
            "Write the file with a JSON library, in UTF-8. If it is cut: fetch or send it again.",
        ),
        "RFC 8259",
        stops=True,
        looks_for=Text("filen är giltig JSON", "the file is valid JSON"),
    ),
    FindingEntry(
        "FIL-039", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("JSON ska vara en lista med objekt", "JSON must be an array of objects"),
        Text(
            "Vid {at}: {what} En leverans är en lista med ett objekt per rad, eller NDJSON med ett objekt på varje rad.",
            "At {at}: {what} A delivery is an array of one object per row, or NDJSON with one object on each line.",
        ),
        Text(
            "Följ modellens JSON Schema, som finns att hämta på modellens sida.",
            "Follow the model's JSON Schema, which can be fetched from the model's page.",
        ),
        stops=True,
        looks_for=Text("JSON är en lista med objekt", "JSON is an array of objects"),
    ),
    FindingEntry(
        "FIL-040", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Filen har ett värde som ingen cell kan ha", "The file has a value that no cell can have"),
        Text("Vid {at}: {what}", "At {at}: {what}"),
        Text(
            "Skriv varje värde som en text, ett tal eller null. Det som inte är redovisat är null.",
            "Write each value as a text, a number or null. What is not reported is null.",
        ),
        stops=True,
        looks_for=Text("varje värde är en text, ett tal eller null", "each value is a text, a number or null"),
    ),
    FindingEntry(
        "FIL-041", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("Ett namn finns två gånger i samma objekt", "A name is there twice in one object"),
        Text(
            "Vid {at} finns {name} två gånger. Registret gissar inte vilket av värdena som gäller.",
            "At {at} there is {name} twice. The registry does not guess which of the values counts.",
        ),
        Text("Låt bara det ena stå kvar.", "Keep only one of them."),
        "RFC 8259, 4",
        stops=True,
        looks_for=Text("varje namn finns en gång i sitt objekt", "each name is there once in its object"),
    ),
    FindingEntry(
        "FIL-042", Severity.ERROR, Stage.FILE, Scope.FILE,
        Text("En kolumn i Parquet-filen har en typ som inte kan läsas", "A column of the Parquet file has a type that cannot be read"),
        Text(
            "Kolumnen {heading} har typen {type}. Registret läser texter, tal, sanningsvärden, dagar och tidpunkter.",
            "The column {heading} has the type {type}. The registry reads texts, numbers, truth values, days and moments.",
        ),
        Text(
            "Skriv kolumnen som en av dem, eller ta bort den. Listor och poster läses inte.",
            "Write the column as one of them, or remove it. Lists and records are not read.",
        ),
        stops=True,
        looks_for=Text("varje kolumn i Parquet-filen kan läsas", "each column of the Parquet file can be read"),
    ),
)  # fmt: skip
