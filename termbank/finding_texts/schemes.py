"""What findings on a scheme of our own say, and on what SKOS cannot carry of it."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

SKOS_REFERENCE = "https://www.w3.org/TR/skos-reference/"
NOTHING_TO_DO = Text("Inget behöver göras. Sidan visar det.", "Nothing needs to be done. The page shows it.")

IN_A_SCHEME = (
    FindingEntry(
        "SCHEME-001", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("{place}: {problem}", "{place}: {problem}"),
        Text("Innehållet har inte den form som ett begreppssystem ska ha.", "The content does not have the shape of a concept scheme."),
        Text("Rätta fältet, eller skriv begreppssystemet i formuläret.", "Mend the field, or write the concept scheme in the form."),
    ),
    FindingEntry(
        "SCHEME-002", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Titel saknas", "The title is missing"),
        Text("Ett begreppssystem ska ha en titel.", "A concept scheme needs a title."),
        Text("Skriv titeln på svenska eller engelska.", "Write the title in Swedish or English."),
    ),
    FindingEntry(
        "SCHEME-003", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Början av IRI slutar inte med / eller #", "The beginning of the IRIs does not end with / or #"),
        Text("Begreppens id läggs till efter den.", "The concepts' ids are added after it."),
        Text("Lägg till / eller # sist.", "Add / or # at the end."),
    ),
    FindingEntry(
        "SCHEME-004", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("«{written}» är inget datum", "“{written}” is no date"),
        Text("Ett datum skrivs med år, månad och dag.", "A date is written as year, month and day."),
        Text("Skriv det som 2026-03-01.", "Write it like 2026-03-01."),
    ),
    FindingEntry(
        "SCHEME-005", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("{day} har inte varit ännu", "{day} has not been yet"),
        Text("I dag är det {today}. Hur begreppssystemet kommer att vara vet ingen.", "Today is {today}. Nobody knows what the scheme will be like."),
        Text("Välj en dag till och med i dag.", "Choose a day up to today."),
    ),
    FindingEntry(
        "SCHEME-006", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Begreppen får andra namn i filer", "The concepts get other names in files"),
        Text(
            "{number} begrepp heter i dag {old} och heter sedan {new}. Allt som andra har sparat med de gamla namnen (länkar, mappningar, kopior) hittas inte längre i nya filer.",
            "{number} concepts are called {old} today and {new} afterwards. What others have stored with the old names (links, mappings, copies) is not found in new files any more.",
        ),
        Text(
            "Ändra bara om det är nödvändigt, och om de gamla adresserna kan leda vidare. Filerna säger vad varje begrepp hette (owl:sameAs), och registrets egna adresser leder rätt som förut.",
            "Change it only where you must, and where the old addresses can lead on. The files say what each concept was called (owl:sameAs), and the registry's own addresses lead there as before.",
        ),
    ),
    FindingEntry(
        "SKOS-S9", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("Begreppssystemet är också ett begrepp", "The concept scheme is a concept too"),
        Text("{concept} är både begreppssystem och begrepp.", "{concept} is both a concept scheme and a concept."),
        Text("Låt den vara det ena.", "Let it be one of them."),
        SKOS_REFERENCE,
    ),
    FindingEntry(
        "SKOS-S13", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("Samma term i två roller", "The same term in two roles"),
        Text("{concept} har {label} både som term och som synonym eller avrådd term.", "{concept} has {label} both as a term and as a synonym or deprecated term."),
        Text("Behåll termen i en roll.", "Keep the term in one role."),
        SKOS_REFERENCE,
    ),
    FindingEntry(
        "SKOS-S14", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("Mer än en huvudterm", "More than one preferred term"),
        Text("{concept} har {number} huvudtermer på språket {language}.", "{concept} has {number} preferred terms in the language {language}."),
        Text("Gör de andra till synonymer.", "Make the others synonyms."),
        SKOS_REFERENCE,
    ),
    FindingEntry(
        "SKOS-S27", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("Relaterat och överordnat på samma gång", "Related and broader at once"),
        Text("{concept} är relaterat till {other}, som det också är underordnat.", "{concept} is related to {other}, which is also broader than it."),
        Text("Behåll den ena relationen.", "Keep one of the relations."),
        SKOS_REFERENCE,
    ),
    FindingEntry(
        "SKOS-CYCLE", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("Hierarkin går i cirkel", "The hierarchy goes round in a circle"),
        Text("{concept} är överordnat sig självt.", "{concept} is broader than itself."),
        Text("Ta bort en relation i cirkeln.", "Remove one relation of the circle."),
        SKOS_REFERENCE,
    ),
    FindingEntry(
        "SKOS-DANGLING", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("Relationen leder ut ur begreppssystemet", "The relation leads out of the scheme"),
        Text("{concept} pekar på {other}, som inte är ett begrepp här.", "{concept} points at {other}, which is no concept here."),
        Text("Välj ett begrepp i systemet.", "Choose a concept of the scheme."),
        SKOS_REFERENCE,
    ),
    FindingEntry(
        "SKOS-HOMONYM", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Två begrepp med samma term", "Two concepts with the same term"),
        Text("{number} begrepp heter {concept} på språket {language}.", "{number} concepts are called {concept} in the language {language}."),
        Text("Skilj dem åt med ett tillägg i termen.", "Tell them apart with an addition to the term."),
        "ISO 25964-1",
    ),
    FindingEntry(
        "SKOS-UNLABELLED", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("Svensk huvudterm saknas", "No preferred Swedish term"),
        Text("{concept} har ingen svensk huvudterm.", "{concept} has no preferred Swedish term."),
        Text("Ge begreppet en svensk term.", "Give the concept a Swedish term."),
        "ISO 25964-1",
    ),
    FindingEntry(
        "SKOS-TOP", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Toppbegreppet är inte överst", "The top concept is not on top"),
        Text("{concept} är toppbegrepp men har ett överordnat begrepp, eller tvärtom.", "{concept} is a top concept but has a broader one, or the other way round."),
        Text("Rätta relationen.", "Mend the relation."),
        SKOS_REFERENCE,
    ),
    FindingEntry(
        "SKOS-LOST", Severity.INFO, Stage.FORMATS, Scope.SCHEME,
        Text("En relation kom inte med", "A relation was left out"),
        Text("{slug} har en relation ({role}) till {other}, som inte finns i exporten.", "{slug} has a relation ({role}) to {other}, which is not in the export."),
        Text("Exportera hela begreppssystemet om relationen behövs.", "Export the whole scheme if the relation is needed."),
    ),
    FindingEntry(
        "SKOS-001", Severity.INFO, Stage.FORMATS, Scope.SCHEME,
        Text("Källor till omtvistade relationer", "Sources of contested relations"),
        Text("{number} relationer som tillämpas olika har en källa, som SKOS inte har någon plats för.", "{number} relations that are applied differently have a source, which SKOS has no place for."),
        NOTHING_TO_DO,
    ),
    FindingEntry(
        "SKOS-002", Severity.INFO, Stage.FORMATS, Scope.SCHEME,
        Text("Adresser i anmärkningar", "Addresses in notes"),
        Text("{number} anmärkningar har både källa och webbadress. Bara källan står i filen.", "{number} notes have both a source and a web address. Only the source is in the file."),
        NOTHING_TO_DO,
    ),
    FindingEntry(
        "SKOS-003", Severity.INFO, Stage.FORMATS, Scope.SCHEME,
        Text("Att begrepp är återgivna", "That concepts are reproduced"),
        Text("{number} begrepp är återgivna ur något publicerat. Källan står i filen, men inte att innehållet är återgivet.", "{number} concepts were reproduced from something published. The source is in the file, but not that the content was reproduced."),
        NOTHING_TO_DO,
    ),
    FindingEntry(
        "SKOS-004", Severity.INFO, Stage.FORMATS, Scope.SCHEME,
        Text("Regionernas egna termer", "The regions' own terms"),
        Text("{number} tillämpningar har en annan term än begreppet. Den står inte i filen.", "{number} application statements have another term than the concept. It is not in the file."),
        NOTHING_TO_DO,
    ),
    FindingEntry(
        "SKOS-005", Severity.INFO, Stage.FORMATS, Scope.SCHEME,
        Text("Källor utan webbadress", "Sources without a web address"),
        Text("{number} källor eller beslut anger en adress som inte är en webbadress. Den står inte i filen.", "{number} sources or decisions state an address that is no web address. It is not in the file."),
        NOTHING_TO_DO,
    ),
)  # fmt: skip
