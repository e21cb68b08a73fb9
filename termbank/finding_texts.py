"""Texts of the findings on concepts, schemes, definitions and application statements."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

SKOS_REFERENCE = "https://www.w3.org/TR/skos-reference/"
ISO_704 = "ISO 704:2009"


NOTHING_TO_DO = Text("Inget behöver göras. Sidan visar det.", "Nothing needs to be done. The page shows it.")

CONTENT = (
    FindingEntry(
        "TERM-001", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("{place}: {problem}", "{place}: {problem}"),
        Text("Innehållet har inte den form som ett begrepp ska ha.", "The content does not have the shape of a concept."),
        Text("Rätta fältet, eller skriv begreppet i formuläret.", "Mend the field, or write the concept in the form."),
    ),
    FindingEntry(
        "TERM-002", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Begreppssystemet saknas", "The concept scheme is missing"),
        Text("Begreppet hör inte till något begreppssystem.", "The concept belongs to no concept scheme."),
        Text("Ange ett begreppssystem.", "Name a concept scheme."),
    ),
    FindingEntry(
        "TERM-003", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Svensk term saknas", "The Swedish term is missing"),
        Text("Ett begrepp ska ha en svensk term.", "A concept needs a Swedish term."),
        Text("Skriv den svenska termen.", "Write the Swedish term."),
    ),
    FindingEntry(
        "TERM-004", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Texten är för lång", "The text is too long"),
        Text("Fältet rymmer {most} tecken.", "The field holds {most} characters."),
        Text("Korta texten.", "Shorten the text."),
    ),
    FindingEntry(
        "TERM-005", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Definitionen finns bara på ett språk", "The definition is in one language only"),
        Text("En definition skrivs på svenska och engelska.", "A definition is written in Swedish and English."),
        Text("Skriv definitionen på båda språken, eller lämna båda tomma.", "Write it in both languages, or leave both empty."),
    ),
    FindingEntry(
        "TERM-006", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("En anmärkning finns bara på ett språk", "A note is in one language only"),
        Text("Anmärkningar och tolkningsproblem skrivs på svenska och engelska.", "Notes and interpretation problems are written in Swedish and English."),
        Text("Skriv texten på båda språken.", "Write the text in both languages."),
    ),
    FindingEntry(
        "TERM-007", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Begreppet går inte att peka ut", "The concept cannot be pointed at"),
        Text("{slug} är inte en giltig nyckel.", "{slug} is not a valid key."),
        Text("Välj ett begrepp i termbanken.", "Choose a concept in the term bank."),
    ),
    FindingEntry(
        "TERM-008", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Samma relation två gånger", "The same relation twice"),
        Text("Ett begrepp står två gånger i samma relation.", "A concept stands twice in the same relation."),
        Text("Ta bort det ena.", "Remove one of them."),
    ),
    FindingEntry(
        "TERM-009", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Adressen går inte att länka", "The address cannot be linked"),
        Text("Adresser börjar med http:// eller https:// och har inga mellanslag.", "Addresses begin with http:// or https:// and have no blanks."),
        Text("Rätta adressen, eller lämna den tom.", "Mend the address, or leave it empty."),
    ),
    FindingEntry(
        "TERM-010", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Källa saknas", "The source is missing"),
        Text("En officiell ordalydelse ska ha en källa.", "An official wording needs a source."),
        Text("Ange källan, eller märk versionen som förslag.", "Name the source, or mark the version as a proposal."),
    ),
    FindingEntry(
        "TERM-011", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Begreppet finns inte", "There is no such concept"),
        Text("Termbanken har inget publicerat begrepp med nyckeln {slug}.", "The term bank has no published concept with the key {slug}."),
        Text("Publicera det begreppet först, eller välj ett annat.", "Publish that concept first, or choose another."),
    ),
    FindingEntry(
        "TERM-012", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Termen är redan upptagen", "The term is taken already"),
        Text("Begreppet {slug} har redan termen {term}.", "The concept {slug} has the term {term} already."),
        Text("Gör en ny version av det begreppet, eller välj en annan term.", "Make a new version of that concept, or choose another term."),
    ),
)  # fmt: skip

SCHEME = (
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

QSKOS = "qSKOS, Mader, Haslhofer och Isaac 2012"

VOCABULARIES = (
    FindingEntry(
        "SKOS-S37", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("Samlingen är också ett begrepp", "The collection is a concept too"),
        Text("{concept} är både samling och begrepp eller begreppssystem.", "{concept} is both a collection and a concept or a concept scheme."),
        Text("Låt den vara det ena.", "Let it be one of them."),
        SKOS_REFERENCE,
    ),
    FindingEntry(
        "SKOS-S46", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("Mappningar som utesluter varandra", "Mappings that exclude each other"),
        Text("{concept} är mappat till {other} både som exakt motsvarighet och som {relation}.", "{concept} is mapped to {other} both as an exact match and as {relation}."),
        Text("Behåll den ena mappningen.", "Keep one of the mappings."),
        SKOS_REFERENCE,
    ),
    FindingEntry(
        "VOC-001", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Text utan språk", "A text without a language"),
        Text("{concept} har en term eller en text utan språkmärke.", "{concept} has a term or a text without a language tag."),
        Text("Ange språket, till exempel @sv.", "State the language, for example @sv."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-002", Severity.ERROR, Stage.TERMS, Scope.SCHEME,
        Text("Ogiltigt språkmärke", "An invalid language tag"),
        Text("{concept} har en text med språkmärket {language}, som inte har formen av ett (RFC 5646).", "{concept} has a text with the language tag {language}, which does not have the form of one (RFC 5646)."),
        Text("Rätta märket.", "Mend the tag."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-003", Severity.INFO, Stage.TERMS, Scope.SCHEME,
        Text("Ett språk saknas", "A language is missing"),
        Text("{concept} har ingen term på {languages}, som andra begrepp har.", "{concept} has no term in {languages}, which other concepts have."),
        Text("Lägg till en term på språket om begreppen ska kunna visas på det.", "Add a term in the language if the concepts are to be shown in it."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-004", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Inget språk är gemensamt", "No language is common"),
        Text("Det finns inget språk som alla begrepp har en term på. Språk som förekommer: {languages}.", "There is no language in which every concept has a term. Languages that occur: {languages}."),
        Text("Ge alla begrepp en term på ett gemensamt språk.", "Give every concept a term in a common language."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-005", Severity.INFO, Stage.TERMS, Scope.SCHEME,
        Text("Varken definition eller anmärkning", "Neither definition nor note"),
        Text("{concept} har ingen definition, anmärkning eller exempel.", "{concept} has no definition, note or example."),
        Text("Skriv en definition eller en anmärkning.", "Write a definition or a note."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-006", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Huvudterm saknas", "No preferred term"),
        Text("{concept} har ingen huvudterm.", "{concept} has no preferred term."),
        Text("Ge begreppet en huvudterm.", "Give the concept a preferred term."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-007", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Samma term för två begrepp", "The same term for two concepts"),
        Text("{concept} och {other} har båda termen {label}.", "{concept} and {other} both have the term {label}."),
        Text("Skilj termerna åt, eller slå ihop begreppen om de är samma.", "Tell the terms apart, or merge the concepts if they are the same."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-008", Severity.INFO, Stage.TERMS, Scope.SCHEME,
        Text("Begreppet står ensamt", "The concept stands alone"),
        Text("{concept} har ingen relation till något annat begrepp.", "{concept} has no relation to any other concept."),
        Text("Relatera det till ett annat begrepp, eller ta bort det.", "Relate it to another concept, or remove it."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-009", Severity.INFO, Stage.TERMS, Scope.SCHEME,
        Text("En del hänger inte ihop med resten", "A part does not hang together with the rest"),
        Text("{number} begrepp, bland dem {concept}, har inga relationer till de övriga.", "{number} concepts, {concept} among them, have no relations to the others."),
        Text("Relatera delen till resten om den hör dit.", "Relate the part to the rest if it belongs there."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-010", Severity.INFO, Stage.TERMS, Scope.SCHEME,
        Text("Överflödig överordning", "A redundant broader relation"),
        Text("{concept} är underordnat {other} både direkt och genom ett annat begrepp.", "{concept} is narrower than {other} both directly and by way of another concept."),
        Text("Ta bort den direkta relationen.", "Remove the direct relation."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-011", Severity.INFO, Stage.TERMS, Scope.SCHEME,
        Text("Relationen säger inget nytt", "The relation says nothing new"),
        Text("{concept} och {other} är relaterade, men har redan samma överordnade begrepp.", "{concept} and {other} are related, but share a broader concept already."),
        Text("Ta bort relationen om den inte säger något mer.", "Remove the relation unless it says something more."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-012", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Bara transitivt relaterat", "Only transitively related"),
        Text("{concept} är underordnat {other} bara genom en transitiv relation; direkta relationer däremellan saknas.", "{concept} is narrower than {other} by a transitive relation alone; direct relations in between are missing."),
        Text("Ange de direkta relationerna.", "State the direct relations."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-013", Severity.INFO, Stage.TERMS, Scope.SCHEME,
        Text("Begreppssystemet saknar toppbegrepp", "The scheme has no top concepts"),
        Text("{concept} har inga toppbegrepp att börja läsa vid.", "{concept} has no top concepts to begin reading at."),
        Text("Ange de översta begreppen.", "Name the concepts on top."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-014", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Toppbegreppet har något över sig", "A top concept has something above it"),
        Text("{concept} är toppbegrepp men är underordnat {other} i samma begreppssystem.", "{concept} is a top concept but narrower than {other} in the same scheme."),
        Text("Rätta relationen, eller låt det inte vara toppbegrepp.", "Mend the relation, or let it not be a top concept."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-015", Severity.INFO, Stage.TERMS, Scope.SCHEME,
        Text("Relationen står bara åt ena hållet", "The relation is stated one way only"),
        Text("{concept} är {relation} till {other}, men det omvända står inte.", "{concept} is {relation} to {other}, but the inverse is not stated."),
        Text("Ange relationen åt båda hållen om läsarna inte härleder den.", "State the relation both ways if readers do not infer it."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-016", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Namnet finns inte i SKOS", "SKOS has no such name"),
        Text("{concept} använder {name}, som SKOS inte definierar.", "{concept} uses {name}, which SKOS does not define."),
        Text("Använd ett namn som SKOS har, eller ett eget namnrum.", "Use a name that SKOS has, or a namespace of your own."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-017", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Mappning inom samma begreppssystem", "A mapping within one scheme"),
        Text("{concept} är mappat ({relation}) till {other} i samma begreppssystem.", "{concept} is mapped ({relation}) to {other} in the same scheme."),
        Text("Använd en relation mellan begrepp i stället.", "Use a relation between concepts instead."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-018", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Tom text", "An empty text"),
        Text("{concept} har en term eller en text som är tom.", "{concept} has a term or a text that is empty."),
        Text("Ta bort den, eller fyll i den.", "Remove it, or fill it in."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-019", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Tecken som inte syns", "Characters that cannot be seen"),
        Text("{concept} har en term med tecken som inte kan skrivas ut: {codes}.", "{concept} has a term with characters that cannot be printed: {codes}."),
        Text("Ta bort tecknen.", "Remove the characters."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-020", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Relation till sig självt", "A relation to itself"),
        Text("{concept} har relationen {relation} till sig självt.", "{concept} has the relation {relation} to itself."),
        Text("Ta bort relationen.", "Remove the relation."),
        QSKOS,
    ),
    FindingEntry(
        "VOC-021", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Samma beteckning för flera begrepp", "The same notation for several concepts"),
        Text("{number} begrepp, bland dem {concept}, har beteckningen {notation} i samma begreppssystem.", "{number} concepts, {concept} among them, have the notation {notation} in the same scheme."),
        Text("Ge dem olika beteckningar.", "Give them different notations."),
        SKOS_REFERENCE,
    ),
    FindingEntry(
        "VOC-101", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("Filen är inte RDF", "The file is no RDF"),
        Text("Filen känns inte igen som Turtle, RDF/XML, N-Triples eller JSON-LD.", "The file is not recognised as Turtle, RDF/XML, N-Triples or JSON-LD."),
        Text("Välj en fil med ändelsen .ttl, .rdf, .nt eller .jsonld.", "Choose a file whose name ends in .ttl, .rdf, .nt or .jsonld."),

    ),
    FindingEntry(
        "VOC-102", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("Filen kan inte läsas", "The file cannot be read"),
        Text("Felet är på rad {line}: {fault}", "The fault is in line {line}: {fault}"),
        Text("Rätta raden, eller exportera filen på nytt ur systemet som den kommer från.", "Mend the line, or export the file again from the system that it comes from."),

    ),
    FindingEntry(
        "VOC-103", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("Filen har entiteter som kan växa", "The file has entities that can grow"),
        Text("Entiteten {name} är gjord av andra, hämtas någon annanstans ifrån eller är längre än {most} tecken. Sådana expanderas inte.", "The entity {name} is made of others, fetched from elsewhere or longer than {most} characters. Such ones are not expanded."),
        Text("Spara filen utan entiteter, eller som Turtle.", "Save the file without entities, or as Turtle."),

    ),
    FindingEntry(
        "VOC-104", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("Teckenkodningen går inte att läsa", "The encoding cannot be read"),
        Text("Filen säger sig vara kodad i {encoding}, men kan inte läsas så.", "The file says that it is encoded in {encoding}, but cannot be read so."),
        Text("Spara filen i UTF-8.", "Save the file in UTF-8."),

    ),
    FindingEntry(
        "VOC-105", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("Filen hämtar sin kontext på nätet", "The file fetches its context on the network"),
        Text("JSON-LD-filen pekar på en kontext hos en annan värd. Registret hämtar ingenting utifrån.", "The JSON-LD file points at a context at another host. The register fetches nothing from outside."),
        Text("Lägg in kontexten i filen, eller spara den som Turtle.", "Put the context into the file, or save it as Turtle."),

    ),
    FindingEntry(
        "VOC-106", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("Filen har inga begrepp", "The file has no concepts"),
        Text("Filen är RDF men innehåller inget skos:Concept. Tripler: {triples}.", "The file is RDF but holds no skos:Concept. Triples: {triples}."),
        Text("Välj en fil i SKOS.", "Choose a file in SKOS."),

    ),
    FindingEntry(
        "VOC-107", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("Filen är för tung att läsa", "The file is too heavy to read"),
        Text("Läsningen avbröts: filen tog mer minne eller tid än vad som är tillåtet.", "Reading was ended: the file took more memory or time than is allowed."),
        Text("Dela filen, eller spara den i ett enklare format (N-Triples).", "Divide the file, or save it in a simpler format (N-Triples)."),

    ),
)  # fmt: skip

WORDINGS = (
    FindingEntry(
        "WORD-01", Severity.INFO, Stage.TERMS, Scope.ITEM,
        Text("Ingen definition", "No definition"),
        Text("Begreppet har ingen definition. Det får publiceras så, och sidan säger det.", "The concept has no definition. It may be published so, and its page says it."),
        Text("Skriv en definition när det finns en.", "Write a definition when there is one."),
        f"{ISO_704} 6.1",
    ),
    FindingEntry(
        "WORD-02", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Definitionen använder sin egen term", "The definition uses its own term"),
        Text("Definitionen ({language}) förklarar termen med termen själv.", "The definition ({language}) explains the term by the term itself."),
        Text("Börja med det överordnade begreppet och säg vad som är särskilt.", "Begin with the broader concept and say what is special."),
        f"{ISO_704} 6.5.2",
    ),
    FindingEntry(
        "WORD-03", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Definitionerna går i cirkel", "The definitions go round in a circle"),
        Text("Definitionen ({language}) leder tillbaka till sig själv: {circle}.", "The definition ({language}) leads back to itself: {circle}."),
        Text("Bryt cirkeln i någon av definitionerna.", "Break the circle in one of the definitions."),
        f"{ISO_704} 6.5.2",
    ),
    FindingEntry(
        "WORD-04", Severity.WARNING, Stage.TERMS, Scope.ITEM,
        Text("Definitionen börjar med artikel", "The definition begins with an article"),
        Text("Definitionen ({language}) börjar med {word}. Den ska kunna ersätta termen i en mening.", "The definition ({language}) begins with {word}. It should be able to replace the term in a sentence."),
        Text("Ta bort artikeln.", "Remove the article."),
        f"{ISO_704} 6.3",
    ),
    FindingEntry(
        "WORD-05", Severity.WARNING, Stage.TERMS, Scope.ITEM,
        Text("Definitionen är inte en fras", "The definition is not one phrase"),
        Text("Definitionen ({language}) börjar med stor bokstav, slutar med punkt eller har flera meningar.", "The definition ({language}) begins with a capital, ends with a full stop or has several sentences."),
        Text("Skriv en fras utan punkt och flytta resten till anmärkningar.", "Write one phrase without a full stop and move the rest to notes."),
        f"{ISO_704} 6.3",
    ),
    FindingEntry(
        "WORD-06", Severity.WARNING, Stage.TERMS, Scope.ITEM,
        Text("Definitionen är lång", "The definition is long"),
        Text("Definitionen ({language}) har {number} ord; över {most} döljer sig ofta anmärkningar.", "The definition ({language}) has {number} words; beyond {most} there are often notes in it."),
        Text("Flytta det som inte avgränsar begreppet till anmärkningar.", "Move what does not delimit the concept to notes."),
        f"{ISO_704} 6.3",
    ),
    FindingEntry(
        "WORD-07", Severity.WARNING, Stage.TERMS, Scope.ITEM,
        Text("Definitionen säger vad begreppet inte är", "The definition says what the concept is not"),
        Text("Definitionen ({language}) börjar nekande.", "The definition ({language}) begins with a negation."),
        Text("Säg vad begreppet är, om det inte är en frånvaro som avses.", "Say what the concept is, unless an absence is meant."),
        f"{ISO_704} 6.5.4",
    ),
    FindingEntry(
        "WORD-08", Severity.INFO, Stage.TERMS, Scope.SCHEME,
        Text("Definitionen börjar inte med det överordnade begreppet", "The definition does not begin with the broader concept"),
        Text("Överordnat är {broader}, men definitionen ({language}) börjar med något annat.", "The broader concept is {broader}, but the definition ({language}) begins with something else."),
        Text("Se över definitionen eller relationen.", "Look over the definition or the relation."),
        f"{ISO_704} 6.2",
    ),
    FindingEntry(
        "WORD-09", Severity.WARNING, Stage.TERMS, Scope.ITEM,
        Text("Engelsk term saknas", "The English term is missing"),
        Text("Begreppet har ingen engelsk term.", "The concept has no English term."),
        Text("Lägg till en engelsk term.", "Add an English term."),
        f"{ISO_704} 7",
    ),
    FindingEntry(
        "WORD-10", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Definitionen använder en avrådd term", "The definition uses a deprecated term"),
        Text("Definitionen ({language}) använder {term}; använd {preferred}.", "The definition ({language}) uses {term}; use {preferred}."),
        Text("Byt till huvudtermen.", "Change to the preferred term."),
        f"{ISO_704} 7",
    ),
)  # fmt: skip

APPLICATIONS = (
    FindingEntry(
        "APPL-001", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("{place}: {problem}", "{place}: {problem}"),
        Text("Innehållet har inte den form som en tillämpning ska ha.", "The content does not have the shape of an application statement."),
        Text("Rätta fältet, eller redovisa tillämpningen i formuläret.", "Mend the field, or state the application in the form."),
    ),
    FindingEntry(
        "APPL-002", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Ordalydelsen är inte utpekad", "The wording is not pointed out"),
        Text("En tillämpning gäller en viss version av ett begrepp.", "An application is of a certain version of a concept."),
        Text("Börja från begreppets sida.", "Begin from the concept's page."),
    ),
    FindingEntry(
        "APPL-003", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Okänd region", "Unknown region"),
        Text("{region} är inte en länskod.", "{region} is not a county code."),
        Text("Använd regionens länskod, två siffror.", "Use the region's county code, two digits."),
    ),
    FindingEntry(
        "APPL-004", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Slutet ligger före början", "The end is before the beginning"),
        Text("Tillämpningen slutar gälla innan den börjar.", "The application ends before it begins."),
        Text("Rätta datumen.", "Mend the dates."),
    ),
    FindingEntry(
        "APPL-005", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Okänd fråga", "Unknown question"),
        Text("Frågan {question} ställs inte om det här begreppet.", "The question {question} is not asked on this concept."),
        Text("Svara på frågorna i formuläret.", "Answer the questions in the form."),
    ),
    FindingEntry(
        "APPL-006", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Två tillämpningar samma dagar", "Two applications on the same days"),
        Text("Regionen har redan en tillämpning som gäller {first} till {last}.", "The region already has an application valid {first} to {last}."),
        Text("Låt den nya börja gälla en annan dag, eller rätta den som finns.", "Let the new one begin on another day, or correct the one that is there."),
    ),
    FindingEntry(
        "APPL-007", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Alla frågor är inte besvarade", "Not every question is answered"),
        Text("Varje fråga ska ha ett svar, också när det är att det inte framgår.", "Each question needs one answer, also when it is that nothing is stated."),
        Text("Välj ett svar på varje fråga.", "Choose an answer to each question."),
    ),
    FindingEntry(
        "APPL-008", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Ingenting är redovisat", "Nothing is stated"),
        Text("Inget av svaren säger hur regionen tillämpar ordalydelsen.", "None of the answers says how the region applies the wording."),
        Text("Svara på minst en fråga.", "Answer at least one question."),
    ),
    FindingEntry(
        "APPL-009", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Delvis behöver en förklaring", "Partly needs an explanation"),
        Text("Svaret delvis säger inte vad som räknas och inte.", "The answer partly does not say what is counted and what is not."),
        Text("Skriv vad som gäller.", "Write what applies."),
    ),
    FindingEntry(
        "APPL-010", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Begreppet har ingen gällande version", "The concept has no current version"),
        Text("Bara en publicerad ordalydelse kan tillämpas.", "Only a published wording can be applied."),
        Text("Vänta tills begreppet är publicerat.", "Wait until the concept is published."),
    ),
)  # fmt: skip

TEXTS = (*CONTENT, *SCHEME, *WORDINGS, *APPLICATIONS, *VOCABULARIES)

FINDINGS = Catalogue(TEXTS)
