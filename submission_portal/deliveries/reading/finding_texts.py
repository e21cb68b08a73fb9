"""What every finding about a file says, in Swedish and English."""

from registry.findings import FindingText, Text

FILE = (
    FindingText(
        "FIL-001",
        Text("Filen är tom", "The file is empty"),
        Text("Det finns ingenting i filen.", "There is nothing in the file."),
        Text("Kontrollera att rätt fil sparades och valdes.", "Check that the right file was saved and chosen."),
    ),
    FindingText(
        "FIL-002",
        Text("Filen är för stor", "The file is too large"),
        Text("Filen är större än {megabytes} MB.", "The file is larger than {megabytes} MB."),
        Text("Dela upp leveransen, till exempel månad för månad.", "Split the delivery, for example month by month."),
    ),
    FindingText(
        "FIL-003",
        Text("Namnet och innehållet stämmer inte överens", "The name and the content do not agree"),
        Text(
            "Filen heter .{promised} men innehållet är {found}.",
            "The file is called .{promised} but its content is {found}.",
        ),
        Text(
            "Spara om filen i det format som namnet säger. Att bara byta namn på den räcker inte.",
            "Save the file again in the format that its name says. Renaming it is not enough.",
        ),
    ),
    FindingText(
        "FIL-004",
        Text("Filtypen kan inte läsas", "The file type cannot be read"),
        Text(
            "Innehållet känns igen som {kind_sv}. Registret läser CSV och XLSX utan lösenord.",
            "The content looks like {kind_en}. The registry reads CSV, and XLSX without a password.",
        ),
        Text("{advice_sv}", "{advice_en}"),
    ),
    FindingText(
        "FIL-005",
        Text("Filen packas upp till något orimligt stort", "The file unpacks to something unreasonably large"),
        Text(
            "Uppackningen avbröts. Gränsen är {megabytes} MB uppackat, {ratio} gånger filens storlek och {parts} delar.",
            "Unpacking was stopped. The limit is {megabytes} MB unpacked, {ratio} times the file's size and {parts} parts.",
        ),
        Text(
            "Kopiera värdena till en ny arbetsbok och spara den, eller spara bladet som CSV.",
            "Copy the values to a new workbook and save it, or save the sheet as CSV.",
        ),
    ),
    FindingText(
        "FIL-006",
        Text("Filen är skadad", "The file is damaged"),
        Text(
            "Filen börjar som den ska men kan inte läsas till slut.",
            "The file begins as it should but cannot be read to its end.",
        ),
        Text("Öppna filen och spara den på nytt.", "Open the file and save it again."),
    ),
    FindingText(
        "FIL-007",
        Text("Filen har osäker XML", "The file holds unsafe XML"),
        Text(
            "Arbetsboken innehåller en dokumenttyp eller entiteter, vilket inget kalkylprogram skriver.",
            "The workbook holds a document type or entities, which no spreadsheet program writes.",
        ),
        Text("Kopiera värdena till en ny arbetsbok och spara den.", "Copy the values to a new workbook and save it."),
    ),
    FindingText(
        "FIL-008",
        Text("Filen har makron eller inbäddade objekt", "The file holds macros or embedded objects"),
        Text(
            "Delar som är program, inbäddade filer eller länkar till andra arbetsböcker: {count_parts}. De kan inte kontrolleras.",
            "Parts that are programs, embedded files or links to other workbooks: {count_parts}. They cannot be checked.",
        ),
        Text(
            "Kopiera värdena till en ny arbetsbok och spara den som XLSX utan makron.",
            "Copy the values to a new workbook and save it as XLSX without macros.",
        ),
    ),
    FindingText(
        "FIL-009",
        Text("Celler räknas ut med formler", "Cells are computed by formulas"),
        Text(
            "Celler med formler bland raderna: {formulas}. Det värde som syns kan vara ett gammalt resultat.",
            "Cells with formulas among the rows: {formulas}. The value that shows may be an old result.",
        ),
        Text(
            "Markera cellerna, kopiera, och klistra in som värden. Formler i summarader får stå kvar.",
            "Select the cells, copy, and paste as values. Formulas in sum rows may stay.",
        ),
    ),
    FindingText(
        "FIL-010",
        Text("Filen har dolda blad", "The file has hidden sheets"),
        Text(
            "Dolda blad med innehåll: {count}. De läses inte in som uppgifter men följer med i originalfilen.",
            "Hidden sheets that hold something: {count}. They are not read as figures but go along in the original file.",
        ),
        Text("Ta bort bladen om de inte ska lämna regionen.", "Remove the sheets if they should not leave the region."),
    ),
    FindingText(
        "FIL-011",
        Text("Summarader lästes inte in", "Sum rows were not read in"),
        Text(
            "Summarader: {count}. Registret räknar själv. Jämförda celler: {compared}, varav {differing} skiljer sig.",
            "Sum rows: {count}. The registry adds up by itself. Cells compared: {compared}, of which {differing} differ.",
        ),
        Text(
            "Summaraderna får stå kvar i filen. Celler som skiljer sig står i en egen varning.",
            "The sum rows may stay in the file. Cells that differ have a warning of their own.",
        ),
    ),
    FindingText(
        "FIL-012",
        Text("Summan stämmer inte med raderna", "The sum does not agree with the rows"),
        Text(
            "Celler i summaraderna som visar något annat än vad raderna blir tillsammans: {count}.",
            "Cells in the sum rows that show something else than what the rows add up to: {count}.",
        ),
        Text(
            "Rätta raderna, eller förklara skillnaden (till exempel avrundning eller en enhet som inte redovisas).",
            "Mend the rows, or explain the difference (for example rounding, or a unit that is not listed).",
        ),
    ),
    FindingText(
        "FIL-013",
        Text("Filen har bilder", "The file holds pictures"),
        Text(
            "Bilder i filen: {pictures}. Ingen kontroll kan läsa vad de visar.",
            "Pictures in the file: {pictures}. No check can read what they show.",
        ),
        Text("Ta bort bilderna, eller förklara vad de är.", "Remove the pictures, or explain what they are."),
    ),
    FindingText(
        "FIL-014",
        Text("Filen har kommentarer", "The file has comments"),
        Text(
            "Celler med kommentarer: {count}. De läses inte in men följer med i originalfilen.",
            "Cells with comments: {count}. They are not read in but go along in the original file.",
        ),
        Text("Ta bort dem om de inte ska lämna regionen.", "Remove them if they should not leave the region."),
    ),
    FindingText(
        "FIL-015",
        Text("Texten lästes som Windows-1252", "The text was read as Windows-1252"),
        Text(
            "Filen är inte UTF-8. Den lästes med den teckenkodning som svenska Excel brukar spara i.",
            "The file is not UTF-8. It was read in the encoding that Swedish Excel usually saves in.",
        ),
        Text(
            "Kontrollera å, ä och ö i förhandsvisningen. Stämmer de behöver inget göras.",
            "Check å, ä and ö in the preview. If they are right, nothing needs to be done.",
        ),
    ),
    FindingText(
        "FIL-016",
        Text("Teckenkodningen går inte att läsa", "The text encoding cannot be read"),
        Text(
            "Filen är varken UTF-8, UTF-16 eller Windows-1252.", "The file is neither UTF-8, UTF-16 nor Windows-1252."
        ),
        Text("Spara filen som CSV UTF-8 eller som XLSX.", "Save the file as CSV UTF-8 or as XLSX."),
    ),
    FindingText(
        "FIL-017",
        Text("Filen har för många rader eller kolumner", "The file has too many rows or columns"),
        Text(
            "En fil får ha högst {rows} rader, {columns} kolumner och {cells} celler.",
            "A file may have at most {rows} rows, {columns} columns and {cells} cells.",
        ),
        Text(
            "Dela upp leveransen. Är bladet egentligen mindre: ta bort tomma formaterade rader under det.",
            "Split the delivery. If the sheet is really smaller: remove empty formatted rows below it.",
        ),
    ),
    FindingText(
        "FIL-018",
        Text("Summarader får inte ingå", "Sum rows may not be included"),
        Text(
            "Summarader: {count}. Modellen tar inte emot sådana.",
            "Sum rows: {count}. The model does not take any.",
        ),
        Text("Ta bort raderna.", "Remove the rows."),
    ),
    FindingText(
        "FIL-019",
        Text("Läsningen tog för lång tid", "Reading took too long"),
        Text("Läsningen avbröts efter {seconds} sekunder.", "Reading was stopped after {seconds} seconds."),
        Text("Dela upp leveransen, eller spara bladet som CSV.", "Split the delivery, or save the sheet as CSV."),
    ),
    FindingText(
        "FIL-020",
        Text("Vilket blad gäller det?", "Which sheet is it?"),
        Text(
            "Blad med rätt rubriker: {count}. Registret gissar inte mellan dem.",
            "Sheets with the right headings: {count}. The registry does not guess between them.",
        ),
        Text("Välj blad.", "Choose a sheet."),
    ),
    FindingText(
        "FIL-021",
        Text("Filens egenskaper nämner personer", "The file's properties name people"),
        Text(
            "Egenskaper som är ifyllda: {properties_sv}. De läses inte in men följer med i originalfilen.",
            "Properties that are filled in: {properties_en}. They are not read in but go along in the original file.",
        ),
        Text(
            "Ta bort dem i kalkylprogrammet om de inte ska lämna regionen.",
            "Remove them in the spreadsheet program if they should not leave the region.",
        ),
    ),
    FindingText(
        "FIL-022",
        Text("Dolda rader eller kolumner lästes in", "Hidden rows or columns were read in"),
        Text(
            "Dolda rader eller kolumner bland uppgifterna: {count}. De lästes in.",
            "Hidden rows or columns among the figures: {count}. They were read in.",
        ),
        Text(
            "Visa dem och kontrollera, eller förklara att de ska vara med.",
            "Show them and check, or explain that they belong.",
        ),
    ),
    FindingText(
        "FIL-023",
        Text("En cell tar aldrig slut", "A cell never ends"),
        Text(
            "En cell är längre än någon uppgift kan vara, eller börjar med ett citattecken som aldrig stängs.",
            "A cell is longer than any figure can be, or begins with a quotation mark that is never closed.",
        ),
        Text(
            "Rätta citattecknet på raden, eller spara filen på nytt som CSV eller XLSX.",
            "Mend the quotation mark in the row, or save the file again as CSV or XLSX.",
        ),
    ),
    FindingText(
        "PER-001",
        Text("Filen har personnummer eller samordningsnummer", "The file holds personal identity numbers"),
        Text(
            "Ställen där något ser ut som ett personnummer eller samordningsnummer: {count}. Filen har inte sparats, och inget av innehållet visas här.",
            "Places where something looks like a Swedish personal identity or coordination number: {count}. The file was not kept, and nothing of its content is shown here.",
        ),
        Text(
            "Ta bort dem ur filen, också ur dolda blad, kommentarer och egenskaper. Är det något annat än ett personnummer: "
            "skriv det så att det inte kan förväxlas.",
            "Remove them from the file, also from hidden sheets, comments and properties. If it is something else: write "
            "it so that it cannot be mistaken.",
        ),
        "Folkbokföringslagen (1991:481) 18 §; lag (2022:1697) om samordningsnummer",
    ),
)

STRUCTURE = (
    FindingText(
        "STR-001",
        Text("Ingen rubrikrad hittades", "No header row was found"),
        Text(
            "Ingen av de första raderna har modellens rubriker. De som väntas är: {expected}.",
            "None of the first rows has the model's headings. Those expected are: {expected}.",
        ),
        Text(
            "Lägg till en rubrikrad, eller börja från modellens mall.",
            "Add a header row, or start from the model's template.",
        ),
    ),
    FindingText(
        "STR-002",
        Text("Kolumner som inte hör till modellen", "Columns that do not belong to the model"),
        Text(
            "Kolumnerna {headings} lästes inte in. De finns kvar i originalfilen.",
            "The columns {headings} were not read in. They stay in the original file.",
        ),
        Text("Ta bort dem om de inte ska lämna regionen.", "Remove them if they should not leave the region."),
    ),
    FindingText(
        "STR-003",
        Text("Samma kolumn finns två gånger", "The same column is there twice"),
        Text("{count} kolumner läses som {element}.", "{count} columns are read as {element}."),
        Text("Behåll en av dem.", "Keep one of them."),
    ),
    FindingText(
        "STR-004",
        Text("En kolumn saknas", "A column is missing"),
        Text(
            "Ingen kolumn känns igen som {element}. Den får heta: {headings}.",
            "No column is recognised as {element}. It may be called: {headings}.",
        ),
        Text("Lägg till kolumnen, eller ge den en av rubrikerna.", "Add the column, or give it one of the headings."),
    ),
    FindingText(
        "STR-005",
        Text("En rubrik är nästan rätt", "A heading is nearly right"),
        Text(
            "Ingen kolumn heter som {element}, men en rubrik liknar. Den får heta: {headings}.",
            "No column is called as {element} is, but a heading is close. It may be called: {headings}.",
        ),
        Text("Rätta rubriken, eller ta bort kolumnen.", "Mend the heading, or remove the column."),
    ),
    FindingText(
        "STR-006",
        Text("En rubrik lästes utan prickar och ringar", "A heading was read without its accents"),
        Text(
            "Rubriken lästes som {element} fast å, ä eller ö skiljer.",
            "The heading was read as {element} although å, ä or ö differ.",
        ),
        Text(
            "Kontrollera i förhandsvisningen att det är rätt kolumn.",
            "Check in the preview that it is the right column.",
        ),
    ),
    FindingText(
        "STR-007",
        Text("En rubrik kan betyda flera saker", "A heading may mean several things"),
        Text(
            "Rubriken {heading} kan vara {elements}. Registret gissar inte.",
            "The heading {heading} may be {elements}. The registry does not guess.",
        ),
        Text(
            "Skriv rubriken så att den bara kan betyda en sak.", "Write the heading so that it can mean only one thing."
        ),
    ),
    FindingText(
        "STR-008",
        Text("Sammanslagna celler bland raderna", "Merged cells among the rows"),
        Text(
            "Sammanslagna områden bland uppgifterna: {count}. Bara den första cellen i ett område har ett värde.",
            "Merged areas among the figures: {count}. Only the first cell of an area has a value.",
        ),
        Text("Dela cellerna och fyll i varje rad.", "Split the cells and fill in every row."),
    ),
    FindingText(
        "STR-009",
        Text("Datum lästes med dagen först", "Dates were read with the day first"),
        Text(
            "Datum som kunde ha haft månaden först: {rows}. De lästes som dag, månad, år.",
            "Dates that could have had the month first: {rows}. They were read as day, month, year.",
        ),
        Text("Skriv hellre 2026-10-01.", "Better write 2026-10-01."),
    ),
    FindingText(
        "STR-015",
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
    ),
    FindingText(
        "STR-016",
        Text("Datum lästes med månaden först", "Dates were read with the month first"),
        Text(
            "Datum som kunde ha haft dagen först: {rows}. De lästes som månad, dag, år.",
            "Dates that could have had the day first: {rows}. They were read as month, day, year.",
        ),
        Text("Skriv hellre 2026-10-01.", "Better write 2026-10-01."),
    ),
    FindingText(
        "STR-017",
        Text("{label_sv} verkar stå en gång för flera rader", "{label_en} seems to be written once for several rows"),
        Text(
            "Rader utan {label_sv}: {count}. Namnet ovanför ser ut att gälla dem också, men registret gissar inte.",
            "Rows without {label_en}: {count}. The name above seems to hold for them too, but the registry does not guess.",
        ),
        Text(
            "Fyll i cellen på varje rad. I Excel: markera kolumnens celler, välj Gå till special, Tomma celler, skriv = och "
            "uppåtpil, avsluta med Ctrl+Enter, och klistra sedan in kolumnen som värden.",
            "Fill in the cell on every row. In Excel: select the column's cells, choose Go To Special, Blanks, type = and the "
            "up arrow, end with Ctrl+Enter, and then paste the column as values.",
        ),
    ),
    FindingText(
        "STR-010",
        Text("En kolumn utan rubrik", "A column without a heading"),
        Text(
            "Kolumnen har värden men ingen rubrik och lästes inte in.",
            "The column has values but no heading and was not read in.",
        ),
        Text(
            "Ge den en rubrik om den hör dit, annars ta bort den.",
            "Give it a heading if it belongs, otherwise remove it.",
        ),
    ),
    FindingText(
        "STR-011",
        Text("Tal lästes som datum", "Numbers were read as dates"),
        Text(
            "Celler i en datumkolumn med kalkylprogrammets löpande dagsnummer: {rows}. De lästes som datum.",
            "Cells in a date column with the spreadsheet's serial day numbers: {rows}. They were read as dates.",
        ),
        Text("Kontrollera datumen i förhandsvisningen.", "Check the dates in the preview."),
    ),
    FindingText(
        "STR-012",
        Text("Inga rader under rubriken", "No rows under the header"),
        Text("Rubrikraden hittades, men inga uppgifter under den.", "The header was found, but no figures under it."),
        Text("Kontrollera att rätt fil eller blad valdes.", "Check that the right file or sheet was chosen."),
    ),
    FindingText(
        "STR-014",
        Text("Två kolumner säger samma sak", "Two columns say the same thing"),
        Text(
            "{count} kolumner är kod och namn för {element}. De stämmer överens på varje rad.",
            "{count} columns are the code and the name of {element}. They agree on every row.",
        ),
        Text("Inget behöver göras.", "Nothing needs to be done."),
    ),
    FindingText(
        "STR-013",
        Text("Rader lästes som anmärkningar", "Rows were read as notes"),
        Text(
            "Rader med bara text vid sidan av uppgifterna, eller som upprepar rubriken: {count}. De lästes inte in.",
            "Rows with only text beside the figures, or that repeat the header: {count}. They were not read in.",
        ),
        Text("Kontrollera att ingen av dem är en uppgift.", "Check that none of them is a figure."),
    ),
)

TEXTS = (*FILE, *STRUCTURE)
