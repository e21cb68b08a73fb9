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
        Text("Ett flöde var stoppat när tabellen gjordes", "A flow was suspended when the table was made"),
        Text(
            "Flödet från {name} är stoppat sedan {day}. Tabellen har det som släpptes fram dessförinnan, och inget nytt därifrån.",
            "The flow from {name} is suspended since {day}. The table has what was released before that, and nothing new from there.",
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
        "FOL-023", Severity.ERROR, Stage.TABLES, Scope.TABLE,
        Text("Tabellen väntar inte på någon tid", "The table waits for no time"),
        Text(
            "Version {number} är stoppad, avslagen eller inte beslutad ännu. Det finns ingen tid att ändra.",
            "Version {number} is stopped, refused or not decided yet. There is no time to change.",
        ),
        Text("Läs på sidan vad som gäller nu.", "Read on the page what applies now."),
    ),
    FindingEntry(
        "FOL-031", Severity.INFO, Stage.FORMATS, Scope.TABLE,
        Text("Brott i serierna", "Breaks in the series"),
        Text(
            "{number} brott, där något ändrades så att siffrorna före och efter inte kan jämföras rakt av, står inte i filen.",
            "{number} breaks, where something changed so that the figures before and after cannot be compared as they are, "
            "are not in the file.",
        ),
        Text("De står i filen för maskiner och på sidan.", "They are in the file for machines and on the page."),
    ),
    FindingEntry(
        "FOL-032", Severity.INFO, Stage.FORMATS, Scope.TABLE,
        Text("Anmärkningar på tabellen", "Remarks on the table"),
        Text(
            "{number} anmärkningar från sammansättningen står inte i filen.",
            "{number} remarks from the composition are not in the file.",
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
            "{number} names would be taken for a formula in a spreadsheet and have an apostrophe first.",
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
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
