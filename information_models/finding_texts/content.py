"""Findings in other content that modellers write: ``MOD``, ``LIST`` and ``MEA``; ``FMT`` is about a model file."""

from information_models.finding_texts.entry import entry

IN_CONTENT = (
    entry(
        "MOD-001",
        ("{place_sv}: {problem_sv}", "{place_en}: {problem_en}"),
        (
            "Innehållet har inte den form som formatet kräver.",
            "The content does not have the shape that the format requires.",
        ),
        ("Rätta fältet.", "Mend the field."),
    ),
    entry(
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
    entry(
        "MOD-002",
        ("Elementet {element} finns två gånger", "The element {element} is there twice"),
        ("Ett elements namn är unikt i modellen.", "An element's name is unique in the model."),
        ("Ge ett av dem ett annat namn.", "Give one of them another name."),
    ),
    entry(
        "MOD-003",
        ("{element}: typ och kodlista stämmer inte", "{element}: type and code list do not agree"),
        (
            "Ett element av typen kod har en kodlista, och bara ett sådant.",
            "An element of the type code has a code list, and only such an element.",
        ),
        ("Ange kodlistan, eller ändra typen.", "State the code list, or change the type."),
    ),
    entry(
        "MOD-004",
        ("{element}: typ och slag av period stämmer inte", "{element}: type and kind of period do not agree"),
        (
            "Ett element av typen period säger vilka slag som tas emot (dag, månad, år …), och bara ett sådant.",
            "An element of the type period says which kinds it takes (day, month, year …), and only such an element.",
        ),
        ("Ange slagen, eller ändra typen.", "State the kinds, or change the type."),
    ),
    entry(
        "MOD-005",
        ("{element}: ett värde är ett tal", "{element}: a value is a number"),
        (
            "Det som räknas eller mäts är heltal eller decimaltal.",
            "What is counted or measured is an integer or a decimal number.",
        ),
        ("Ändra typen, eller gör elementet till ett attribut.", "Change the type, or make the element an attribute."),
    ),
    entry(
        "MOD-006",
        ("{element}: ett heltal har inga decimaler", "{element}: an integer has no decimals"),
        (
            "Antalet decimaler är mer än noll för ett heltal.",
            "The number of decimals is more than zero for an integer.",
        ),
        ("Ta bort decimalerna, eller ändra typen.", "Remove the decimals, or change the type."),
    ),
    entry(
        "MOD-007",
        ("{element}: minsta värdet är större än det största", "{element}: the minimum is larger than the maximum"),
        ("Inget värde kan uppfylla båda.", "No value can meet both."),
        ("Byt plats på dem.", "Exchange them."),
    ),
    entry(
        "MOD-008",
        ("{element}: gränsen är för stor", "{element}: the limit is too large"),
        ("Tal i en modell är högst {largest}.", "Numbers in a model are at most {largest}."),
        ("Sätt en lägre gräns.", "Set a lower limit."),
    ),
    entry(
        "MOD-009",
        ("{element}: mönstret går inte att använda", "{element}: the pattern cannot be used"),
        (
            "«{pattern}» hör inte till det lilla mönsterspråk som alla system läser lika: bokstäver, klasser som [A-Z0-9] och antal som {{2,4}}.",
            "“{pattern}” does not belong to the small pattern language that all systems read alike: letters, classes such as [A-Z0-9] and counts such as {{2,4}}.",
        ),
        ("Skriv om mönstret.", "Rewrite the pattern."),
    ),
    entry(
        "MOD-010",
        ("Nyckeln nämner {element}", "The key mentions {element}"),
        ("Nyckeln består av modellens dimensioner.", "The key consists of the model's dimensions."),
        ("Rätta namnet, eller gör elementet till en dimension.", "Mend the name, or make the element a dimension."),
    ),
    entry(
        "MOD-011",
        ("{element} är ingen period", "{element} is no period"),
        (
            "Modellens periodelement är ett element av typen period.",
            "The model's period element is an element of the type period.",
        ),
        ("Välj ett annat element, eller ändra typen.", "Choose another element, or change the type."),
    ),
    entry(
        "MOD-012",
        ("{element} säger inte vilken region", "{element} does not say which region"),
        (
            "Modellens regionelement är ett kodat element: regionen, eller något som ligger i en.",
            "The model's region element is a coded element: the region, or something that lies in one.",
        ),
        ("Välj ett annat element, eller inget.", "Choose another element, or none."),
    ),
    entry(
        "MOD-013",
        ("Regeln {element} finns två gånger", "The rule {element} is there twice"),
        ("En regels id är unikt i modellen.", "A rule's id is unique in the model."),
        ("Ge en av dem ett annat id.", "Give one of them another id."),
    ),
    entry(
        "MOD-014",
        ("{element}: begreppet {concept} är inte publicerat", "{element}: the concept {concept} is not published"),
        ("En modell vilar på publicerade begreppsversioner.", "A model rests on published concept versions."),
        ("Publicera begreppet först, eller välj ett annat.", "Publish the concept first, or choose another."),
    ),
    entry(
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
    entry(
        "LIST-001",
        ("Koden {code} finns två gånger", "The code {code} is there twice"),
        ("En kod är unik i sin lista.", "A code is unique in its list."),
        (
            "Ta bort den ena, eller ange två giltighetstider i två versioner.",
            "Remove one of them, or state two validities in two versions.",
        ),
    ),
    entry(
        "LIST-002",
        ("«{name}» betyder både {code} och {other}", "“{name}” means both {code} and {other}"),
        ("En stavning i en fil måste peka ut en enda kod.", "A spelling in a file must point at one code only."),
        ("Ta bort stavningen från en av dem.", "Remove the spelling from one of them."),
    ),
    entry(
        "LIST-003",
        ("Koden {code} slutar innan den börjar", "The code {code} ends before it begins"),
        ("Sista giltiga dag ligger före den första.", "The last valid day lies before the first."),
        ("Rätta datumen.", "Mend the dates."),
    ),
    entry(
        "LIST-004",
        ("Koden {code} har en överordnad, men listan har ingen", "The code {code} has a parent, but the list has none"),
        (
            "Listan säger inte i vilken lista överordnade koder finns.",
            "The list does not say in which list parents are.",
        ),
        ("Ange den överordnade listan.", "State the parent list."),
    ),
    entry(
        "MEA-001",
        ("Måttet nämner {name}", "The measure mentions {name}"),
        (
            "Modellen {model} har inget sådant element av rätt slag.",
            "The model {model} has no such element of the right kind.",
        ),
        ("Rätta namnet, eller välj en annan modell.", "Mend the name, or choose another model."),
    ),
    entry(
        "MEA-002",
        ("Måttet {name} summerar en kvot", "The measure {name} sums a rate"),
        (
            "Kvoter summeras inte, och riket är aldrig medelvärdet av regionerna.",
            "Rates are not summed, and the country is never the mean of the regions.",
        ),
        ("Ange att värdet visas som publicerat.", "State that the value is shown as published."),
    ),
    entry(
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
    entry(
        "MEA-004",
        ("Modellen {name} är inte publicerad", "The model {name} is not published"),
        (
            "Ett mått vilar på en publicerad version av sin modell.",
            "A measure rests on a published version of its model.",
        ),
        ("Publicera modellen först, eller välj en annan.", "Publish the model first, or choose another."),
    ),
    entry(
        "MEA-005",
        ("Kvoten {name} saknar nämnare", "The ratio {name} has no denominator"),
        (
            "En kvot är ett antal delat med ett annat, båda summerade först.",
            "A ratio is one count divided by another, both summed first.",
        ),
        ("Välj det element som det delas med.", "Choose the element to divide by."),
    ),
    entry(
        "MEA-006",
        ("Nämnaren {name} passar inte här", "The denominator {name} does not fit here"),
        (
            "Bara en kvot har en nämnare, och den är ett annat element än täljaren.",
            "Only a ratio has a denominator, and it is another element than the numerator.",
        ),
        ("Ta bort nämnaren, eller välj ett annat element.", "Take the denominator away, or choose another element."),
    ),
    entry(
        "MEA-007",
        ("Måttet {name} visar flera rader som en siffra", "The measure {name} shows several rows as one figure"),
        (
            "Värden som visas som publicerade läggs inte ihop, men raderna för en plats och period skiljer sig åt i {columns}.",
            "Values that are shown as published are not added, but the rows of one place and period differ in {columns}.",
        ),
        (
            "Välj en kod i varje sådan kolumn under Rader som räknas, eller ta den som nivå under regionen.",
            "Choose one code in each such column under Rows that count, or take it as a level below the region.",
        ),
    ),
    entry(
        "MEA-008",
        ("Kolumnen {name} kan lämnas tom", "The column {name} may be left empty"),
        (
            "En rad som lämnar den tom kan vara summan av de andra, och skulle då räknas två gånger.",
            "A row that leaves it empty may be the total of the others, and would then count twice.",
        ),
        (
            "Välj under Rader som räknas de rader som lämnar den tom eller de som har en viss kod, eller låt modellen kräva den.",
            "Choose under Rows that count the rows that leave it empty or those with one code, or let the model require it.",
        ),
    ),
    entry(
        "MEA-009",
        ("Kolumnen {name} har koder för summor", "The column {name} has codes for totals"),
        (
            "Koderna {codes} rymmer andra koder i samma lista. Rader med dem skulle räknas två gånger.",
            "The codes {codes} hold other codes of the same list. Rows with them would count twice.",
        ),
        (
            "Välj under Rader som räknas en kod: en summa eller en del.",
            "Choose one code under Rows that count: a total or a part.",
        ),
    ),
    entry(
        "MEA-010",
        ("Över {name} går det inte att summera", "Nothing can be summed over {name}"),
        (
            "Raderna gäller olika tider eller olika saker, och deras summa betyder ingenting.",
            "The rows are of different times or of different things, and their sum means nothing.",
        ),
        ("Välj en kod i kolumnen under Rader som räknas.", "Choose one code in the column under Rows that count."),
    ),
    entry(
        "FMT-001",
        ("Filen är ingen modellfil", "The file is no model file"),
        (
            "Filen kan inte läsas som en modellfil från registret: {problem_sv}.",
            "The file cannot be read as a model file of the registry: {problem_en}.",
        ),
        ("Hämta modellfilen på nytt.", "Download the model file again."),
    ),
    entry(
        "FMT-002",
        ("Modellfilen har ändrats", "The model file has been changed"),
        ("Innehållet stämmer inte med sin kontrollsumma.", "The content does not agree with its hash."),
        ("Hämta modellfilen på nytt.", "Download the model file again."),
    ),
)
