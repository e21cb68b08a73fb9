"""What the follow-up's findings say."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

TEXTS = (
    FindingEntry(
        "FOL-001", Severity.INFO, Stage.TABLES, Scope.TABLE,
        Text(
            "Summan skiljer sig från den publicerade, av avrundning",
            "The sum differs from the published one by rounding",
        ),
        Text(
            "För {period} publicerades {published}, och delarna summerar till {computed}: {difference} i skillnad. De {parts} "
            "delarna är avrundade var för sig, och det kan skilja så mycket.",
            "For {period}, {published} was published and the parts add up to {computed}: a difference of {difference}. The "
            "{parts} parts were rounded one by one, which can make that much.",
        ),
        Text("Inget tal är ändrat.", "No figure has been changed."),
        "{source}",
    ),
    FindingEntry(
        "FOL-002", Severity.WARNING, Stage.TABLES, Scope.TABLE,
        Text("Summan skiljer sig från den publicerade", "The sum differs from the published one"),
        Text(
            "För {period} publicerades {published}, och delarna summerar till {computed}: {difference} i skillnad. Avrundning av "
            "{parts} delar förklarar inte så mycket.",
            "For {period}, {published} was published and the parts add up to {computed}: a difference of {difference}. "
            "Rounding of {parts} parts does not explain that much.",
        ),
        Text(
            "Jämför källorna innan siffrorna används tillsammans.",
            "Compare the sources before the figures are used together.",
        ),
        "{source}",
    ),
    FindingEntry(
        "FOL-003", Severity.WARNING, Stage.TABLES, Scope.TABLE,
        Text("Samma cell finns i flera leveranser", "The same cell is in several deliveries"),
        Text(
            "{cells} celler finns i mer än en frisläppt leverans. Den senast frisläppta gäller.",
            "{cells} cells are in more than one released delivery. The one released last counts.",
        ),
        Text(
            "Skicka en rättelse eller återta den ena leveransen om den senaste inte är den rätta.",
            "Send a correction or withdraw one of the deliveries if the latest is not the right one.",
        ),
    ),
    FindingEntry(
        "FOL-044", Severity.WARNING, Stage.TABLES, Scope.TABLE,
        Text("Leveranser som inte har det som måttet räknar", "Deliveries without what the measure counts"),
        Text(
            "{releases} leveranser gjordes enligt version {versions} av modellen, som inte har elementet {element} eller det som "
            "måttet delar det på. De är utelämnade.",
            "{releases} deliveries were made under version {versions} of the model, which has no element {element}, or not what "
            "the measure divides it by. They are left out.",
        ),
        Text(
            "Bind måttet till den version som gäller, eller ge de äldre åren ett eget mått.",
            "Bind the measure to the version in force, or give the older years a measure of their own.",
        ),
    ),
    FindingEntry(
        "FOL-045", Severity.WARNING, Stage.TABLES, Scope.TABLE,
        Text("Delar som räknar olika saker summeras inte", "Parts that count different things are not added"),
        Text(
            "För {cells} siffror gjordes delarna enligt versioner av modellen där värdet är av ett annat begrepp eller har en "
            "annan enhet. De delarna summeras inte.",
            "For {cells} figures the parts were made under versions of the model in which the value is of another concept or in "
            "another unit. Those parts are not added.",
        ),
        Text(
            "Siffran visas när alla delar är levererade enligt samma version.",
            "The figure is shown once all parts are delivered under the same version.",
        ),
    ),
    FindingEntry(
        "FOL-046", Severity.WARNING, Stage.TABLES, Scope.TABLE,
        Text("Siffror som vilar på flera lydelser", "Figures that rest on several wordings"),
        Text(
            "{cells} siffror är summor av delar som räknades enligt olika lydelser, med olika betydelse.",
            "{cells} figures are sums of parts that were counted under different wordings, with different meanings.",
        ),
        Text("Läs dem med den reservationen.", "Read them with that reservation."),
    ),
    FindingEntry(
        "FOL-047", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text(
            "Dolda tal kan räknas fram tillsammans med andra tabeller", "Hidden numbers can be worked out with other tables"
        ),
        Text(
            "{figures} dolda tal kan räknas fram av den som också har tabellerna över andra perioder eller av andra modeller.",
            "{figures} hidden numbers can be worked out by somebody who also has the tables of other periods or other models.",
        ),
        Text(
            "Publicera tabellen utan den nivån, eller vänta med den andra.",
            "Publish the table without that level, or wait with the other one.",
        ),
    ),
    FindingEntry(
        "FOL-048", Severity.WARNING, Stage.TABLES, Scope.TABLE,
        Text(
            "Dolda tal kan räknas fram av det som redan är publicerat",
            "Hidden numbers can be worked out of what is published already",
        ),
        Text(
            "{figures} dolda tal kan räknas fram av andra tabeller som redan är publicerade. Den här tabellen kan inte ändra det.",
            "{figures} hidden numbers can be worked out of other tables that are published already. This table cannot change that.",
        ),
        Text("Bedöm om de tabellerna ska dras tillbaka.", "Assess whether those tables are to be withdrawn."),
    ),
    FindingEntry(
        "FOL-049", Severity.WARNING, Stage.TABLES, Scope.TABLE,
        Text("Inte prövat mot {measure}", "Not checked against {measure}"),
        Text(
            "Måttet {measure} rör samma begrepp, men dess tal går inte att sätta samman med de här: de räknar något annat, eller "
            "så är de inte summor. Det går därför inte att säga att inget kan räknas fram av båda.",
            "The measure {measure} is about the same concept, but its numbers cannot be joined with these: they count something "
            "else, or they are no sums. Nobody can therefore say that nothing can be worked out of both.",
        ),
        Text(
            "Jämför tabellerna, och ange i måttet vad som räknar detsamma.",
            "Compare the tables, and state in the measure what counts the same.",
        ),
    ),
    FindingEntry(
        "FOL-017", Severity.WARNING, Stage.TABLES, Scope.TABLE,
        Text("Rader som inte får läggas ihop", "Rows that may not be added"),
        Text(
            "För {cells} platser och perioder finns flera rader som inte får läggas ihop: kvoter, eller en rad som kan vara "
            "summan av de andra. Där visas ingen siffra.",
            "For {cells} places and periods there are several rows that may not be added: rates, or a row that may be the "
            "total of the others. No figure is shown there.",
        ),
        Text(
            "Låt måttet välja en kod i varje kolumn som skiljer raderna åt.",
            "Let the measure choose one code in each column that tells the rows apart.",
        ),
    ),
    FindingEntry(
        "FOL-020", Severity.INFO, Stage.TABLES, Scope.TABLE,
        Text("En leveranslinje var stoppad när tabellen gjordes", "A delivery line was suspended when the table was made"),
        Text(
            "En leveranslinje från {name} är stoppad sedan {day}. Tabellen har det som släpptes fram dessförinnan, och inget nytt därifrån.",
            "A delivery line from {name} has been suspended since {day}. The table has what was released before that, and nothing new from there.",
        ),
        Text("Inget behöver göras. En ny tabell görs när något nytt släpps fram.", "Nothing has to be done. A new table is made when something new is released."),
    ),
    FindingEntry(
        "FOL-010", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tabellen är redan avgjord", "The table has already been decided"),
        Text(
            "Version {number} väntar inte längre på beslut: någon annan har beslutat, eller en nyare version har tagit dess plats.",
            "Version {number} no longer waits for a decision: somebody else has decided, or a newer version has taken its place.",
        ),
        Text("Öppna kön igen för att se vad som väntar.", "Open the queue again to see what is waiting."),
    ),
    FindingEntry(
        "FOL-011", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tabellen skyddar inte sina dolda celler", "The table does not protect its hidden cells"),
        Text(
            "Kontrollen av version {number} kan räkna ut minst en dold siffra, eller kan inte gå i god för tabellen bredvid ett "
            "annat mått. Den kan inte publiceras.",
            "The audit of version {number} can work out at least one hidden figure, or cannot vouch for the table beside another "
            "measure. It cannot be published.",
        ),
        Text("Avslå versionen.", "Refuse the version."),
    ),
    FindingEntry(
        "FOL-012", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Du har handlat för en region vars uppgifter ligger i tabellen", "You have acted for a region whose figures are in the table"),
        Text(
            "Den som har förberett, lämnat ut eller skickat uppgifter för en region beslutar inte om tabellen som görs av dem. Det gäller vad du har gjort, också när du har bytt roll.",
            "Whoever has prepared, disclosed or sent figures for a region does not decide about the table that is made from them. What counts is what you have done, also when your role is another now.",
        ),
        Text("Låt en annan rättsgranskare besluta.", "Let another legal reviewer decide."),
    ),
    FindingEntry(
        "FOL-013", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Bytet är inte beskrivet", "The change is not described"),
        Text(
            "Den som läser siffrorna behöver veta vad som byttes eller mäts på ett annat sätt.",
            "Whoever reads the figures needs to know what was replaced or is measured in another way.",
        ),
        Text("Skriv med några ord vad som ändrades.", "Write in a few words what changed."),
    ),
    FindingEntry(
        "FOL-014", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Texten innehåller ett personnummer", "The text holds a personal identity number"),
        Text(
            "Texten visas öppet intill brottet och får inte nämna någon.",
            "The text is shown openly beside the break and may name nobody.",
        ),
        Text("Ta bort numret.", "Remove the number."),
    ),
    FindingEntry(
        "FOL-015", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Skäl saknas", "Reasons are missing"),
        Text("Ett beslut ska ha skäl som andra kan läsa.", "A decision needs reasons that others can read."),
        Text("Skriv varför.", "Write why."),
    ),
    FindingEntry(
        "FOL-016", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text(
            "Ett annat mått räknar samma personer på ett annat sätt",
            "Another measure counts the same persons otherwise",
        ),
        Text(
            "Måttet {measure} visar siffror om samma uppgift, av andra rader eller efter en annan indelning, och i {groups} "
            "regioner och perioder är något dolt i den ena tabellen eller den andra. Då går det inte att gå i god för att "
            "de två tillsammans inte röjer något. Tabellen kan inte publiceras.",
            "The measure {measure} shows figures of the same element, of other rows or by other places, and in {groups} "
            "regions and periods something is hidden in one table or the other. Then nobody can vouch that the two together "
            "disclose nothing. The table cannot be published.",
        ),
        Text(
            "Avslå versionen, och låt måtten räkna samma rader med samma indelning, eller återta det ena.",
            "Refuse the version, and let the measures count the same rows by the same places, or withdraw one of them.",
        ),
    ),
    FindingEntry(
        "FOL-018", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tiden har passerat", "The time has passed"),
        Text(
            "{time} har redan varit. En tabell kan inte publiceras bakåt i tiden.",
            "{time} is in the past. A table cannot be published backwards in time.",
        ),
        Text(
            "Välj en tid som kommer, eller lämna fältet tomt för att publicera nu.",
            "Choose a time to come, or leave the field empty to publish now.",
        ),
    ),
    FindingEntry(
        "FOL-019", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tiden ligger för långt fram", "The time is too far off"),
        Text(
            "{time} är mer än ett år bort. Det brukar vara en felskrivning.",
            "{time} is more than a year off. That is usually a slip of the pen.",
        ),
        Text("Välj en tid inom ett år.", "Choose a time within a year."),
    ),
    FindingEntry(
        "FOL-021", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tabellen är redan publicerad", "The table is published already"),
        Text(
            "Version {number} är publicerad. Det som läsare har fått kan inte tas tillbaka.",
            "Version {number} is published. What readers have been given cannot be taken back.",
        ),
        Text(
            "Är något fel: rätta leveransen, så sätts en ny version samman.",
            "If something is wrong, correct the delivery, and a new version is composed.",
        ),
    ),
    FindingEntry(
        "FOL-022", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("En leverans är återtagen", "A delivery has been withdrawn"),
        Text(
            "En region har tagit tillbaka en leverans som version {number} vilar på. Ingen får en tabell med den.",
            "A region has withdrawn a delivery that version {number} rests on. Nobody is given a table with it.",
        ),
        Text(
            "Vänta på nästa version, som sätts samman utan leveransen, och besluta om den.",
            "Wait for the next version, which is composed without the delivery, and decide about that one.",
        ),
    ),
    FindingEntry(
        "FOL-043", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("En användning som tabellen vilar på är återtagen", "A use that the table rests on has been withdrawn"),
        Text(
            "Version {number} vilar på leveranser som inte längre får användas till det. Tabellen räknas om utan dem.",
            "Version {number} rests on deliveries that may no longer be used for it. The table is composed without them.",
        ),
        Text("Besluta om den version som kommer i stället.", "Decide on the version that comes in its place."),
    ),
    FindingEntry(
        "FOL-023", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tabellen väntar inte på någon tid", "The table waits for no time"),
        Text(
            "Version {number} är stoppad, avslagen eller inte beslutad ännu. Det finns ingen tid att ändra.",
            "Version {number} is stopped, refused or not decided yet. There is no time to change.",
        ),
        Text("Läs på sidan vad som gäller nu.", "Read on the page what applies now."),
    ),
    FindingEntry(
        "FOL-024", Severity.INFO, Stage.TABLES, Scope.TABLE,
        Text("Olika gränser för små tal gäller samma tabell", "Different thresholds apply to the same table"),
        Text(
            "De policyer som gäller för {audience} har olika gränser, från {lowest} till {highest}. Tabellen är gemensam, så den "
            "strängaste gäller för alla celler: allt under {highest} döljs.",
            "The policies that apply to {audience} have different thresholds, from {lowest} to {highest}. The table is one, so "
            "the strictest applies to all cells: everything below {highest} is hidden.",
        ),
        Text(
            "Ska en lägre gräns gälla behöver den strängare policyn ändras och godkännas på nytt.",
            "For a lower threshold to apply, the stricter policy has to be changed and approved again.",
        ),
    ),
    FindingEntry(
        "FOL-025", Severity.INFO, Stage.TABLES, Scope.TABLE,
        Text("Nollor visas enligt en policy och döljs enligt en annan", "One policy shows zeros, another hides them"),
        Text(
            "De policyer som gäller för {audience} behandlar nollor olika. Tabellen är gemensam, så den strängaste gäller för alla "
            "celler: nollor döljs.",
            "The policies that apply to {audience} treat zeros differently. The table is one, so the strictest applies to all "
            "cells: zeros are hidden.",
        ),
        Text(
            "Ska nollor visas behöver den strängare policyn ändras och godkännas på nytt.",
            "For zeros to be shown, the stricter policy has to be changed and approved again.",
        ),
    ),
    FindingEntry(
        "FOL-026", Severity.WARNING, Stage.TABLES, Scope.TABLE,
        Text(
            "En region kan redan räkna ut en annan regions dolda siffra",
            "A region can work out another region's hidden figure already",
        ),
        Text(
            "{figures} dolda siffror kan räknas ut av en annan region, som känner sina egna siffror, ur det som redan är "
            "publicerat. Den här versionen tillför inget, men kan inte heller ta tillbaka det.",
            "{figures} hidden figures can be worked out by another region, which knows its own figures, from what is published "
            "already. This version adds nothing to that, and cannot take it back either.",
        ),
        Text(
            "Bedöm om de publicerade versionerna ska ligga kvar, och tala med de regioner som berörs.",
            "Judge whether the published versions should remain, and talk with the regions concerned.",
        ),
    ),
    FindingEntry(
        "FOL-027", Severity.INFO, Stage.TABLES, Scope.TABLE,
        Text("Den egna regionens siffror, för regionen själv", "The region's own figures, for the region itself"),
        Text(
            "Bara den egna regionens siffror är med, och inga små tal är dolda. Det som andra ser kan ha fler celler dolda.",
            "Only the region's own figures are here, and no small numbers are hidden. What others see may have more cells hidden.",
        ),
        Text(
            "Ge inte siffrorna vidare utan en egen sekretessprövning.",
            "Do not pass the figures on without a secrecy assessment of your own.",
        ),
    ),
    FindingEntry(
        "FOL-042", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tabellen väntar inte längre på ett första beslut", "The table no longer waits for its first decision"),
        Text(
            "Version {number} är beslutad, stängd eller ersatt. Det regionen anser om att den är öppen utan beslut tas inte emot längre.",
            "Version {number} is decided, closed or superseded. What the region thinks of its being open without a decision is no longer taken in.",
        ),
        Text("Läs på sidan vad som gäller nu.", "Read on the page what applies now."),
    ),
    FindingEntry(
        "FOL-031", Severity.INFO, Stage.FORMATS, Scope.TABLE,
        Text("Brott i serierna", "Breaks in the series"),
        Text(
            "{number} brott, där något ändrades så att siffrorna före och efter inte kan jämföras rakt av, står inte i filen.",
            "{number} {number:break|breaks}, where something changed so that the figures before and after cannot be compared as they are, "
            "{number:is|are} not in the file.",
        ),
        Text("De står i filen för maskiner och på sidan.", "They are in the file for machines and on the page."),
    ),
    FindingEntry(
        "FOL-032", Severity.INFO, Stage.FORMATS, Scope.TABLE,
        Text("Anmärkningar på tabellen", "Remarks on the table"),
        Text(
            "{number} {number:anmärkning|anmärkningar} från sammansättningen står inte i filen.",
            "{number} {number:remark|remarks} from the composition {number:is|are} not in the file.",
        ),
        Text("De står i filen för maskiner och på sidan.", "They are in the file for machines and on the page."),
    ),
    FindingEntry(
        "FOL-033", Severity.INFO, Stage.FORMATS, Scope.TABLE,
        Text("Ett språk", "One language"),
        Text(
            "Rubriker, namn och decimaltecken är på ett språk i taget.",
            "Headings, names and the decimal sign are of one language at a time.",
        ),
        Text("Hämta filen på det andra språket också.", "Download the file in the other language too."),
    ),
    FindingEntry(
        "FOL-034", Severity.INFO, Stage.FORMATS, Scope.TABLE,
        Text("Namn som skrivs med apostrof", "Names written with an apostrophe"),
        Text(
            "{number} namn skulle tas för en formel i ett kalkylblad och har en apostrof först.",
            "{number} {number:name|names} would be taken for a formula in a spreadsheet and {number:has|have} an apostrophe first.",
        ),
        Text("Filen för maskiner är exakt.", "The file for machines is exact."),
    ),
    FindingEntry(
        "FOL-035", Severity.INFO, Stage.FORMATS, Scope.TABLE,
        Text("Namn på koder", "The names of codes"),
        Text(
            "Regioner och andra ställen står som koder. Namnen på {number} koder står inte i filen.",
            "Regions and other places are given as codes. The names of {number} codes are not in the file.",
        ),
        Text("De står i kalkylbladet och i kodlistorna.", "They are in the spreadsheet and in the code lists."),
    ),
    FindingEntry(
        "FOL-036", Severity.INFO, Stage.FORMATS, Scope.TABLE,
        Text("Källan till varje siffra", "The source of each figure"),
        Text(
            "Vilken leverans varje siffra kommer ur står inte i filen.",
            "Which delivery each figure comes from is not in the file.",
        ),
        Text("Det står på varje rad i kalkylbladet.", "It is on every row of the spreadsheet."),
    ),
    FindingEntry(
        "FOL-037", Severity.INFO, Stage.FORMATS, Scope.TABLE,
        Text("Vilka regioner som inte är jämförbara", "Which regions are not comparable"),
        Text(
            "{number} par av regioner räknar så olika att de inte kan jämföras. Det står inte i filen, som aldrig ändras.",
            "{number} pairs of regions count so differently that they cannot be compared. It is not in the file, which never changes.",
        ),
        Text("Det står på sidan, och i filen Jämförbarhet.", "It is on the page, and in the file Comparability."),
    ),
    FindingEntry(
        "FOL-041", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tabellen publiceras nu", "The table is being published"),
        Text(
            "Det är några sekunder kvar till den tid då version {number} publiceras. En ändring nu kan komma efter att läsare har fått den.",
            "Version {number} is to be published in a few seconds. A change now might come after readers have got it.",
        ),
        Text(
            "Är något fel: rätta leveransen, så sätts en ny version samman.",
            "If something is wrong, correct the delivery, and a new version is composed.",
        ),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
