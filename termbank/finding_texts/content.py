"""What findings on a concept and on its wording say."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

ISO_704 = "ISO 704:2009"

IN_CONTENT = (
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
        Text("Term saknas", "The term is missing"),
        Text("Ett begrepp ska ha minst en term: rekommenderad, tillåten eller avrådd, på något språk.", "A concept needs at least one term: preferred, admitted or deprecated, in some language."),
        Text("Skriv en term.", "Write a term."),
    ),
    FindingEntry(
        "TERM-004", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Texten är för lång", "The text is too long"),
        Text("Fältet rymmer {most} tecken.", "The field holds {most} characters."),
        Text("Korta texten.", "Shorten the text."),
    ),
    FindingEntry(
        "TERM-005", Severity.INFO, Stage.TERMS, Scope.ITEM,
        Text("Definitionen finns bara på ett språk", "The definition is in one language only"),
        Text("Den som läser på det andra språket ser den ändå, märkt med sitt språk.", "Who reads in the other language sees it all the same, marked with its language."),
        Text("Skriv den på båda språken om det behövs.", "Write it in both languages where that is needed."),
    ),
    FindingEntry(
        "TERM-006", Severity.INFO, Stage.TERMS, Scope.ITEM,
        Text("En anmärkning finns bara på ett språk", "A note is in one language only"),
        Text("Den som läser på det andra språket ser texten ändå, märkt med sitt språk.", "Who reads in the other language sees the text all the same, marked with its language."),
        Text("Skriv texten på båda språken om det behövs.", "Write the text in both languages where that is needed."),
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
        Text("Termbanken har inget publicerat begrepp {slug}.", "The term bank has no published concept {slug}."),
        Text("Publicera det begreppet först, lägg båda i ett ändringspaket, eller välj ett annat.", "Publish that concept first, put both into a change set, or choose another."),
    ),
    FindingEntry(
        "TERM-012", Severity.INFO, Stage.TERMS, Scope.SCHEME,
        Text("Ett annat begrepp har samma term", "Another concept has the same term"),
        Text("Begreppet {slug} har också termen {term}. I definitioner länkas ordet först när någon har valt vilket som avses.", "The concept {slug} has the term {term} too. In definitions the word is linked once somebody has chosen which one is meant."),
        Text("Är det samma begrepp? Gör då en ny version av det. Annars kan homografnummer skilja termerna åt.", "Is it the same concept? Then make a new version of it. Otherwise homograph numbers can tell the terms apart."),
    ),
    FindingEntry(
        "TERM-013", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Innehållet hör till ett annat begrepp", "The content belongs to another concept"),
        Text("Innehållet säger att det hör till {item}.", "The content says that it belongs to {item}."),
        Text("Spara det på det begrepp som det hör till, eller utelämna id.", "Keep it with the concept that it belongs to, or leave the id out."),
    ),
    FindingEntry(
        "TERM-014", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Begreppssystemet finns inte", "There is no such concept scheme"),
        Text("Det finns inget begreppssystem {scheme}.", "There is no concept scheme {scheme}."),
        Text("Välj ett begreppssystem som finns.", "Choose a concept scheme that there is."),
    ),
    FindingEntry(
        "TERM-015", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Ett förslag återger ingen källa", "A proposal renders no source"),
        Text("Versionen är märkt både som förslag och som återgiven ur källan i egna ord.", "The version is marked both as a proposal and as rendered from its source."),
        Text("Välj källans ordalydelse som ursprung, eller ta bort krysset för återgiven i egna ord.", "Choose the wording of a source as its origin, or take away the tick for rendered in our own words."),
    ),
    FindingEntry(
        "TERM-016", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Källan anges för andra ord", "The source is given for other words"),
        Text("Datum och hur källan lästes ({source}) är desamma som för version {number}, som hade andra ord eller ett annat ursprung. De intygar inte den här ordalydelsen.", "The date and how the source was read ({source}) are the same as for version {number}, which had other words or another origin. They do not vouch for this wording."),
        Text("Skriv hur den nya ordalydelsen lästes i källan, eller källans nya datum. Är orden era egna: välj förslag och ta bort källan.", "Write how the new wording was read in the source, or the source's new date. Where the words are your own: choose a proposal, and take the source away."),
    ),
    FindingEntry(
        "TERM-017", Severity.WARNING, Stage.TERMS, Scope.ITEM,
        Text("En av källorna anges för andra ord", "One of the sources is given for other words"),
        Text("{source} är angiven med samma datum och samma uppgift om hur den lästes som för version {number}, som hade andra ord eller ett annat ursprung.", "{source} is given with the same date and the same words on how it was read as for version {number}, which had other words or another origin."),
        Text("Se efter om den säger det som nu står, och ändra eller ta bort den annars.", "See whether it says what is written now, and change it or take it away where it does not."),
    ),
    FindingEntry(
        "TERM-018", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Definitionens källa anges för en annan text", "The definition's source is given for another text"),
        Text("{source} är angiven som källa till definitionen också i version {number}, där den löd på annat sätt.", "{source} is given as the definition's source in version {number} too, where it read otherwise."),
        Text("Ändra källan till den som säger det som nu står, eller ta bort den.", "Change the source to the one that says what is written now, or take it away."),
    ),
    FindingEntry(
        "TERM-019", Severity.WARNING, Stage.TERMS, Scope.ITEM,
        Text("Texten är ändrad och källan är kvar", "The text is changed and the source is left"),
        Text("{source} anges för en text som är skriven om sedan versionen före.", "{source} is given for a text that was rewritten since the version before."),
        Text("Se efter om källan säger det som nu står, och ändra eller ta bort den annars.", "See whether the source says what is written now, and change it or take it away where it does not."),
    ),
)  # fmt: skip

IN_A_WORDING = (
    FindingEntry(
        "WORD-01", Severity.INFO, Stage.TERMS, Scope.ITEM,
        Text("Definition saknas", "No definition"),
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
        "WORD-09", Severity.INFO, Stage.TERMS, Scope.ITEM,
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
    FindingEntry(
        "WORD-11", Severity.WARNING, Stage.TERMS, Scope.SCHEME,
        Text("Ett ord har flera betydelser", "A word has several senses"),
        Text("I definitionen ({language}) står {words}, som är term för {number} begrepp. Ordet länkas inte.", "The definition ({language}) has {words}, which is a term of {number} concepts. The word is not linked."),
        Text("Välj vilket begrepp som avses.", "Choose which concept is meant."),
        f"{ISO_704} 7.2.4",
    ),
    FindingEntry(
        "WORD-12", Severity.WARNING, Stage.TERMS, Scope.ITEM,
        Text("Definitionen är en hänvisning", "The definition is a reference"),
        Text("Definitionen ({language}) säger bara att läsaren ska se {other}.", "The definition ({language}) only says that the reader should see {other}."),
        Text("Lämna definitionen tom och skriv en relation till det begreppet.", "Leave the definition empty, and write a relation to that concept."),
        f"{ISO_704} 6.3",
    ),
    FindingEntry(
        "WORD-13", Severity.WARNING, Stage.TERMS, Scope.ITEM,
        Text("Definitionen börjar med ett ämnesområde", "The definition begins with a subject field"),
        Text("Definitionen ({language}) börjar med {field}, som säger var definitionen gäller.", "The definition ({language}) begins with {field}, which says where the definition applies."),
        Text("Flytta det till fältet Ämnesområde.", "Move it to the field Subject field."),
        f"{ISO_704} 6.2",
    ),
)  # fmt: skip
