"""Findings in other content that modellers write: ``MOD``, ``LIST`` and ``MEA``; ``FMT`` is about a model file."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

IN_CONTENT = (
    FindingEntry(
        "MOD-020", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Filen kan inte läsas in: {problem}", "The file cannot be taken in: {problem}"),
        Text(
            "En fil med innehåll är JSON, och säger i content_schema vilket slags innehåll den har.",
            "A file of content is JSON, and says in content_schema what kind of content it has.",
        ),
        Text(
            "Hämta innehållet i en modell, en kodlista eller ett mått som JSON, och ändra i det.",
            "Download the content of a model, a code list or a measure as JSON, and change that.",
        ),
    ),
    FindingEntry(
        "MOD-002", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Elementet {element} finns två gånger", "The element {element} is there twice"),
        Text("Ett elements namn är unikt i modellen.", "An element's name is unique in the model."),
        Text("Ge ett av dem ett annat namn.", "Give one of them another name."),
    ),
    FindingEntry(
        "MOD-003", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element}: typ och kodlista stämmer inte", "{element}: type and code list do not agree"),
        Text(
            "Ett element av typen kod har en kodlista, och bara ett sådant.",
            "An element of the type code has a code list, and only such an element.",
        ),
        Text("Ange kodlistan, eller ändra typen.", "State the code list, or change the type."),
    ),
    FindingEntry(
        "MOD-004", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element}: typ och slag av period stämmer inte", "{element}: type and kind of period do not agree"),
        Text(
            "Ett element av typen period säger vilka slag som tas emot (dag, månad, år …), och bara ett sådant.",
            "An element of the type period says which kinds it takes (day, month, year …), and only such an element.",
        ),
        Text("Ange slagen, eller ändra typen.", "State the kinds, or change the type."),
    ),
    FindingEntry(
        "MOD-005", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element}: ett värde är ett tal", "{element}: a value is a number"),
        Text(
            "Det som räknas eller mäts är heltal eller decimaltal.",
            "What is counted or measured is an integer or a decimal number.",
        ),
        Text("Ändra typen, eller gör elementet till ett attribut.", "Change the type, or make the element an attribute."),
    ),
    FindingEntry(
        "MOD-006", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element}: ett heltal har inga decimaler", "{element}: an integer has no decimals"),
        Text(
            "Antalet decimaler är mer än noll för ett heltal.",
            "The number of decimals is more than zero for an integer.",
        ),
        Text("Ta bort decimalerna, eller ändra typen.", "Remove the decimals, or change the type."),
    ),
    FindingEntry(
        "MOD-007", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element}: minsta värdet är större än det största", "{element}: the minimum is larger than the maximum"),
        Text("Inget värde kan uppfylla båda.", "No value can meet both."),
        Text("Byt plats på dem.", "Exchange them."),
    ),
    FindingEntry(
        "MOD-008", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element}: gränsen är för stor", "{element}: the limit is too large"),
        Text("Tal i en modell är högst {largest}.", "Numbers in a model are at most {largest}."),
        Text("Sätt en lägre gräns.", "Set a lower limit."),
    ),
    FindingEntry(
        "MOD-009", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element}: mönstret går inte att använda", "{element}: the pattern cannot be used"),
        Text(
            "«{pattern}» hör inte till det lilla mönsterspråk som alla system läser lika: bokstäver, klasser som [A-Z0-9] och antal som {{2,4}}.",
            "“{pattern}” does not belong to the small pattern language that all systems read alike: letters, classes such as [A-Z0-9] and counts such as {{2,4}}.",
        ),
        Text("Skriv om mönstret.", "Rewrite the pattern."),
    ),
    FindingEntry(
        "MOD-010", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Nyckeln nämner {element}", "The key mentions {element}"),
        Text("Nyckeln består av modellens dimensioner.", "The key consists of the model's dimensions."),
        Text("Rätta namnet, eller gör elementet till en dimension.", "Mend the name, or make the element a dimension."),
    ),
    FindingEntry(
        "MOD-011", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element} är ingen period", "{element} is no period"),
        Text(
            "Modellens periodelement är ett element av typen period.",
            "The model's period element is an element of the type period.",
        ),
        Text("Välj ett annat element, eller ändra typen.", "Choose another element, or change the type."),
    ),
    FindingEntry(
        "MOD-012", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element} säger inte vilken region", "{element} does not say which region"),
        Text(
            "Modellens regionelement är ett kodat element: regionen, eller något som ligger i en.",
            "The model's region element is a coded element: the region, or something that lies in one.",
        ),
        Text("Välj ett annat element, eller inget.", "Choose another element, or none."),
    ),
    FindingEntry(
        "MOD-013", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {element} finns två gånger", "The rule {element} is there twice"),
        Text("En regels id är unikt i modellen.", "A rule's id is unique in the model."),
        Text("Ge en av dem ett annat id.", "Give one of them another id."),
    ),
    FindingEntry(
        "MOD-014", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element}: begreppet {concept} är inte publicerat", "{element}: the concept {concept} is not published"),
        Text("En modell vilar på publicerade begreppsversioner.", "A model rests on published concept versions."),
        Text("Publicera begreppet först, eller välj ett annat.", "Publish the concept first, or choose another."),
    ),
    FindingEntry(
        "MOD-016", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("En gräns mot historiken ska vara större än noll", "A threshold against history must be above zero"),
        Text(
            "Gränsen {threshold} säger från när ett värde avviker mycket från det som lämnats tidigare.",
            "The threshold {threshold} says from where a value differs much from what was delivered before.",
        ),
        Text("Skriv ett tal större än noll, eller lämna alla gränser tomma.", "Write a number above zero, or leave all thresholds empty."),
    ),
    FindingEntry(
        "MOD-015", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text(
            "{element}: kodlistan {code_list} är inte publicerad",
            "{element}: the code list {code_list} is not published",
        ),
        Text(
            "En modell vilar på publicerade versioner av kodlistor.",
            "A model rests on published versions of code lists.",
        ),
        Text("Publicera kodlistan först, eller välj en annan.", "Publish the code list first, or choose another."),
    ),
    FindingEntry(
        "MOD-021", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element} och {other} känns igen på samma rubrik", "{element} and {other} are recognised by the same heading"),
        Text(
            "En kolumn med rubriken «{heading}» kan vara vilken som helst av dem. Stora och små bokstäver, mellanslag, bindestreck och understreck gör ingen skillnad.",
            "A column under the heading “{heading}” may be either of them. Case, blanks, hyphens and underscores make no difference.",
        ),
        Text(
            "Ge det ena elementet ett annat namn eller en annan benämning, eller ta bort den andra rubriken.",
            "Give one of the elements another name or label, or take the other heading away.",
        ),
    ),
    FindingEntry(
        "MOD-022", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{element} säger inte i vilken region en rad är", "{element} does not tell in which region a row is"),
        Text(
            "Ingen kod i listan {list} är en region, eller ligger i en. Då kan ingen region lämna uppgifter enligt modellen.",
            "No code of the list {list} is a region, or lies in one. Then no region can deliver under the model.",
        ),
        Text(
            "Välj ett element vars kodlista är regionerna eller ligger under dem, ange i kodlistan var varje kod ligger, eller välj inget regionelement.",
            "Choose an element whose code list is the regions or lies below them, state in the code list where each code lies, or choose no region element.",
        ),
    ),
    FindingEntry(
        "MOD-023", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Nyckeln saknar perioden", "The key lacks the period"),
        Text(
            "Utan {element} i nyckeln är samma plats vid två tider samma rad, och den andra tas för en dubblett.",
            "Without {element} in the key the same place at two times is the same row, and the second is taken for a double.",
        ),
        Text("Lägg till {element} i nyckeln.", "Add {element} to the key."),
    ),
    FindingEntry(
        "MOD-024", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Modellen har inget värde", "The model has no value"),
        Text(
            "Inget element har rollen värde. Då räknas eller mäts ingenting i det som lämnas.",
            "No element has the role of a value. Then nothing is counted or measured in what is delivered.",
        ),
        Text("Ge minst ett tal rollen värde.", "Give at least one number the role of a value."),
    ),
    FindingEntry(
        "MOD-025", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} kan aldrig brytas", "The rule {rule} can never be broken"),
        Text(
            "Ingen rad som elementens gränser och kodlistor släpper fram bryter den. Den prövar ingenting, men ser ut att göra det.",
            "No row that the elements' limits and code lists let pass breaks it. It checks nothing, but seems to.",
        ),
        Text("Ändra regeln så att något kan bryta den, eller ta bort den.", "Change the rule so that something can break it, or take it away."),
    ),
    FindingEntry(
        "MOD-026", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} kan aldrig uppfyllas", "The rule {rule} can never hold"),
        Text(
            "Varje rad som den kan prövas på bryter den, så länge elementens gränser och kodlistor gäller.",
            "Every row that it can be judged on breaks it, as long as the elements' limits and code lists hold.",
        ),
        Text("Ändra regeln så att rätta uppgifter uppfyller den, eller ta bort den.", "Change the rule so that right figures meet it, or take it away."),
    ),
    FindingEntry(
        "MOD-027", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Regeln {rule} nämner «{text}», som {label} aldrig är", "The rule {rule} names “{text}”, which {label} never is"),
        Text(
            "Elementet {element} har ingen sådan kod, dag eller period. En kod skrivs som i kodlistan, en dag och en period i sin fasta form, till exempel 2026-10.",
            "The element {element} has no such code, day or period. A code is written as in the code list, a day and a period in their fixed form, for example 2026-10.",
        ),
        Text("Skriv koden som den står i listan, eller ta bort den ur regeln.", "Write the code as it stands in the list, or take it out of the rule."),
    ),
    FindingEntry(
        "MOD-028", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Namnet {element} har två understreck i följd", "The name {element} has two underscores in a row"),
        Text(
            "Så heter kolumner som kontrollen själv lägger till, till exempel antal__status för varför ett antal saknas.",
            "That is how columns are called that the checks add, for example antal__status for why a count is missing.",
        ),
        Text("Skriv namnet med ett understreck i taget.", "Write the name with one underscore at a time."),
    ),
    FindingEntry(
        "MOD-029", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{label} rör personer, men modellen säger inte det", "{label} concerns persons, but the model does not say so"),
        Text(
            "Elementet {element} rör personer enligt {who}. Utan det skyddas inte små tal.",
            "The element {element} concerns persons according to {who}. Without that small numbers are not protected.",
        ),
        Text(
            "Ange att elementet rör personer, eller skriv skälet till att det inte gör det. En rättsgranskare beslutar då också om versionen.",
            "State that the element concerns persons, or write why it does not. A legal reviewer then decides on the version too.",
        ),
    ),
    FindingEntry(
        "MOD-030", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{label} rör inte personer, men modellen säger det", "{label} does not concern persons, but the model says so"),
        Text(
            "Elementet {element} rör inte personer enligt {who}. Med det döljs tal som inte behöver döljas.",
            "The element {element} does not concern persons according to {who}. With that, numbers are hidden that need not be.",
        ),
        Text(
            "Ange att elementet inte rör personer, eller skriv skälet till att det gör det. En rättsgranskare beslutar då också om versionen.",
            "State that the element does not concern persons, or write why it does. A legal reviewer then decides on the version too.",
        ),
    ),
    FindingEntry(
        "LIST-001", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Koden {code} finns två gånger", "The code {code} is there twice"),
        Text("En kod är unik i sin lista.", "A code is unique in its list."),
        Text(
            "Ta bort den ena, eller ange två giltighetstider i två versioner.",
            "Remove one of them, or state two validities in two versions.",
        ),
    ),
    FindingEntry(
        "LIST-002", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("«{name}» betyder både {code} och {other}", "“{name}” means both {code} and {other}"),
        Text("En stavning i en fil måste peka ut en enda kod.", "A spelling in a file must point at one code only."),
        Text("Ta bort stavningen från en av dem.", "Remove the spelling from one of them."),
    ),
    FindingEntry(
        "LIST-003", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Koden {code} slutar innan den börjar", "The code {code} ends before it begins"),
        Text("Sista giltiga dag ligger före den första.", "The last valid day lies before the first."),
        Text("Rätta datumen.", "Mend the dates."),
    ),
    FindingEntry(
        "LIST-004", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Koden {code} har en överordnad, men listan har ingen", "The code {code} has a parent, but the list has none"),
        Text(
            "Listan säger inte i vilken lista överordnade koder finns.",
            "The list does not say in which list parents are.",
        ),
        Text("Ange den överordnade listan.", "State the parent list."),
    ),
    FindingEntry(
        "MEA-001", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Måttet nämner {name}", "The measure mentions {name}"),
        Text(
            "Modellen {model} har inget sådant element av rätt slag.",
            "The model {model} has no such element of the right kind.",
        ),
        Text("Rätta namnet, eller välj en annan modell.", "Mend the name, or choose another model."),
        field="element",
    ),
    FindingEntry(
        "MEA-002", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Måttet {name} summerar en kvot", "The measure {name} sums a rate"),
        Text(
            "Kvoter summeras inte, och riket är aldrig medelvärdet av regionerna.",
            "Rates are not summed, and the country is never the mean of the regions.",
        ),
        Text("Ange att värdet visas som publicerat.", "State that the value is shown as published."),
        field="aggregation",
    ),
    FindingEntry(
        "MEA-003", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text(
            "Måttet rör inte personer, men elementet gör det",
            "The measure does not concern persons, but its element does",
        ),
        Text(
            "Elementet {name} rör personer; då gör måttet det också.",
            "The element {name} concerns persons; so does the measure.",
        ),
        Text("Ange att måttet rör personer.", "State that the measure concerns persons."),
        field="concerns_persons",
    ),
    FindingEntry(
        "MEA-004", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Modellen {name} är inte publicerad", "The model {name} is not published"),
        Text(
            "Ett mått vilar på en publicerad version av sin modell.",
            "A measure rests on a published version of its model.",
        ),
        Text("Publicera modellen först, eller välj en annan.", "Publish the model first, or choose another."),
        field="model",
    ),
    FindingEntry(
        "MEA-005", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Kvoten {name} saknar nämnare", "The ratio {name} has no denominator"),
        Text(
            "En kvot är ett antal delat med ett annat, båda summerade först.",
            "A ratio is one count divided by another, both summed first.",
        ),
        Text("Välj det element som det delas med.", "Choose the element to divide by."),
        field="denominator",
    ),
    FindingEntry(
        "MEA-006", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Nämnaren {name} passar inte här", "The denominator {name} does not fit here"),
        Text(
            "Bara en kvot har en nämnare, och den är ett annat element än täljaren.",
            "Only a ratio has a denominator, and it is another element than the numerator.",
        ),
        Text("Ta bort nämnaren, eller välj ett annat element.", "Take the denominator away, or choose another element."),
        field="denominator",
    ),
    FindingEntry(
        "MEA-007", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Måttet {name} visar flera rader som en siffra", "The measure {name} shows several rows as one figure"),
        Text(
            "Värden som visas som publicerade läggs inte ihop, men raderna för en plats och period skiljer sig åt i {columns}.",
            "Values that are shown as published are not added, but the rows of one place and period differ in {columns}.",
        ),
        Text(
            "Välj en kod i varje sådan kolumn under Rader som räknas, eller ta den som nivå under regionen.",
            "Choose one code in each such column under Rows that count, or take it as a level below the region.",
        ),
        field="where",
    ),
    FindingEntry(
        "MEA-008", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Kolumnen {name} kan lämnas tom", "The column {name} may be left empty"),
        Text(
            "En rad som lämnar den tom kan vara summan av de andra, och skulle då räknas två gånger.",
            "A row that leaves it empty may be the total of the others, and would then count twice.",
        ),
        Text(
            "Välj under Rader som räknas de rader som lämnar den tom eller de som har en viss kod, eller låt modellen kräva den.",
            "Choose under Rows that count the rows that leave it empty or those with one code, or let the model require it.",
        ),
        field="where",
    ),
    FindingEntry(
        "MEA-009", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Kolumnen {name} har koder för summor", "The column {name} has codes for totals"),
        Text(
            "Koderna {codes} rymmer andra koder i samma lista. Rader med dem skulle räknas två gånger.",
            "The codes {codes} hold other codes of the same list. Rows with them would count twice.",
        ),
        Text(
            "Välj under Rader som räknas en kod: en summa eller en del.",
            "Choose one code under Rows that count: a total or a part.",
        ),
        field="where",
    ),
    FindingEntry(
        "MEA-010", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Över {name} går det inte att summera", "Nothing can be summed over {name}"),
        Text(
            "Raderna gäller olika tider eller olika saker, och deras summa betyder ingenting.",
            "The rows are of different times or of different things, and their sum means nothing.",
        ),
        Text("Välj en kod i kolumnen under Rader som räknas.", "Choose one code in the column under Rows that count."),
        field="where",
    ),
    FindingEntry(
        "MEA-011", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("{name} i {model} kan inte vara samma antal", "{name} in {model} cannot be the same count"),
        Text(
            "Ingen publicerad version av modellen har ett sådant värde, eller så är det måttets eget.",
            "No published version of the model has such a value, or it is the measure's own.",
        ),
        Text("Välj ett värde i en annan publicerad modell.", "Choose a value of another published model."),
        field="same_count_as",
    ),
    FindingEntry(
        "MEA-012", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Det står inte var {name} är publicerat", "It is not said where {name} is published"),
        Text(
            "Måttet rör personer och anges återge en publicering, och då döljs inga småtal. Det kräver en källa som går att slå upp.",
            "The measure concerns persons and is said to reproduce a publication, so that no small numbers are hidden. That takes a "
            "source that can be looked up.",
        ),
        Text(
            "Ange källans adress, eller ta bort att måttet återger en publicering.",
            "State the address of the source, or take away that the measure reproduces a publication.",
        ),
        field="source_url",
    ),
    FindingEntry(
        "FMT-001", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Filen är ingen modellfil", "The file is no model file"),
        Text(
            "Filen kan inte läsas som en modellfil från registret: {problem}.",
            "The file cannot be read as a model file of the registry: {problem}.",
        ),
        Text("Hämta modellfilen på nytt.", "Download the model file again."),
    ),
    FindingEntry(
        "FMT-002", Severity.ERROR, Stage.MODELS, Scope.ITEM,
        Text("Modellfilen har ändrats", "The model file has been changed"),
        Text("Innehållet stämmer inte med sin kontrollsumma.", "The content does not agree with its hash."),
        Text("Hämta modellfilen på nytt.", "Download the model file again."),
    ),
)  # fmt: skip
