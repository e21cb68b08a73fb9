"""Findings in a delivered file or record: ``COL``, ``ROW``, ``SUM`` and ``RULE-0``."""

from registry.finding_catalogue import AnswerKind, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

IN_A_FILE = (
    FindingEntry(
        "COL-001", Severity.ERROR, Stage.STRUCTURE, Scope.COLUMN,
        Text("Kolumnen {label} saknas", "The column {label} is missing"),
        Text(
            "Modellen kräver kolumnen {label}, men filen har den inte.",
            "The model requires the column {label}, but the file lacks it.",
        ),
        Text("Lägg till kolumnen, eller rätta dess rubrik.", "Add the column, or mend its heading."),
        looks_for=Text("kolumnerna finns", "the columns are there"),
    ),
    FindingEntry(
        "COL-002", Severity.INFO, Stage.STRUCTURE, Scope.COLUMN,
        Text("Kolumnen {label} gicks inte igenom", "The column {label} was not looked through"),
        Text("Filen har inte kolumnen, så dess celler kunde inte kontrolleras.", "The file lacks the column, so its cells could not be checked."),
        Text("Lägg till kolumnen om ni har uppgiften.", "Add the column if you have the data."),
        looks_for=Text("kolumnens celler", "the column's cells"),
    ),
    FindingEntry(
        "ROW-001", Severity.ERROR, Stage.ROWS, Scope.EMPTY_CELL,
        Text("{label} är inte ifylld", "{label} is not filled in"),
        Text(
            "Utan {label} går det inte att säga vad raden gäller.",
            "Without {label} nobody can say what the row is about.",
        ),
        Text("Fyll i cellen på varje rad.", "Fill in the cell on every row."),
        looks_for=Text("cellen är ifylld", "the cell is filled in"),
    ),
    FindingEntry(
        "ROW-002", Severity.ERROR, Stage.ROWS, Scope.CELL,
        Text("{label} är inte ett tal", "{label} is not a number"),
        Text(
            "Det som står i cellen kan inte läsas som ett tal av det slag som modellen har: bara siffror, utan decimaler där "
            "modellen har heltal.",
            "What the cell holds cannot be read as a number of the kind that the model has: figures only, without decimals where the "
            "model has whole numbers.",
        ),
        Text(
            "Skriv ett tal, eller orden «stängd» eller «ej rapporterat».",
            "Write a number, or the words “closed” or “not reported”.",
        ),
        looks_for=Text("är ett tal", "is a number"),
    ),
    FindingEntry(
        "ROW-003", Severity.ERROR, Stage.ROWS, Scope.CELL,
        Text("{label} ligger utanför gränserna", "{label} is outside the limits"),
        Text("Värdet ska ligga mellan {minimum} och {maximum}.", "The value must be between {minimum} and {maximum}."),
        Text(
            "Rätta värdet. Kontrollera att det står i rätt kolumn.",
            "Mend the value. Check that it is in the right column.",
        ),
        looks_for=Text("ligger inom gränserna", "lies within the limits"),
    ),
    FindingEntry(
        "ROW-004", Severity.QUESTION, Stage.ROWS, Scope.EMPTY_CELL,
        Text("{label} är tom", "{label} is empty"),
        Text(
            "En tom cell är inte noll. Var enheten stängd, eller är uppgiften inte rapporterad?",
            "An empty cell is not zero. Was the unit closed, or is the figure not reported?",
        ),
        Text(
            "Svara «stängd» eller «ej rapporterat», eller fyll i talet. Noll skrivs 0.",
            "Answer “closed” or “not reported”, or fill in the number. Zero is written 0.",
        ),
        answer=AnswerKind.CLOSED_OR_NOT_REPORTED,
        looks_for=Text("tom cell är förklarad", "an empty cell is explained"),
    ),
    FindingEntry(
        "ROW-005", Severity.ERROR, Stage.CONSISTENCY, Scope.CELL,
        Text("{label} finns inte i kodlistan", "{label} is not in the code list"),
        Text(
            "Cellens text är varken en kod eller ett namn i kodlistan {list}.",
            "The cell's text is neither a code nor a name in the code list {list}.",
        ),
        Text(
            "Välj en kod ur listan. Mallen har den som rullista.",
            "Choose a code from the list. The template has it as a drop-down list.",
        ),
        looks_for=Text("finns i kodlistan", "is in the code list"),
    ),
    FindingEntry(
        "ROW-006", Severity.ERROR, Stage.CONSISTENCY, Scope.CELL,
        Text("{label} gällde inte då", "{label} was not valid then"),
        Text(
            "Koden finns i {list} men gällde inte under radens period.",
            "The code is in {list} but was not valid in the row's period.",
        ),
        Text(
            "Kontrollera perioden, eller välj den kod som gällde.",
            "Check the period, or choose the code that was valid.",
        ),
        looks_for=Text("koden gäller vid tidpunkten", "the code is valid at the time"),
    ),
    FindingEntry(
        "ROW-007", Severity.ERROR, Stage.ROWS, Scope.CELL,
        Text("{label} är ingen period av rätt slag", "{label} is no period of the right kind"),
        Text(
            "Cellen kan inte läsas som en sådan period som modellen har.",
            "The cell cannot be read as a period of the kind that the model has.",
        ),
        Text(
            "Skriv perioden till exempel som {forms}: andra slag av perioder tar modellen inte emot.",
            "Write the period for example as {forms}: the model takes no other kinds of periods.",
        ),
        looks_for=Text("är en period av rätt slag", "is a period of the right kind"),
    ),
    FindingEntry(
        "ROW-008", Severity.ERROR, Stage.CONSISTENCY, Scope.ROW,
        Text("Samma sak redovisas två gånger", "The same thing is stated twice"),
        Text(
            "Flera rader har samma nyckel, så det går inte att veta vilken som gäller.",
            "Several rows have the same key, so nobody can know which of them counts.",
        ),
        Text("Ta bort eller rätta de rader som är för många.", "Remove or mend the rows that are too many."),
        looks_for=Text("samma sak redovisas bara en gång", "the same thing is stated only once"),
        is_between_rows=True,
    ),
    FindingEntry(
        "ROW-009", Severity.ERROR, Stage.CONSISTENCY, Scope.ROW,
        Text("Raden hör till en annan region", "The row belongs to another region"),
        Text(
            "En region lämnar bara egna uppgifter; leveranslinjen är regionens med kod {region}.",
            "A region gives only its own figures; the line is that of the region with code {region}.",
        ),
        Text("Ta bort raderna, eller rätta koden.", "Remove the rows, or mend the code."),
        looks_for=Text("raden hör till den egna regionen", "the row belongs to one's own region"),
    ),
    FindingEntry(
        "ROW-010", Severity.ERROR, Stage.ROWS, Scope.CELL,
        Text("{label} har för många decimaler", "{label} has too many decimals"),
        Text("Värdet anges med högst {decimals} decimaler.", "The value is stated with at most {decimals} decimals."),
        Text(
            "Avrunda värdet själv; registret avrundar aldrig åt någon.",
            "Round the value yourself; the registry never rounds for anybody.",
        ),
        looks_for=Text("har rätt antal decimaler", "has the right number of decimals"),
    ),
    FindingEntry(
        "ROW-011", Severity.ERROR, Stage.ROWS, Scope.CELL,
        Text("{label} har inte rätt form", "{label} does not have the right form"),
        Text(
            "Texten är längre än {longest} tecken, har styrtecken eller följer inte modellens mönster.",
            "The text is longer than {longest} characters, has control characters or does not follow the model's pattern.",
        ),
        Text("Rätta texten.", "Mend the text."),
        looks_for=Text("är text av rätt form", "is text of the right form"),
    ),
    FindingEntry(
        "ROW-012", Severity.ERROR, Stage.ROWS, Scope.CELL,
        Text("{label} är inget datum", "{label} is no date"),
        Text("Cellen kan inte läsas som en dag.", "The cell cannot be read as a day."),
        Text("Skriv datum som 2026-10-01.", "Write dates as 2026-10-01."),
        looks_for=Text("är ett datum", "is a date"),
    ),
    FindingEntry(
        "ROW-013", Severity.ERROR, Stage.ROWS, Scope.COLUMN,
        Text("Ett fält som modellen inte har", "A field that the model does not have"),
        Text(
            "Posten har fältet {field}, som inte finns i modellen.",
            "The record has the field {field}, which the model does not have.",
        ),
        Text("Ta bort fältet, eller rätta dess namn.", "Remove the field, or mend its name."),
    ),
    FindingEntry(
        "ROW-014", Severity.ERROR, Stage.ROWS, Scope.FILE,
        Text("Filen har inga rader", "The file has no rows"),
        Text("Det finns ingen rad att kontrollera under rubrikerna.", "There is no row to check below the headings."),
        Text("Kontrollera att rätt fil och rätt blad valdes.", "Check that the right file and sheet were chosen."),
        looks_for=Text("filen har rader", "the file has rows"),
    ),
    FindingEntry(
        "SUM-001", Severity.INFO, Stage.ROWS, Scope.ROW,
        Text("Summarader har lämnats utanför", "Total rows have been left out"),
        Text(
            "Rader som summerar andra rader är inga observationer. De har jämförts med sina rader och följer inte med.",
            "Rows that sum other rows are no observations. They were compared with their rows and do not go along.",
        ),
        Text("Inget behöver göras.", "Nothing needs to be done."),
        looks_for=Text("summarader hittas", "total rows are found"),
    ),
    FindingEntry(
        "SUM-002", Severity.WARNING, Stage.ROWS, Scope.CELL,
        Text("Summaraden stämmer inte: {label}", "The total row does not agree: {label}"),
        Text(
            "Summan i filen skiljer sig från summan av dess rader.",
            "The total in the file differs from the sum of its rows.",
        ),
        Text(
            "Saknas en rad, eller är någon rad fel? Rätta den, eller förklara skillnaden.",
            "Is a row missing, or is one wrong? Mend it, or explain the difference.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("summaraden stämmer med sina rader", "the total row agrees with its rows"),
    ),
    FindingEntry(
        "SUM-003", Severity.ERROR, Stage.ROWS, Scope.ROW,
        Text("Filen har summarader", "The file has total rows"),
        Text("Modellen tar inte emot rader som summerar andra rader.", "The model does not take rows that sum other rows."),
        Text("Ta bort summaraderna.", "Remove the total rows."),
        looks_for=Text("inga summarader", "no total rows"),
    ),
    FindingEntry(
        "RULE-001", Severity.ERROR, Stage.CONSISTENCY, Scope.ROW,
        Text("Stämmer inte: {text}", "Does not hold: {text}"),
        Text(
            "Regeln bryts på {count} {count:rad|rader}. {reason}",
            "The rule is broken on {count} {count:row|rows}. {reason}",
        ),
        Text("Rätta värdena på raderna.", "Mend the values on the rows."),
        looks_for=Text("{text}", "{text}"),
    ),
    FindingEntry(
        "RULE-002", Severity.WARNING, Stage.CONSISTENCY, Scope.ROW,
        Text("Stämmer inte: {text}", "Does not hold: {text}"),
        Text(
            "Så är det inte på {count} {count:rad|rader}. {reason}",
            "It is not so on {count} {count:row|rows}. {reason}",
        ),
        Text(
            "Rätta värdena, eller förklara varför de är riktiga. En granskare läser förklaringen.",
            "Mend the values, or explain why they are right. A reviewer reads the explanation.",
        ),
        answer=AnswerKind.EXPLANATION,
        looks_for=Text("{text}", "{text}"),
    ),
)  # fmt: skip
