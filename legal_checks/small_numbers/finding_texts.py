"""What each finding of the small-number checks says, in Swedish and English."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

FINDING_TEXTS: tuple[FindingEntry, ...] = (
    FindingEntry(
        "small-numbers-dimensions", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Dimensionerna stämmer inte", "The dimensions do not fit"),
        Text(
            "Varje cell ska ha en kod per dimension, och varje kolumn får nämnas en gång: {columns}.",
            "Every cell needs one code per dimension, and each column may be named once: {columns}.",
        ),
        Text("Rätta dimensionerna i specifikationen.", "Mend the dimensions of the specification."),
    ),
    FindingEntry(
        "small-numbers-empty-table", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Tabellen är tom", "The table is empty"),
        Text("Det finns inga inre celler att skydda.", "There are no inner cells to protect."),
        Text("Lämna en rad per inre cell.", "Give one line per inner cell."),
    ),
    FindingEntry(
        "small-numbers-too-large", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Tabellen är för stor", "The table is too large"),
        Text(
            "Tabellen har {cells} celler med summor; högst {largest} prövas i en körning.",
            "The table has {cells} cells with totals; at most {largest} are checked in one run.",
        ),
        Text(
            "Publicera färre detaljer, eller skydda delarna var för sig och ange de tidigare som publicerade.",
            "Publish less detail, or protect the parts one by one and name the earlier ones as released.",
        ),
    ),
    FindingEntry(
        "small-numbers-weight", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Vikter som inte är tal", "Weights that are not numbers"),
        Text(
            "Kolumnen {column}: {count} celler har en vikt som inte är ett decimaltal från 0 och uppåt.",
            "Column {column}: {count} cells have a weight that is not a decimal number from 0 upwards.",
        ),
        Text("Lämna en vikt som 2.5 för varje cell.", "Give a weight such as 2.5 for each cell."),
    ),
    FindingEntry(
        "small-numbers-too-many", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Antalen är för stora", "The counts are too large"),
        Text(
            "Tabellen räknar sammanlagt till mer än {largest}, som är det högsta som går att räkna exakt med.",
            "The table counts to more than {largest} altogether, the most that can be reckoned with exactly.",
        ),
        Text(
            "Kontrollera de utpekade cellerna, eller räkna i en större enhet.",
            "Check the cells named, or count in a larger unit.",
        ),
    ),
    FindingEntry(
        "small-numbers-unknown-code", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Koder utanför hierarkin", "Codes outside the hierarchy"),
        Text(
            "Kolumnen {column} har koder som hierarkin saknar: {codes}.",
            "Column {column} has codes that its hierarchy lacks: {codes}.",
        ),
        Text("Lägg koderna i hierarkin eller rätta raderna.", "Add the codes to the hierarchy, or mend the lines."),
    ),
    FindingEntry(
        "small-numbers-unknown-cell", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("En namngiven cell finns inte", "A named cell does not exist"),
        Text(
            "Under {where} nämns celler som tabellen saknar: {cells}.",
            "Under {where}, cells are named that the table lacks: {cells}.",
        ),
        Text("Rätta cellens koder i specifikationen.", "Mend the codes of the cell in the specification."),
    ),
    FindingEntry(
        "small-numbers-total-not-in-hierarchy", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Summan saknas i hierarkin", "The total is not in the hierarchy"),
        Text(
            "Kolumnen {column}: summakoden {codes} har inga delar i hierarkin.",
            "Column {column}: the total code {codes} has no parts in the hierarchy.",
        ),
        Text("Lägg till vad summan summerar.", "Add what the total sums."),
    ),
    FindingEntry(
        "small-numbers-hierarchy-loop", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Hierarkin går i cirkel", "The hierarchy goes in a circle"),
        Text("Kolumnen {column}: {codes} summerar till sig själva.", "Column {column}: {codes} sum to themselves."),
        Text("Ta bort en av länkarna i cirkeln.", "Remove one of the links of the circle."),
    ),
    FindingEntry(
        "small-numbers-counted-twice", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Koder räknas två gånger", "Codes are counted twice"),
        Text(
            "Kolumnen {column}: {codes} räknar samma kod mer än en gång.",
            "Column {column}: {codes} count the same code more than once.",
        ),
        Text("Låt varje summa räkna varje kod en gång.", "Let each sum count each code once."),
    ),
    FindingEntry(
        "small-numbers-outside-total", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Koder utanför totalen", "Codes outside the total"),
        Text(
            "Kolumnen {column}: {codes} ingår i en delsumma men inte i totalen.",
            "Column {column}: {codes} belong to a sum but not to the total.",
        ),
        Text("Lägg koderna under totalen.", "Put the codes under the total."),
    ),
    FindingEntry(
        "small-numbers-not-an-integer", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Värden som inte är heltal", "Values that are not integers"),
        Text(
            "{count} celler har värden som inte är hela antal.", "{count} cells have values that are not whole numbers."
        ),
        Text(
            "Skydd gäller antal personer; lämna hela tal.", "Protection concerns counts of persons; give whole numbers."
        ),
    ),
    FindingEntry(
        "small-numbers-negative", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Negativa värden", "Negative values"),
        Text("{count} celler är mindre än noll.", "{count} cells are below zero."),
        Text(
            "Ett antal personer kan inte vara negativt; rätta värdena.",
            "A count of persons cannot be negative; mend the values.",
        ),
    ),
    FindingEntry(
        "small-numbers-missing-cell", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Celler saknas", "Cells are missing"),
        Text("{count} inre celler saknas. Tomt är inte noll.", "{count} inner cells are missing. Empty is not zero."),
        Text(
            "Lämna varje kombination, med 0 där ingen räknats, eller ange den som strukturell nolla.",
            "Give every combination, with 0 where nobody was counted, or name it as a structural zero.",
        ),
    ),
    FindingEntry(
        "small-numbers-doubled-cell", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Celler förekommer två gånger", "Cells occur twice"),
        Text("{count} celler har mer än en rad.", "{count} cells have more than one line."),
        Text("Behåll en rad per cell.", "Keep one line per cell."),
    ),
    FindingEntry(
        "small-numbers-totals-do-not-add-up", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Summor stämmer inte", "Totals do not add up"),
        Text(
            "{count} givna summor skiljer sig från summan av sina delar.",
            "{count} given totals differ from the sum of their parts.",
        ),
        Text("Rätta summorna, eller lämna bara inre celler.", "Mend the totals, or give the inner cells only."),
    ),
    FindingEntry(
        "small-numbers-structural-zero-counted", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Strukturella nollor som inte är noll", "Structural zeros that are not zero"),
        Text(
            "{count} celler angavs som strukturella nollor men har ett antal.",
            "{count} cells were named structural zeros but have a count.",
        ),
        Text("Ta bort dem ur listan, eller rätta värdena.", "Take them off the list, or mend the values."),
    ),
    FindingEntry(
        "small-numbers-not-the-original", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Visade värden är inte originalets", "Shown values are not the original's"),
        Text(
            "{count} visade celler har ett annat värde än originalet.",
            "{count} shown cells have another value than the original.",
        ),
        Text(
            "Pröva mot det original som tabellen gjordes av.", "Audit against the original that the table was made of."
        ),
    ),
    FindingEntry(
        "small-numbers-impossible-table", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Tabellen motsäger sig själv", "The table contradicts itself"),
        Text(
            "Inga antal stämmer med allt som visas, givet vad angriparen vet.",
            "No counts agree with everything that is shown, given what the attacker knows.",
        ),
        Text(
            "Rätta de visade summorna, eller angriparens minsta värde.",
            "Mend the totals that are shown, or the attacker's minimum.",
        ),
    ),
    FindingEntry(
        "small-numbers-cell-outside-table", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Celler utanför tabellen", "Cells outside the table"),
        Text(
            "{count} celler har koder som dimensionerna saknar.", "{count} cells have codes that the dimensions lack."
        ),
        Text(
            "Rätta koderna, eller hierarkin i specifikationen.",
            "Mend the codes, or the hierarchy of the specification.",
        ),
    ),
    FindingEntry(
        "small-numbers-solver-failed", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Beräkningen gick inte att slutföra", "The computation could not be finished"),
        Text(
            "Lösaren gav inget svar ({reason}). Inget mönster lämnas.",
            "The solver gave no answer ({reason}). No pattern is given.",
        ),
        Text("Kör igen; dela tabellen om det upprepas.", "Run it again; split the table if it happens again."),
    ),
    FindingEntry(
        "small-numbers-known-is-wrong", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Kända uppgifter stämmer inte", "Known figures do not fit"),
        Text(
            "{count} uppgifter som ska vara kända eller publicerade stämmer inte med tabellen.",
            "{count} figures given as known or published do not agree with the table.",
        ),
        Text("Rätta uppgifterna eller ta bort dem.", "Mend these figures, or leave them out."),
    ),
    FindingEntry(
        "small-numbers-release-columns", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("En tidigare publicering har andra kolumner", "An earlier release has other columns"),
        Text(
            "{name}: kolumnerna {columns} finns inte i specifikationen.",
            "{name}: the columns {columns} are not in the specification.",
        ),
        Text(
            "Ange den med tabellens kolumner; en kolumn som saknas räknas som summerad.",
            "Give it with the table's columns; a column left out counts as summed.",
        ),
    ),
    FindingEntry(
        "small-numbers-release-revised", Severity.WARNING, Stage.PROTECTION, Scope.TABLE,
        Text("Uppgifter har reviderats", "Figures have been revised"),
        Text(
            "{count} celler visades tidigare med ett annat värde. Övriga dolda antas oförändrade där det går ihop.",
            "{count} cells were shown with another value before. The other hidden ones are taken as unchanged where that adds up.",
        ),
        Text(
            "Kontrollera att skillnaden inte i sig pekar ut någon.",
            "Check that the difference does not point at somebody by itself.",
        ),
    ),
    FindingEntry(
        "small-numbers-release-contradicts", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("En tidigare publicering motsäger sig själv", "An earlier release contradicts itself"),
        Text("{name} går inte att förena med några antal.", "{name} cannot be reconciled with any counts."),
        Text("Kontrollera filen.", "Check the file."),
    ),
    FindingEntry(
        "small-numbers-specification", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Specifikationen har orimliga värden", "The specification has impossible values"),
        Text("Rätta: {fields}.", "To be mended: {fields}."),
        Text(
            "Tröskeln är minst 1, angriparens minsta värde 0 eller 1, skydd och vikter aldrig negativa.",
            "The threshold is at least 1, the attacker's minimum 0 or 1, protection and weights never negative.",
        ),
    ),
    FindingEntry(
        "small-numbers-columns", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Kolumner saknas eller är dubbla", "Columns are missing or doubled"),
        Text(
            "Filens rubrikrad passar inte specifikationen: {columns}.",
            "The file's heading does not fit the specification: {columns}.",
        ),
        Text(
            "En kolumn per dimension och en för värdet, var och en en gång.",
            "One column per dimension and one for the value, each once.",
        ),
    ),
    FindingEntry(
        "small-numbers-ragged-row", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Rader med fel antal fält", "Lines with a wrong number of fields"),
        Text(
            "{count} rader har inte lika många fält som rubriken.",
            "{count} lines do not have as many fields as the heading.",
        ),
        Text("Rätta raderna.", "Mend the lines."),
    ),
    FindingEntry(
        "small-numbers-spec-unreadable", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Specifikationen går inte att läsa", "The specification cannot be read"),
        Text("{field}: {reason}.", "{field}: {reason}."),
        Text(
            "Rätta specifikationen; docs/small-numbers.md beskriver den.",
            "Mend the specification; docs/small-numbers.md describes it.",
        ),
    ),
    FindingEntry(
        "small-numbers-file-unreadable", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Filen går inte att läsa", "The file cannot be read"),
        Text("{reason}", "{reason}"),
        Text("Inget har skrivits.", "Nothing was written."),
    ),
    FindingEntry(
        "small-numbers-file-encoding", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Filen går inte att läsa som text", "The file cannot be read as text"),
        Text("{name} är inte UTF-8.", "{name} is not UTF-8."),
        Text("Spara den som CSV eller JSON i UTF-8.", "Save it as CSV or JSON in UTF-8."),
    ),
    FindingEntry(
        "small-numbers-no-rounding", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Ingen avrundning går ihop", "No rounding adds up"),
        Text(
            "Med basen {base} finns ingen avrundning där alla summor stämmer.",
            "With base {base} no rounding keeps all sums.",
        ),
        Text("Välj en annan bas, eller dölj celler i stället.", "Choose another base, or hide cells instead."),
    ),
    FindingEntry(
        "small-numbers-publish-is-primary", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Celler som måste visas är små tal", "Cells that must be shown are small numbers"),
        Text("{count} celler ska både visas och skyddas.", "{count} cells must be both shown and protected."),
        Text(
            "Ta bort dem ur listan över celler som måste visas.", "Take them off the list of cells that must be shown."
        ),
    ),
    FindingEntry(
        "small-numbers-publish-is-in-no-table", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Celler som måste visas finns inte i någon tabell", "Cells that must be shown are in no table"),
        Text(
            "{count} celler ska visas men finns inte i någon av de tabeller som publiceras.",
            "{count} cells must be shown but are in none of the tables that are published.",
        ),
        Text(
            "Lägg till en tabell som har dem (tables), eller ta bort dem ur listan (publish).",
            "Add a table that has them (tables), or take them off the list (publish).",
        ),
    ),
    FindingEntry(
        "small-numbers-cannot-be-protected", Severity.WARNING, Stage.PROTECTION, Scope.TABLE,
        Text("Celler kan inte skyddas", "Cells cannot be protected"),
        Text(
            "{count} celler kan räknas ut även om allt som får döljas döljs.",
            "{count} cells can be worked out even if everything that may be hidden is hidden.",
        ),
        Text(
            "Publicera en grövre tabell, eller låt även nollor döljas om det är nollorna som röjer.",
            "Publish a coarser table, or let zeros be hidden too where it is they that tell.",
        ),
    ),
    FindingEntry(
        "small-numbers-must-show-too-much", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Celler som måste visas röjer andra", "Cells that must be shown disclose others"),
        Text(
            "{count} celler kan räknas ut ur de celler som måste visas, vad som än döljs i övrigt.",
            "{count} cells can be worked out from the cells that must be shown, whatever else is hidden.",
        ),
        Text(
            "Ta bort celler ur listan över dem som måste visas (publish): {shown}.",
            "Take cells off the list of those that must be shown (publish): {shown}.",
        ),
    ),
    FindingEntry(
        "small-numbers-already-disclosed", Severity.WARNING, Stage.PROTECTION, Scope.TABLE,
        Text("Redan röjt", "Already disclosed"),
        Text(
            "{count} celler kan inte skyddas, för tidigare publicerade uppgifter har redan röjt dem.",
            "{count} cells cannot be protected, since earlier publications have already disclosed them.",
        ),
        Text(
            "Bedöm den tidigare publiceringen; det som har visats kan inte döljas igen.",
            "Assess the earlier publication; what has been shown cannot be hidden again.",
        ),
    ),
    FindingEntry(
        "small-numbers-time-ran-out", Severity.INFO, Stage.PROTECTION, Scope.TABLE,
        Text("Tiden tog slut", "Time ran out"),
        Text(
            "Mönstret är prövat och säkert, men det är inte visat att det är billigast: högst {gap} % kan vinnas.",
            "The pattern is audited and safe, but not proven cheapest: at most {gap} % could be gained.",
        ),
        Text("Ge mer tid om det behövs ett billigare mönster.", "Allow more time if a cheaper pattern is needed."),
    ),
    FindingEntry(
        "small-numbers-cancelled", Severity.ERROR, Stage.PROTECTION, Scope.TABLE,
        Text("Avbrutet", "Cancelled"),
        Text("Körningen avbröts och gav inget mönster.", "The run was cancelled and gave no pattern."),
        Text("Kör igen.", "Run it again."),
    ),
)  # fmt: skip

FINDINGS = Catalogue(FINDING_TEXTS)
