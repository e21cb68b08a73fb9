"""What the findings of this package say, in Swedish and English.

``COL``, ``ROW``, ``SUM`` and ``RULE-0`` are about a delivered file or record; ``RULE-1``, ``MOD``, ``LIST`` and ``MEA``
about the content that modellers write; ``FMT`` about a model file.
"""

from registry.findings import FindingText, Text


def _entry(
    code: str, title: tuple[str, str], body: tuple[str, str], mend: tuple[str, str], source: str = ""
) -> FindingText:
    return FindingText(code, Text(*title), Text(*body), Text(*mend), source)


IN_A_FILE = (
    _entry(
        "COL-001",
        ("Kolumnen {label_sv} saknas", "The column {label_en} is missing"),
        (
            "Modellen kräver kolumnen {label_sv}, men filen har den inte.",
            "The model requires the column {label_en}, but the file lacks it.",
        ),
        ("Lägg till kolumnen, eller rätta dess rubrik.", "Add the column, or mend its heading."),
    ),
    _entry(
        "ROW-001",
        ("{label_sv} är inte ifylld", "{label_en} is not filled in"),
        (
            "Utan {label_sv} går det inte att säga vad raden gäller.",
            "Without {label_en} nobody can say what the row is about.",
        ),
        ("Fyll i cellen på varje rad.", "Fill in the cell on every row."),
    ),
    _entry(
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
    _entry(
        "ROW-003",
        ("{label_sv} ligger utanför gränserna", "{label_en} is outside the limits"),
        ("Värdet ska ligga mellan {minimum} och {maximum}.", "The value must be between {minimum} and {maximum}."),
        (
            "Rätta värdet. Kontrollera att det står i rätt kolumn.",
            "Mend the value. Check that it is in the right column.",
        ),
    ),
    _entry(
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
    _entry(
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
    _entry(
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
    _entry(
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
    _entry(
        "ROW-008",
        ("Samma sak redovisas två gånger", "The same thing is stated twice"),
        (
            "Flera rader har samma nyckel, så det går inte att veta vilken som gäller.",
            "Several rows have the same key, so nobody can know which of them counts.",
        ),
        ("Ta bort eller rätta de rader som är för många.", "Remove or mend the rows that are too many."),
    ),
    _entry(
        "ROW-009",
        ("Raden hör till en annan region", "The row belongs to another region"),
        (
            "En region lämnar bara egna uppgifter; dataflödet är regionens med kod {region}.",
            "A region gives only its own figures; the flow is that of the region with code {region}.",
        ),
        ("Ta bort raderna, eller rätta koden.", "Remove the rows, or mend the code."),
    ),
    _entry(
        "ROW-010",
        ("{label_sv} har för många decimaler", "{label_en} has too many decimals"),
        ("Värdet anges med högst {decimals} decimaler.", "The value is stated with at most {decimals} decimals."),
        (
            "Avrunda värdet själv; registret avrundar aldrig åt någon.",
            "Round the value yourself; the registry never rounds for anybody.",
        ),
    ),
    _entry(
        "ROW-011",
        ("{label_sv} har inte rätt form", "{label_en} does not have the right form"),
        (
            "Texten är längre än {longest} tecken, har styrtecken eller följer inte modellens mönster.",
            "The text is longer than {longest} characters, has control characters or does not follow the model's pattern.",
        ),
        ("Rätta texten.", "Mend the text."),
    ),
    _entry(
        "ROW-012",
        ("{label_sv} är inget datum", "{label_en} is no date"),
        ("Cellen kan inte läsas som en dag.", "The cell cannot be read as a day."),
        ("Skriv datum som 2026-10-01.", "Write dates as 2026-10-01."),
    ),
    _entry(
        "ROW-013",
        ("Ett fält som modellen inte har", "A field that the model does not have"),
        (
            "Posten har fältet {field}, som inte finns i modellen.",
            "The record has the field {field}, which the model does not have.",
        ),
        ("Ta bort fältet, eller rätta dess namn.", "Remove the field, or mend its name."),
    ),
    _entry(
        "ROW-014",
        ("Filen har inga rader", "The file has no rows"),
        ("Det finns ingen rad att kontrollera under rubrikerna.", "There is no row to check below the headings."),
        ("Kontrollera att rätt fil och rätt blad valdes.", "Check that the right file and sheet were chosen."),
    ),
    _entry(
        "SUM-001",
        ("Summarader har lämnats utanför", "Total rows have been left out"),
        (
            "Rader som summerar andra rader är inga observationer. De har jämförts med sina rader och följer inte med.",
            "Rows that sum other rows are no observations. They were compared with their rows and do not go along.",
        ),
        ("Inget behöver göras.", "Nothing needs to be done."),
    ),
    _entry(
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
    _entry(
        "SUM-003",
        ("Filen har summarader", "The file has total rows"),
        ("Modellen tar inte emot rader som summerar andra rader.", "The model does not take rows that sum other rows."),
        ("Ta bort summaraderna.", "Remove the total rows."),
    ),
    _entry(
        "RULE-001",
        ("{text_sv}", "{text_en}"),
        ("Regeln bryts på {count} rader. {reason_sv}", "The rule is broken on {count} rows. {reason_en}"),
        ("Rätta värdena på raderna.", "Mend the values on the rows."),
    ),
    _entry(
        "RULE-002",
        ("{text_sv}", "{text_en}"),
        ("Så är det inte på {count} rader. {reason_sv}", "It is not so on {count} rows. {reason_en}"),
        (
            "Rätta värdena, eller förklara varför de är riktiga. En granskare läser förklaringen.",
            "Mend the values, or explain why they are right. A reviewer reads the explanation.",
        ),
    ),
)

IN_A_RULE = (
    _entry(
        "RULE-101",
        ("Regeln {rule} är för lång", "The rule {rule} is too long"),
        ("Ett uttryck har högst {longest} tecken.", "An expression has at most {longest} characters."),
        ("Dela den i flera regler.", "Divide it into several rules."),
    ),
    _entry(
        "RULE-102",
        ("Regeln {rule} har otillåtna tecken", "The rule {rule} has characters that are not allowed"),
        (
            "Uttryck skrivs med elementens namn, tal, text inom ' ', räknesätten + − * och jämförelser. Division, kommentarer och semikolon finns inte.",
            "Expressions are written with the elements' names, numbers, text within ' ', the operations + − * and comparisons. There are no division, comments or semicolons.",
        ),
        ("Skriv om uttrycket; a / b > 2 skrivs a > 2 * b.", "Rewrite the expression; a / b > 2 is written a > 2 * b."),
    ),
    _entry(
        "RULE-103",
        ("Regeln {rule} är för djup", "The rule {rule} is too deep"),
        ("Parenteser får ligga i högst {deepest} nivåer.", "Parentheses may nest at most {deepest} levels."),
        (
            "Förenkla uttrycket, eller dela det i flera regler.",
            "Simplify the expression, or divide it into several rules.",
        ),
    ),
    _entry(
        "RULE-104",
        ("Regeln {rule} går inte att läsa", "The rule {rule} cannot be read"),
        ("Uttrycket är inte ett SQL-uttryck.", "The expression is no SQL expression."),
        (
            "Till exempel: belagda <= disponibla + overbelaggningar",
            "For example: belagda <= disponibla + overbelaggningar",
        ),
        "PostgreSQL, value expressions",
    ),
    _entry(
        "RULE-105",
        ("Regeln {rule} är inte sann eller falsk", "The rule {rule} is not true or false"),
        (
            "En regel är en jämförelse, eller flera som fogats samman med AND och OR.",
            "A rule is a comparison, or several joined by AND and OR.",
        ),
        ("Lägg till en jämförelse.", "Add a comparison."),
    ),
    _entry(
        "RULE-106",
        ("Regeln {rule} använder {node}", "The rule {rule} uses {node}"),
        (
            "Bara jämförelser, BETWEEN, IN, IS NULL, AND, OR, NOT och + − * är tillåtna; inga funktioner.",
            "Only comparisons, BETWEEN, IN, IS NULL, AND, OR, NOT and + − * are allowed; no functions.",
        ),
        ("Skriv om uttrycket med dem.", "Rewrite the expression with those."),
    ),
    _entry(
        "RULE-107",
        ("Regeln {rule} nämner {name}", "The rule {rule} mentions {name}"),
        ("Modellen har inget element med det namnet.", "The model has no element of that name."),
        ("Använd elementets namn, inte dess etikett.", "Use the element's name, not its label."),
    ),
    _entry(
        "RULE-108",
        ("Regeln {rule} har talet {literal}", "The rule {rule} has the number {literal}"),
        (
            "Tal skrivs med högst 15 siffror och 6 decimaler, utan exponent.",
            "Numbers are written with at most 15 digits and 6 decimals, without exponent.",
        ),
        ("Skriv talet så.", "Write the number like that."),
    ),
    _entry(
        "RULE-109",
        ("Regeln {rule} jämför det som inte kan jämföras", "The rule {rule} compares what cannot be compared"),
        (
            "Tal jämförs med tal. Text och koder kan bara vara lika eller olika.",
            "Numbers are compared with numbers. Texts and codes can only be equal or different.",
        ),
        ("Rätta uttrycket.", "Mend the expression."),
    ),
    _entry(
        "RULE-110",
        ("Regeln {rule} kan ge för stora tal", "The rule {rule} can give numbers that are too large"),
        (
            "Med de största tillåtna värdena ryms resultatet inte i 64 bitar.",
            "With the largest allowed values the result does not fit in 64 bits.",
        ),
        (
            "Sätt minsta och största värde på elementen, eller multiplicera färre av dem.",
            "Set minimum and maximum on the elements, or multiply fewer of them.",
        ),
    ),
)

IN_CONTENT = (
    _entry(
        "MOD-001",
        ("{place_sv}: {problem_sv}", "{place_en}: {problem_en}"),
        (
            "Innehållet har inte den form som formatet kräver.",
            "The content does not have the shape that the format requires.",
        ),
        ("Rätta fältet.", "Mend the field."),
    ),
    _entry(
        "MOD-020",
        ("Filen kan inte läsas in: {problem_sv}", "The file cannot be taken in: {problem_en}"),
        (
            "En fil med innehåll är JSON, och säger i content_schema vilket slags innehåll den har.",
            "A file of content is JSON, and says in content_schema what kind of content it has.",
        ),
        (
            "Hämta innehållet i en modell, en kodlista eller ett mått som JSON, och ändra i det.",
            "Download the content of a model, a code list or a measure as JSON, and change that.",
        ),
    ),
    _entry(
        "MOD-002",
        ("Elementet {element} finns två gånger", "The element {element} is there twice"),
        ("Ett elements namn är unikt i modellen.", "An element's name is unique in the model."),
        ("Ge ett av dem ett annat namn.", "Give one of them another name."),
    ),
    _entry(
        "MOD-003",
        ("{element}: typ och kodlista stämmer inte", "{element}: type and code list do not agree"),
        (
            "Ett element av typen kod har en kodlista, och bara ett sådant.",
            "An element of the type code has a code list, and only such an element.",
        ),
        ("Ange kodlistan, eller ändra typen.", "State the code list, or change the type."),
    ),
    _entry(
        "MOD-004",
        ("{element}: typ och slag av period stämmer inte", "{element}: type and kind of period do not agree"),
        (
            "Ett element av typen period säger vilka slag som tas emot (dag, månad, år …), och bara ett sådant.",
            "An element of the type period says which kinds it takes (day, month, year …), and only such an element.",
        ),
        ("Ange slagen, eller ändra typen.", "State the kinds, or change the type."),
    ),
    _entry(
        "MOD-005",
        ("{element}: ett värde är ett tal", "{element}: a value is a number"),
        (
            "Det som räknas eller mäts är heltal eller decimaltal.",
            "What is counted or measured is an integer or a decimal number.",
        ),
        ("Ändra typen, eller gör elementet till ett attribut.", "Change the type, or make the element an attribute."),
    ),
    _entry(
        "MOD-006",
        ("{element}: ett heltal har inga decimaler", "{element}: an integer has no decimals"),
        (
            "Antalet decimaler är mer än noll för ett heltal.",
            "The number of decimals is more than zero for an integer.",
        ),
        ("Ta bort decimalerna, eller ändra typen.", "Remove the decimals, or change the type."),
    ),
    _entry(
        "MOD-007",
        ("{element}: minsta värdet är större än det största", "{element}: the minimum is larger than the maximum"),
        ("Inget värde kan uppfylla båda.", "No value can meet both."),
        ("Byt plats på dem.", "Exchange them."),
    ),
    _entry(
        "MOD-008",
        ("{element}: gränsen är för stor", "{element}: the limit is too large"),
        ("Tal i en modell är högst {largest}.", "Numbers in a model are at most {largest}."),
        ("Sätt en lägre gräns.", "Set a lower limit."),
    ),
    _entry(
        "MOD-009",
        ("{element}: mönstret går inte att använda", "{element}: the pattern cannot be used"),
        (
            "«{pattern}» hör inte till det lilla mönsterspråk som alla system läser lika: bokstäver, klasser som [A-Z0-9] och antal som {{2,4}}.",
            "“{pattern}” does not belong to the small pattern language that all systems read alike: letters, classes such as [A-Z0-9] and counts such as {{2,4}}.",
        ),
        ("Skriv om mönstret.", "Rewrite the pattern."),
    ),
    _entry(
        "MOD-010",
        ("Nyckeln nämner {element}", "The key mentions {element}"),
        ("Nyckeln består av modellens dimensioner.", "The key consists of the model's dimensions."),
        ("Rätta namnet, eller gör elementet till en dimension.", "Mend the name, or make the element a dimension."),
    ),
    _entry(
        "MOD-011",
        ("{element} är ingen period", "{element} is no period"),
        (
            "Modellens periodelement är ett element av typen period.",
            "The model's period element is an element of the type period.",
        ),
        ("Välj ett annat element, eller ändra typen.", "Choose another element, or change the type."),
    ),
    _entry(
        "MOD-012",
        ("{element} säger inte vilken region", "{element} does not say which region"),
        (
            "Modellens regionelement är ett kodat element: regionen, eller något som ligger i en.",
            "The model's region element is a coded element: the region, or something that lies in one.",
        ),
        ("Välj ett annat element, eller inget.", "Choose another element, or none."),
    ),
    _entry(
        "MOD-013",
        ("Regeln {element} finns två gånger", "The rule {element} is there twice"),
        ("En regels id är unikt i modellen.", "A rule's id is unique in the model."),
        ("Ge en av dem ett annat id.", "Give one of them another id."),
    ),
    _entry(
        "MOD-014",
        ("{element}: begreppet {concept} är inte publicerat", "{element}: the concept {concept} is not published"),
        ("En modell vilar på publicerade begreppsversioner.", "A model rests on published concept versions."),
        ("Publicera begreppet först, eller välj ett annat.", "Publish the concept first, or choose another."),
    ),
    _entry(
        "MOD-015",
        (
            "{element}: kodlistan {code_list} är inte publicerad",
            "{element}: the code list {code_list} is not published",
        ),
        (
            "En modell vilar på publicerade versioner av kodlistor.",
            "A model rests on published versions of code lists.",
        ),
        ("Publicera kodlistan först, eller välj en annan.", "Publish the code list first, or choose another."),
    ),
    _entry(
        "LIST-001",
        ("Koden {code} finns två gånger", "The code {code} is there twice"),
        ("En kod är unik i sin lista.", "A code is unique in its list."),
        (
            "Ta bort den ena, eller ange två giltighetstider i två versioner.",
            "Remove one of them, or state two validities in two versions.",
        ),
    ),
    _entry(
        "LIST-002",
        ("«{name}» betyder både {code} och {other}", "“{name}” means both {code} and {other}"),
        ("En stavning i en fil måste peka ut en enda kod.", "A spelling in a file must point at one code only."),
        ("Ta bort stavningen från en av dem.", "Remove the spelling from one of them."),
    ),
    _entry(
        "LIST-003",
        ("Koden {code} slutar innan den börjar", "The code {code} ends before it begins"),
        ("Sista giltiga dag ligger före den första.", "The last valid day lies before the first."),
        ("Rätta datumen.", "Mend the dates."),
    ),
    _entry(
        "LIST-004",
        ("Koden {code} har en överordnad, men listan har ingen", "The code {code} has a parent, but the list has none"),
        (
            "Listan säger inte i vilken lista överordnade koder finns.",
            "The list does not say in which list parents are.",
        ),
        ("Ange den överordnade listan.", "State the parent list."),
    ),
    _entry(
        "MEA-001",
        ("Måttet nämner {name}", "The measure mentions {name}"),
        (
            "Modellen {model} har inget sådant element av rätt slag.",
            "The model {model} has no such element of the right kind.",
        ),
        ("Rätta namnet, eller välj en annan modell.", "Mend the name, or choose another model."),
    ),
    _entry(
        "MEA-002",
        ("Måttet {name} summerar en kvot", "The measure {name} sums a rate"),
        (
            "Kvoter summeras inte, och riket är aldrig medelvärdet av regionerna.",
            "Rates are not summed, and the country is never the mean of the regions.",
        ),
        ("Ange att värdet visas som publicerat.", "State that the value is shown as published."),
    ),
    _entry(
        "MEA-003",
        (
            "Måttet rör inte personer, men elementet gör det",
            "The measure does not concern persons, but its element does",
        ),
        (
            "Elementet {name} rör personer; då gör måttet det också.",
            "The element {name} concerns persons; so does the measure.",
        ),
        ("Ange att måttet rör personer.", "State that the measure concerns persons."),
    ),
    _entry(
        "MEA-004",
        ("Modellen {name} är inte publicerad", "The model {name} is not published"),
        (
            "Ett mått vilar på en publicerad version av sin modell.",
            "A measure rests on a published version of its model.",
        ),
        ("Publicera modellen först, eller välj en annan.", "Publish the model first, or choose another."),
    ),
    _entry(
        "MEA-005",
        ("Kvoten {name} saknar nämnare", "The ratio {name} has no denominator"),
        (
            "En kvot är ett antal delat med ett annat, båda summerade först.",
            "A ratio is one count divided by another, both summed first.",
        ),
        ("Välj det element som det delas med.", "Choose the element to divide by."),
    ),
    _entry(
        "MEA-006",
        ("Nämnaren {name} passar inte här", "The denominator {name} does not fit here"),
        (
            "Bara en kvot har en nämnare, och den är ett annat element än täljaren.",
            "Only a ratio has a denominator, and it is another element than the numerator.",
        ),
        ("Ta bort nämnaren, eller välj ett annat element.", "Take the denominator away, or choose another element."),
    ),
    _entry(
        "FMT-001",
        ("Filen är ingen modellfil", "The file is no model file"),
        (
            "Filen kan inte läsas som en modellfil från registret: {problem_sv}.",
            "The file cannot be read as a model file of the registry: {problem_en}.",
        ),
        ("Hämta modellfilen på nytt.", "Download the model file again."),
    ),
    _entry(
        "FMT-002",
        ("Modellfilen har ändrats", "The model file has been changed"),
        ("Innehållet stämmer inte med sin kontrollsumma.", "The content does not agree with its hash."),
        ("Hämta modellfilen på nytt.", "Download the model file again."),
    ),
)

TEXTS = (*IN_A_FILE, *IN_A_RULE, *IN_CONTENT)
