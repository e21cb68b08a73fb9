"""Findings about headings and columns: ``STR``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

HEADINGS = (
    FindingEntry(
        "STR-001", Severity.ERROR, Stage.STRUCTURE, Scope.FILE,
        Text("Ingen rubrikrad hittades", "No header row was found"),
        Text(
            "Ingen av de första raderna har modellens rubriker. De som väntas är: {expected}.",
            "None of the first rows has the model's headings. Those expected are: {expected}.",
        ),
        Text(
            "Säg vilken rad rubrikerna står i, lägg till en rubrikrad, eller börja från modellens mall.",
            "Say which row the headings are in, add a header row, or start from the model's template.",
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
        "STR-005", Severity.QUESTION, Stage.STRUCTURE, Scope.COLUMN,
        Text("En rubrik är bara nästan rätt: {element}", "A heading is only nearly right: {element}"),
        Text(
            "Ingen kolumn heter som {element}, men en rubrik liknar. Den får heta: {headings}.",
            "No column is called as {element} is, but a heading is close. It may be called: {headings}.",
        ),
        Text(
            "Svara en gång på vad kolumnen är, eller rätta rubriken i filen.",
            "Answer once what the column is, or mend the heading in the file.",
        ),
        answer=AnswerKind.LAYOUT,
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
        "STR-007", Severity.QUESTION, Stage.STRUCTURE, Scope.COLUMN,
        Text("En rubrik kan betyda flera saker", "A heading may mean several things"),
        Text(
            "Rubriken {heading} kan vara {elements}. Registret gissar inte.",
            "The heading {heading} may be {elements}. The registry does not guess.",
        ),
        Text(
            "Svara en gång på vad kolumnen är, eller skriv rubriken så att den bara kan betyda en sak.",
            "Answer once what the column is, or write the heading so that it can mean only one thing.",
        ),
        answer=AnswerKind.LAYOUT,
        stops=True,
        looks_for=Text("varje rubrik betyder en sak", "each heading means one thing"),
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
        "STR-024", Severity.QUESTION, Stage.STRUCTURE, Scope.COLUMN,
        Text("En kolumn saknas: {element}", "A column is missing: {element}"),
        Text(
            "Ingen kolumn känns igen som {element}. Den får heta: {headings}.",
            "No column is recognised as {element}. It may be called: {headings}.",
        ),
        Text(
            "Svara en gång på vilken kolumn det är, eller att den inte finns i er export. En fil som rättar enstaka rader får sakna "
            "den.",
            "Answer once which column it is, or that it is not in your export. A file that corrects single rows may lack it.",
        ),
        answer=AnswerKind.LAYOUT,
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
        "STR-036", Severity.QUESTION, Stage.STRUCTURE, Scope.COLUMN,
        Text("Vilken kolumn är {element}?", "Which column is {element}?"),
        Text(
            "Ingen kolumn känns igen som {element}, som skiljer raderna åt. Den får heta: {headings}.",
            "No column is recognised as {element}, which tells the rows apart. It may be called: {headings}.",
        ),
        Text(
            "Svara en gång på vilken kolumn det är, eller vad den är på varje rad.",
            "Answer once which column it is, or what it is on every row.",
        ),
        answer=AnswerKind.LAYOUT,
        stops=True,
        looks_for=Text("det är känt vad varje rad gäller", "it is known what each row is about"),
    ),
    FindingEntry(
        "STR-037", Severity.QUESTION, Stage.STRUCTURE, Scope.COLUMN,
        Text("Vad är {heading}?", "What is {heading}?"),
        Text(
            "Det framgår inte av rubriken vad kolumnen är: vad som räknas under en period eller enhet, eller vilken del av en period den "
            "säger.",
            "The heading does not say what the column is: what is counted under a period or a unit, or which part of a period it names.",
        ),
        Text("Svara en gång på vad den är.", "Answer once what it is."),
        answer=AnswerKind.LAYOUT,
        stops=True,
        looks_for=Text("det är känt vad kolumner på bredden räknar", "it is known what columns across count"),
    ),
    FindingEntry(
        "STR-038", Severity.QUESTION, Stage.STRUCTURE, Scope.COLUMN,
        Text("Vad betyder namnen i {element}?", "What do the names in {element} mean?"),
        Text(
            "{count:En text|{count} texter} i {element} finns inte i kodlistan.",
            "{count:One text|{count} texts} in {element} {count:is|are} not in the code list.",
        ),
        Text(
            "Svara en gång på vilken kod som menas, eller rätta texten i filen.",
            "Answer once which code is meant, or mend the text in the file.",
        ),
        answer=AnswerKind.LAYOUT,
        looks_for=Text("varje namn har en kod", "each name has a code"),
    ),
    FindingEntry(
        "STR-039", Severity.QUESTION, Stage.STRUCTURE, Scope.COLUMN,
        Text("Vad gäller de tomma cellerna i {element}?", "What are the empty cells in {element} about?"),
        Text(
            "{cells} celler är tomma under den första i sin grupp.",
            "{cells} cells are empty under the first of their group.",
        ),
        Text(
            "Svara en gång på om de gäller samma som cellen ovanför.",
            "Answer once whether they are about the same as the cell above.",
        ),
        answer=AnswerKind.LAYOUT,
        looks_for=Text("namn som bara står på gruppens första rad", "names that are only in the first row of a group"),
    ),
    FindingEntry(
        "STR-040", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Nytt i exporten sedan ni svarade", "New in the export since you answered"),
        Text(
            "{headings} fanns inte när ni svarade på vad kolumnerna är, och lästes inte in.",
            "{headings} was not there when you answered what the columns are, and was not read in.",
        ),
        Text("Inget behöver göras om det stämmer.", "Nothing needs to be done if that is right."),
        looks_for=Text("exporten ser ut som när ni svarade", "the export looks as it did when you answered"),
    ),
    FindingEntry(
        "STR-041", Severity.INFO, Stage.STRUCTURE, Scope.FILE,
        Text("Finns inte i er export: {elements}", "Not in your export: {elements}"),
        Text(
            "Ni har svarat att {elements} inte finns i exporten. Varje rad lämnas som ej rapporterad där.",
            "You have answered that {elements} is not in the export. Each row is delivered as not reported there.",
        ),
        Text("Inget behöver göras om det stämmer.", "Nothing needs to be done if that is right."),
    ),
    FindingEntry(
        "STR-042", Severity.QUESTION, Stage.STRUCTURE, Scope.COLUMN,
        Text("Vad räknas {heading} i?", "What is {heading} counted in?"),
        Text(
            "Rubriken säger att talen kan vara annat än {element} räknade en och en: i tusental eller procent, till exempel.",
            "The heading says that the figures may be something else than {element} counted one by one: in thousands or per cent, say.",
        ),
        Text(
            "Svara en gång på vad talen ska gångras med, eller att de står som de är.",
            "Answer once what the figures are multiplied by, or that they stand as they are.",
        ),
        answer=AnswerKind.LAYOUT,
        stops=True,
        looks_for=Text("det är känt vad talen räknas i", "it is known what the figures are counted in"),
    ),
    FindingEntry(
        "STR-043", Severity.QUESTION, Stage.STRUCTURE, Scope.FILE,
        Text("Vilken period gäller {headings}?", "Which period are {headings} of?"),
        Text(
            "Rubriker eller celler säger bara en del av perioden. Raderna ovanför, bladets namn och filens namn säger inte resten, eller säger flera.",
            "Headings or cells say only a part of the period. The rows above, the sheet's name and the file's name do not say the rest, or say several.",
        ),
        Text(
            "Svara för den här filen, eller skriv år (för dagar också månad) i en rad ovanför rubrikerna.",
            "Answer for this file, or write the year (of days the month too) in a row above the headings.",
        ),
        answer=AnswerKind.LAYOUT,
        stops=True,
        looks_for=Text("det är känt vilken period filen gäller", "it is known which period the file is of"),
    ),
    FindingEntry(
        "STR-044", Severity.INFO, Stage.STRUCTURE, Scope.FILE,
        Text("Perioden lästes som {period}", "The period was read as {period}"),
        Text("Rubriker eller celler säger bara en del av perioden. Resten är läst ur {source}.",
             "Headings or cells say only a part of the period. The rest was read from {source}."),
        Text("Inget behöver göras om det stämmer.", "Nothing needs to be done if that is right."),
        looks_for=Text("filen säger hela perioden i rubriker eller celler", "headings or cells say all of the period"),
    ),
    FindingEntry(
        "STR-045", Severity.ERROR, Stage.STRUCTURE, Scope.CELL,
        Text("Dag {day} finns inte i {month}", "{month} has no day {day}"),
        Text("Kolumnen för dag {day} har värden, men månaden har inte så många dagar.",
             "The column of day {day} has values, but the month has not so many days."),
        Text("Rätta månaden ovanför rubrikerna, eller ta bort värdena.", "Correct the month above the headings, or remove the values."),
        stops=True,
        looks_for=Text("varje dag med värden finns i månaden", "each day with values is in the month"),
    ),
    FindingEntry(
        "STR-046", Severity.ERROR, Stage.STRUCTURE, Scope.ROW,
        Text("{measure} står två gånger för samma rad", "{measure} is there twice for the same row"),
        Text("Filen har ett mått på varje rad. {measure} finns på flera rader som i övrigt gäller samma sak.",
             "The file has one measure on each row. {measure} is on several rows that are otherwise about the same."),
        Text("Ta bort den rad som inte gäller.", "Remove the row that does not apply."),
        stops=True,
        looks_for=Text("varje mått står en gång för varje rad", "each measure is there once for each row"),
    ),
    FindingEntry(
        "STR-047", Severity.ERROR, Stage.STRUCTURE, Scope.ROW,
        Text("Rader med värden saknar mått", "Rows with values have no measure"),
        Text("Filen har ett mått på varje rad. Cellen i {heading} är tom på raden, så ingen vet vad värdena är.",
             "The file has one measure on each row. The cell in {heading} is empty on the row, so nobody knows what the values are."),
        Text("Skriv måttet på varje rad.", "Write the measure on each row."),
        stops=True,
        looks_for=Text("varje rad med värden säger vilket mått de är", "each row with values says which measure they are"),
    ),
    FindingEntry(
        "STR-048", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Filen har ett mått på varje rad", "The file has one measure on each row"),
        Text("Kolumnen {heading} säger vilket mått varje rad är. Måtten lästes som kolumner: {measures}.",
             "The column {heading} says which measure each row is. The measures were read as columns: {measures}."),
        Text("Inget behöver göras om det stämmer.", "Nothing needs to be done if that is right."),
        looks_for=Text("måtten står i kolumner", "the measures are in columns"),
    ),
    FindingEntry(
        "STR-049", Severity.INFO, Stage.STRUCTURE, Scope.FILE,
        Text("Filen har ingen rubrikrad", "The file has no heading row"),
        Text("Första raden lästes som data, och kolumnerna kallas vid sina bokstäver. {read}",
             "The first row was read as data, and the columns are called by their letters. {read}"),
        Text("Jämför med filen. Inget behöver göras om det stämmer.", "Compare with the file. Nothing needs to be done if that is right."),
        looks_for=Text("filen har en rubrikrad", "the file has a heading row"),
    ),
    FindingEntry(
        "STR-050", Severity.QUESTION, Stage.STRUCTURE, Scope.COLUMN,
        Text("{heading} räknades i något annat förut", "{heading} was counted in something else before"),
        Text(
            "{element} har tidigare lästs ur kolumnen {earlier}, där talen räknades om. Gäller det {heading} också?",
            "{element} has been read from the column {earlier}, whose figures were converted. Does that apply to {heading} too?",
        ),
        Text(
            "Svara en gång på vad talen ska gångras med, eller att de står som de är.",
            "Answer once what the figures are multiplied by, or that they stand as they are.",
        ),
        answer=AnswerKind.LAYOUT,
        stops=True,
        looks_for=Text("talen räknas i detsamma som förut", "the figures are counted in the same as before"),
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
