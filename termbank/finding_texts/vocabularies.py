"""What findings on a vocabulary from anywhere say, and on a file that is none."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

SKOS_REFERENCE = "https://www.w3.org/TR/skos-reference/"
QSKOS = "qSKOS, Mader, Haslhofer och Isaac 2012"

IN_A_VOCABULARY = (
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
    FindingEntry(
        "VOC-108", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("XML-filen är inte RDF", "The XML file is no RDF"),
        Text("Filen är XML av ett annat slag: dess första element är {name}.", "The file is XML of another kind: its first element is {name}."),
        Text("Exportera vokabulären som SKOS (RDF/XML eller Turtle) eller TBX.", "Export the vocabulary as SKOS (RDF/XML or Turtle) or TBX."),

    ),
    FindingEntry(
        "VOC-109", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("Filen kan inte läsas", "The file cannot be read"),
        Text("Den är inte rätt skriven: {fault}", "It is not written correctly: {fault}"),
        Text("Exportera filen på nytt ur systemet som den kommer från.", "Export the file again from the system that it comes from."),

    ),
    FindingEntry(
        "VOC-110", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("Filen är TBX", "The file is TBX"),
        Text(
            "TBX läses in i ett begreppssystem. Utgåvor och kontroller läser SKOS.",
            "TBX is imported into a scheme. Editions and checks read SKOS.",
        ),
        Text(
            "Läs in filen i ett begreppssystem, eller exportera vokabulären som SKOS (RDF/XML eller Turtle).",
            "Import the file into a scheme, or export the vocabulary as SKOS (RDF/XML or Turtle).",
        ),
    ),
    FindingEntry(
        "VOC-120", Severity.ERROR, Stage.TERMS, Scope.FILE,
        Text("Kontrollen avbröts", "The check was broken off"),
        Text("Ett fel i systemet stoppade den, flera gånger.", "A fault in the system stopped it, several times."),
        Text("Begär den på nytt. Händer det igen: be administratören läsa loggen.", "Ask for it again. If it happens once more, ask the administrator to read the log."),
    ),
)  # fmt: skip
