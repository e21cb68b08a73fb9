"""Findings in a delivered file or record: ``COL``, ``ROW``, ``SUM`` and ``RULE-0``."""

from information_models.finding_texts.entry import entry

IN_A_FILE = (
    entry(
        "COL-001",
        ("Kolumnen {label_sv} saknas", "The column {label_en} is missing"),
        (
            "Modellen kräver kolumnen {label_sv}, men filen har den inte.",
            "The model requires the column {label_en}, but the file lacks it.",
        ),
        ("Lägg till kolumnen, eller rätta dess rubrik.", "Add the column, or mend its heading."),
    ),
    entry(
        "ROW-001",
        ("{label_sv} är inte ifylld", "{label_en} is not filled in"),
        (
            "Utan {label_sv} går det inte att säga vad raden gäller.",
            "Without {label_en} nobody can say what the row is about.",
        ),
        ("Fyll i cellen på varje rad.", "Fill in the cell on every row."),
    ),
    entry(
        "ROW-002",
        ("{label_sv} är inte ett tal", "{label_en} is not a number"),
        (
            "Det som står i cellen kan inte läsas som ett tal av det slag som modellen har.",
            "What the cell holds cannot be read as a number of the kind that the model has.",
        ),
        (
            "Skriv ett tal, eller orden «stängd» eller «ej rapporterat».",
            "Write a number, or the words “closed” or “not reported”.",
        ),
    ),
    entry(
        "ROW-003",
        ("{label_sv} ligger utanför gränserna", "{label_en} is outside the limits"),
        ("Värdet ska ligga mellan {minimum} och {maximum}.", "The value must be between {minimum} and {maximum}."),
        (
            "Rätta värdet. Kontrollera att det står i rätt kolumn.",
            "Mend the value. Check that it is in the right column.",
        ),
    ),
    entry(
        "ROW-004",
        ("{label_sv} är tom", "{label_en} is empty"),
        (
            "En tom cell är inte noll. Var enheten stängd, eller är uppgiften inte rapporterad?",
            "An empty cell is not zero. Was the unit closed, or is the figure not reported?",
        ),
        (
            "Svara «stängd» eller «ej rapporterat», eller fyll i talet. Noll skrivs 0.",
            "Answer “closed” or “not reported”, or fill in the number. Zero is written 0.",
        ),
    ),
    entry(
        "ROW-005",
        ("{label_sv} finns inte i kodlistan", "{label_en} is not in the code list"),
        (
            "Cellens text är varken en kod eller ett namn i kodlistan {list_sv}.",
            "The cell's text is neither a code nor a name in the code list {list_en}.",
        ),
        (
            "Välj en kod ur listan. Mallen har den som rullista.",
            "Choose a code from the list. The template has it as a drop-down list.",
        ),
    ),
    entry(
        "ROW-006",
        ("{label_sv} gällde inte då", "{label_en} was not valid then"),
        (
            "Koden finns i {list_sv} men gällde inte under radens period.",
            "The code is in {list_en} but was not valid in the row's period.",
        ),
        (
            "Kontrollera perioden, eller välj den kod som gällde.",
            "Check the period, or choose the code that was valid.",
        ),
    ),
    entry(
        "ROW-007",
        ("{label_sv} är ingen period av rätt slag", "{label_en} is no period of the right kind"),
        (
            "Cellen kan inte läsas som en sådan period som modellen har.",
            "The cell cannot be read as a period of the kind that the model has.",
        ),
        (
            "Skriv perioden till exempel som {forms_sv}: andra slag av perioder tar modellen inte emot.",
            "Write the period for example as {forms_en}: the model takes no other kinds of periods.",
        ),
    ),
    entry(
        "ROW-008",
        ("Samma sak redovisas två gånger", "The same thing is stated twice"),
        (
            "Flera rader har samma nyckel, så det går inte att veta vilken som gäller.",
            "Several rows have the same key, so nobody can know which of them counts.",
        ),
        ("Ta bort eller rätta de rader som är för många.", "Remove or mend the rows that are too many."),
    ),
    entry(
        "ROW-009",
        ("Raden hör till en annan region", "The row belongs to another region"),
        (
            "En region lämnar bara egna uppgifter; dataflödet är regionens med kod {region}.",
            "A region gives only its own figures; the flow is that of the region with code {region}.",
        ),
        ("Ta bort raderna, eller rätta koden.", "Remove the rows, or mend the code."),
    ),
    entry(
        "ROW-010",
        ("{label_sv} har för många decimaler", "{label_en} has too many decimals"),
        ("Värdet anges med högst {decimals} decimaler.", "The value is stated with at most {decimals} decimals."),
        (
            "Avrunda värdet själv; registret avrundar aldrig åt någon.",
            "Round the value yourself; the registry never rounds for anybody.",
        ),
    ),
    entry(
        "ROW-011",
        ("{label_sv} har inte rätt form", "{label_en} does not have the right form"),
        (
            "Texten är längre än {longest} tecken, har styrtecken eller följer inte modellens mönster.",
            "The text is longer than {longest} characters, has control characters or does not follow the model's pattern.",
        ),
        ("Rätta texten.", "Mend the text."),
    ),
    entry(
        "ROW-012",
        ("{label_sv} är inget datum", "{label_en} is no date"),
        ("Cellen kan inte läsas som en dag.", "The cell cannot be read as a day."),
        ("Skriv datum som 2026-10-01.", "Write dates as 2026-10-01."),
    ),
    entry(
        "ROW-013",
        ("Ett fält som modellen inte har", "A field that the model does not have"),
        (
            "Posten har fältet {field}, som inte finns i modellen.",
            "The record has the field {field}, which the model does not have.",
        ),
        ("Ta bort fältet, eller rätta dess namn.", "Remove the field, or mend its name."),
    ),
    entry(
        "ROW-014",
        ("Filen har inga rader", "The file has no rows"),
        ("Det finns ingen rad att kontrollera under rubrikerna.", "There is no row to check below the headings."),
        ("Kontrollera att rätt fil och rätt blad valdes.", "Check that the right file and sheet were chosen."),
    ),
    entry(
        "SUM-001",
        ("Summarader har lämnats utanför", "Total rows have been left out"),
        (
            "Rader som summerar andra rader är inga observationer. De har jämförts med sina rader och följer inte med.",
            "Rows that sum other rows are no observations. They were compared with their rows and do not go along.",
        ),
        ("Inget behöver göras.", "Nothing needs to be done."),
    ),
    entry(
        "SUM-002",
        ("Summaraden stämmer inte: {label_sv}", "The total row does not agree: {label_en}"),
        (
            "Summan i filen skiljer sig från summan av dess rader.",
            "The total in the file differs from the sum of its rows.",
        ),
        (
            "Saknas en rad, eller är någon rad fel? Rätta den, eller förklara skillnaden.",
            "Is a row missing, or is one wrong? Mend it, or explain the difference.",
        ),
    ),
    entry(
        "SUM-003",
        ("Filen har summarader", "The file has total rows"),
        ("Modellen tar inte emot rader som summerar andra rader.", "The model does not take rows that sum other rows."),
        ("Ta bort summaraderna.", "Remove the total rows."),
    ),
    entry(
        "RULE-001",
        ("{text_sv}", "{text_en}"),
        ("Regeln bryts på {count} rader. {reason_sv}", "The rule is broken on {count} rows. {reason_en}"),
        ("Rätta värdena på raderna.", "Mend the values on the rows."),
    ),
    entry(
        "RULE-002",
        ("{text_sv}", "{text_en}"),
        ("Så är det inte på {count} rader. {reason_sv}", "It is not so on {count} rows. {reason_en}"),
        (
            "Rätta värdena, eller förklara varför de är riktiga. En granskare läser förklaringen.",
            "Mend the values, or explain why they are right. A reviewer reads the explanation.",
        ),
    ),
)
