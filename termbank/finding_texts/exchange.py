"""What findings on files say: what a format leaves out, and what is wrong with a file that is imported."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text
from termbank.finding_texts.schemes import NOTHING_TO_DO

_IN_SKOS_XL = Text("Välj SKOS-XL om det behövs.", "Choose SKOS-XL if it is needed.")
_IN_TURTLE = Text("Välj Turtle om det behövs.", "Choose Turtle if it is needed.")
_TBX = "ISO 30042:2019, TBX-Basic"
_FHIR = "http://hl7.org/fhir/R4B/"


def _loss(code: str, title: Text, body: Text, mend: Text, source: str = "") -> FindingEntry:
    return FindingEntry(code, Severity.INFO, Stage.FORMATS, Scope.SCHEME, title, body, mend, source)


LEFT_OUT = (
    _loss(
        "SKOS-006", Text("Uppgifter om enskilda termer", "What is said of single terms"),
        Text("{number} termer har källa, grammatik, homografnummer eller märket förkortning, som vanlig SKOS inte har någon plats för.", "{number} terms have a source, grammar, a homograph number or the mark of an abbreviation, which plain SKOS has no place for."),
        _IN_SKOS_XL,
    ),
    _loss(
        "SKOS-007", Text("Källor till definitioner", "Sources of definitions"),
        Text("{number} definitioner har en egen källa, som inte står i filen.", "{number} definitions have a source of their own, which is not in the file."),
        NOTHING_TO_DO,
    ),
    _loss(
        "SKOS-008", Text("Vad relationer kallas", "What relations are called"),
        Text("{number} relationer har en etikett, som inte står i filen.", "{number} relations have a label, which is not in the file."),
        NOTHING_TO_DO,
    ),
    _loss(
        "SKOS-009", Text("Adresser som RDF inte tillåter", "Addresses that RDF does not allow"),
        Text("{number} utsagor, motsvarigheter eller notationer har en adress med tecken som RDF inte tillåter. De står inte i filen.", "{number} statements, mappings or notations have an address with characters that RDF does not allow. They are not in the file."),
        NOTHING_TO_DO, "RFC 3987",
    ),
    _loss(
        "SKOS-010", Text("Utsagor som XML inte kan bära", "Statements that XML cannot hold"),
        Text("{number} utsagor från andra vokabulärer har en egenskap eller ett tecken som XML inte kan bära. De står inte i filen.", "{number} statements of other vocabularies have a property or a character that XML cannot hold. They are not in the file."),
        _IN_TURTLE, "RDF 1.1 XML Syntax, 2.4; XML 1.0, 2.2",
    ),
    _loss(
        "TBX-001", Text("Begrepp utan term", "Concepts without a term"),
        Text("{number} begrepp har ingen term som kan visas, och TBX har ingen plats för begrepp utan term.", "{number} concepts have no term to be shown, and TBX has no place for concepts without a term."),
        Text("Ge begreppen en term.", "Give the concepts a term."), _TBX,
    ),
    _loss(
        "TBX-002", Text("Dolda sökformer", "Hidden search forms"),
        Text("{number} dolda sökformer står inte i filen.", "{number} hidden search forms are not in the file."), _IN_TURTLE, _TBX,
    ),
    _loss(
        "TBX-003", Text("Grammatik och homografnummer", "Grammar and homograph numbers"),
        Text("{number} termer har en grammatisk upplysning i fri text eller ett homografnummer, som inte står i filen.", "{number} terms have a remark on grammar in free text or a homograph number, which is not in the file."),
        _IN_SKOS_XL, _TBX,
    ),
    _loss(
        "TBX-004", Text("Relationernas slag", "The kinds of relations"),
        Text("{number} relationer står i filen som korshänvisningar, utan att deras slag sägs.", "{number} relations are in the file as cross-references, and their kind is not said."), _IN_TURTLE, _TBX,
    ),
    _loss(
        "TBX-005", Text("Relationer som inte kom med", "Relations that were left out"),
        Text("{number} relationer leder utanför filen eller tillämpas olika, och står inte i den.", "{number} relations lead out of the file or are applied differently, and are not in it."), _IN_TURTLE, _TBX,
    ),
    _loss(
        "TBX-006", Text("Exempel och tolkningsproblem", "Examples and interpretation problems"),
        Text("{number} exempel och tolkningsproblem står inte i filen.", "{number} examples and interpretation problems are not in the file."), _IN_TURTLE, _TBX,
    ),
    _loss(
        "TBX-007", Text("Notationer", "Notations"),
        Text("{number} notationer står inte i filen.", "{number} notations are not in the file."), _IN_TURTLE, _TBX,
    ),
    _loss(
        "TBX-008", Text("Begreppens källor", "Sources of concepts"),
        Text("{number} källor till begrepp står inte i filen.", "{number} sources of concepts are not in the file."), _IN_TURTLE, _TBX,
    ),
    _loss(
        "TBX-009", Text("Uppgifter från annat håll", "Statements from elsewhere"),
        Text("{number} utsagor från andra vokabulärer står inte i filen.", "{number} statements of other vocabularies are not in the file."), _IN_TURTLE, _TBX,
    ),
    _loss(
        "TBX-010", Text("Tillämpningar", "Application statements"),
        Text("{number} tillämpningar står inte i filen.", "{number} application statements are not in the file."), _IN_TURTLE, _TBX,
    ),
    _loss(
        "TBX-011", Text("Texter på språk utan term", "Texts in languages without a term"),
        Text("{number} definitioner och anmärkningar är på ett språk som begreppet saknar term på, och står inte i filen.", "{number} definitions and notes are in a language that the concept has no term in, and are not in the file."), _IN_TURTLE, _TBX,
    ),
    _loss(
        "TBX-012", Text("Återkallade begrepp", "Withdrawn concepts"),
        Text("{number} återkallade begrepp står i filen med bara avrådda eller ersatta termer, eftersom TBX inte kan säga att hela begreppet är återkallat.", "{number} withdrawn concepts are in the file with nothing but deprecated or superseded terms, since TBX cannot say that a whole concept is withdrawn."), _IN_TURTLE, _TBX,
    ),
    _loss(
        "SHEET-001", Text("Uppgifter om enskilda termer", "What is said of single terms"),
        Text("{number} termer har källa, grammatik, homografnummer eller märket förkortning, som tabellen inte har någon kolumn för. De behålls när filen läses in igen.", "{number} terms have a source, grammar, a homograph number or the mark of an abbreviation, which the table has no column for. They are kept when the file is imported again."),
        _IN_SKOS_XL,
    ),
    _loss(
        "SHEET-002", Text("Källor till definitioner", "Sources of definitions"),
        Text("{number} definitioner har källa eller valda betydelser, som tabellen inte har någon kolumn för. De behålls när filen läses in igen med samma definition.", "{number} definitions have a source or chosen senses, which the table has no column for. They are kept when the file is imported again with the same definition."),
        NOTHING_TO_DO,
    ),
    _loss(
        "SHEET-003", Text("Källor till anmärkningar", "Sources of notes"),
        Text("{number} anmärkningar har en källa, som tabellen inte har någon kolumn för. De behålls när filen läses in igen med samma anmärkning.", "{number} notes have a source, which the table has no column for. They are kept when the file is imported again with the same note."),
        NOTHING_TO_DO,
    ),
    _loss(
        "SHEET-004", Text("Begreppens källor", "Sources of concepts"),
        Text("{number} källor till begrepp står inte i tabellen. De behålls när filen läses in igen.", "{number} sources of concepts are not in the table. They are kept when the file is imported again."),
        NOTHING_TO_DO,
    ),
    _loss(
        "SHEET-005", Text("Relationer som inte kom med", "Relations that were left out"),
        Text("{number} relationer leder utanför filen eller tillämpas olika, och står inte i den.", "{number} relations lead out of the file or are applied differently, and are not in it."), _IN_TURTLE,
    ),
    _loss(
        "SHEET-006", Text("Vad relationer kallas", "What relations are called"),
        Text("{number} relationer har en etikett, som tabellen inte har någon kolumn för. De behålls när filen läses in igen.", "{number} relations have a label, which the table has no column for. They are kept when the file is imported again."),
        NOTHING_TO_DO,
    ),
    _loss(
        "SHEET-007", Text("Uppgifter från annat håll", "Statements from elsewhere"),
        Text("{number} utsagor från andra vokabulärer står inte i tabellen. De behålls när filen läses in igen.", "{number} statements of other vocabularies are not in the table. They are kept when the file is imported again."), _IN_TURTLE,
    ),
    _loss(
        "SHEET-008", Text("Tillämpningar", "Application statements"),
        Text("{number} tillämpningar står inte i tabellen.", "{number} application statements are not in the table."), _IN_TURTLE,
    ),
    _loss(
        "SHEET-009", Text("Notationers typer", "Types of notations"),
        Text("{number} notationer har en datatyp, som tabellen inte har någon kolumn för.", "{number} notations have a datatype, which the table has no column for."), _IN_TURTLE,
    ),
    _loss(
        "SHEET-010", Text("Celler som är för långa för Excel", "Cells that are too long for Excel"),
        Text("{number} celler är längre än vad Excel rymmer (32 767 tecken) och är avkortade.", "{number} cells are longer than Excel can hold (32,767 characters), and are cut off."),
        Text("Välj CSV.", "Choose CSV."),
    ),
    _loss(
        "FHIR-001", Text("Anmärkningar, exempel och problem", "Notes, examples and problems"),
        Text("{number} anmärkningar, exempel och tolkningsproblem står inte i filen.", "{number} notes, examples and interpretation problems are not in the file."), _IN_TURTLE, _FHIR,
    ),
    _loss(
        "FHIR-002", Text("Definitioner på andra språk", "Definitions in other languages"),
        Text("{number} definitioner är på ett annat språk än filen, som har en definition för varje begrepp.", "{number} definitions are in another language than the file, which has one definition for each concept."),
        Text("Hämta filen på det andra språket också.", "Take the file in the other language too."), _FHIR,
    ),
    _loss(
        "FHIR-003", Text("Uppgifter om enskilda termer", "What is said of single terms"),
        Text("{number} termer är avrådda eller dolda, eller har källa, grammatik, homografnummer eller märket förkortning, som filen inte säger.", "{number} terms are advised against or hidden, or have a source, grammar, a homograph number or the mark of an abbreviation, which the file does not say."), _IN_SKOS_XL, _FHIR,
    ),
    _loss(
        "FHIR-004", Text("Relationer som inte kom med", "Relations that were left out"),
        Text("{number} relationer leder utanför begreppssystemet, tillämpas olika eller hör hemma i en ConceptMap.", "{number} relations lead out of the scheme, are applied differently or belong in a ConceptMap."),
        Text("Hämta ConceptMap för motsvarigheterna.", "Take the ConceptMap for what corresponds elsewhere."), _FHIR,
    ),
    _loss(
        "FHIR-005", Text("Källor och uppgifter från annat håll", "Sources and statements from elsewhere"),
        Text("{number} källor och utsagor från andra vokabulärer står inte i filen.", "{number} sources and statements of other vocabularies are not in the file."), _IN_TURTLE, _FHIR,
    ),
    _loss(
        "FHIR-006", Text("Tillämpningar", "Application statements"),
        Text("{number} tillämpningar står inte i filen.", "{number} application statements are not in the file."), _IN_TURTLE, _FHIR,
    ),
    _loss(
        "FHIR-007", Text("Vad begreppen betyder", "What the concepts mean"),
        Text("Filen räknar upp koder och säger inget om de {number} begreppen.", "The file lists codes and says nothing of the {number} concepts."),
        Text("Hämta CodeSystem också.", "Take the CodeSystem too."), _FHIR,
    ),
    _loss(
        "FHIR-008", Text("Vad begreppen betyder", "What the concepts mean"),
        Text("Filen har bara motsvarigheter och säger inget annat om de {number} begreppen.", "The file has nothing but what corresponds elsewhere, and says nothing else of the {number} concepts."),
        Text("Hämta CodeSystem också.", "Take the CodeSystem too."), _FHIR,
    ),
    _loss(
        "FHIR-009", Text("Motsvarigheter utan adress", "Mappings without an address"),
        Text("{number} motsvarigheter leder till något som varken är en webbadress eller finns i filen.", "{number} mappings lead to something that is neither a web address nor in the file."), NOTHING_TO_DO, _FHIR,
    ),
    _loss(
        "FHIR-010", Text("Återkallade begrepp", "Withdrawn concepts"),
        Text("{number} återkallade begrepp står inte i filen.", "{number} withdrawn concepts are not in the file."),
        Text("Hämta CodeSystem, där de står som inaktiva.", "Take the CodeSystem, which has them as inactive."), _FHIR,
    ),
)  # fmt: skip

_AGAIN = Text("Rätta filen och läs in den igen.", "Mend the file and import it again.")


def _file(
    code: str,
    title: Text,
    body: Text,
    mend: Text = _AGAIN,
    severity: Severity = Severity.ERROR,
    scope: Scope = Scope.FILE,
) -> FindingEntry:
    return FindingEntry(code, severity, Stage.TERMS, scope, title, body, mend)


IN_AN_IMPORT = (
    _file(
        "IMPORT-001", Text("Filens slag känns inte igen", "The kind of file is not known"),
        Text("Varken filens namn eller dess början säger att den är RDF, TBX, Excel eller CSV.", "Neither its name nor its beginning says that the file is RDF, TBX, Excel or CSV."),
        Text("Välj en fil i SKOS, TBX, Excel (xlsx) eller CSV, med en filändelse som säger vilket.", "Choose a file in SKOS, TBX, Excel (xlsx) or CSV, with a name that ends so."),
    ),
    _file(
        "IMPORT-002", Text("Filen är inte TBX", "The file is no TBX"),
        Text("Filens första element är varken martif eller tbx.", "The first element of the file is neither martif nor tbx."),
        Text("Exportera den som TBX på nytt.", "Export it as TBX anew."),
    ),
    _file(
        "IMPORT-003", Text("För många termer", "Too many terms"),
        Text("Begreppet har fler än {most} termer.", "The concept has more than {most} terms."),
        Text("Dela upp begreppet, eller ta bort termer.", "Divide the concept, or remove terms."), scope=Scope.ITEM,
    ),
    _file(
        "IMPORT-004", Text("Element för djupt i varandra", "Elements too deep within each other"),
        Text("På rad {line} ligger fler än {most} element i varandra.", "On line {line}, more than {most} elements are within each other."),
    ),
    _file(
        "IMPORT-005", Text("Inga begrepp i filen", "No concepts in the file"),
        Text("Filen kan läsas, men har inga begrepp.", "The file can be read, but has no concepts."),
        Text("Välj en annan fil.", "Choose another file."),
    ),
    _file(
        "IMPORT-006", Text("Ett tecken kunde inte läsas", "A character could not be read"),
        Text("På rad {line} står &{name};, som filen inte säger vad det är. Det utelämnades.", "Line {line} has &{name};, and the file does not say what it is. It was left out."),
        Text("Skriv tecknet självt i filen.", "Write the character itself in the file."), Severity.WARNING,
    ),
    _file(
        "IMPORT-007", Text("Samma id två gånger", "The same id twice"),
        Text("{name} finns en gång till på rad {line}. Bara den första läses.", "{name} is there once more on line {line}. Only the first one is read."),
        Text("Ge begreppen olika id.", "Give the concepts different ids."), Severity.WARNING,
    ),
    _file(
        "IMPORT-008", Text("Begreppet saknar term", "The concept has no term"),
        Text("{name} (rad {line}) har ingen term.", "{name} (line {line}) has no term."),
        Text("Ange en term, eller ta bort begreppet ur filen.", "Give it a term, or remove the concept from the file."), scope=Scope.ITEM,
    ),
    _file(
        "IMPORT-009", Text("En tom term", "An empty term"),
        Text("På rad {line} står en term utan text ({language}).", "Line {line} has a term without text ({language})."),
        Text("Skriv termen, eller ta bort den.", "Write the term, or remove it."), Severity.WARNING, Scope.ITEM,
    ),
    _file(
        "IMPORT-010", Text("Teckenkodningen kan inte läsas", "The encoding cannot be read"),
        Text("Filen är varken UTF-8, UTF-16 eller Windows-1252.", "The file is neither UTF-8, UTF-16 nor Windows-1252."),
        Text("Spara den som CSV UTF-8.", "Save it as CSV UTF-8."),
    ),
    _file(
        "IMPORT-011", Text("CSV-filen är trasig", "The CSV file is broken"),
        Text("Filen kan inte delas i celler: {fault}", "The file cannot be divided into cells: {fault}"),
        Text("Spara den på nytt ur kalkylprogrammet.", "Save it again from the spreadsheet."),
    ),
    _file(
        "IMPORT-012", Text("Arbetsboken kan inte läsas", "The workbook cannot be read"),
        Text("Filen är ingen hel arbetsbok: den är avbruten, låst med lösenord eller av ett annat slag (läsprogrammet säger: {fault}).", "The file is no whole workbook: it is cut off, locked with a password or of another kind (the parser says: {fault})."),
        Text("Spara den på nytt som xlsx.", "Save it again as xlsx."),
    ),
    _file(
        "IMPORT-013", Text("Rubrikerna saknas", "The headings are missing"),
        Text("Ingen av de första raderna har tabellens rubriker, till exempel Nyckel, Term (sv) och Definition (sv).", "None of the first rows has the headings of the table, such as Key, Term (sv) and Definition (sv)."),
        Text("Utgå från en export som Excel eller CSV.", "Begin with an export as Excel or CSV."),
    ),
    _file(
        "IMPORT-014", Text("En kolumn som inte läses", "A column that is not read"),
        Text("Rubriken {heading} är inte tabellens. Kolumnen läses inte.", "The heading {heading} is none of the table's. The column is not read."),
        Text("Byt rubriken om kolumnen ska läsas.", "Change the heading if the column is to be read."), Severity.INFO,
    ),
    _file(
        "IMPORT-015", Text("Samma rubrik två gånger", "The same heading twice"),
        Text("Två kolumner har rubriken {heading}.", "Two columns have the heading {heading}."),
        Text("Slå ihop kolumnerna: flera värden i en cell står på var sin rad i cellen.", "Merge the columns: several values in a cell are on lines of their own."),
    ),
    _file(
        "IMPORT-016", Text("Sammanslagna celler", "Merged cells"),
        Text("Rad {line} har sammanslagna celler. Värdet hör till den första av dem; de andra lästes som tomma.", "Row {line} has merged cells. The value belongs to the first of them; the others were read as empty."),
        Text("Dela cellerna, och skriv värdet i var och en.", "Unmerge the cells, and write the value in each."), scope=Scope.ITEM,
    ),
    _file(
        "IMPORT-017", Text("Begreppet finns inte här", "The concept is not here"),
        Text("{name} ser ut som ett begrepp i det här begreppssystemet, men där finns inget sådant som gäller.", "{name} looks like a concept of this scheme, but none such is in force there."),
        Text("Lämna nyckel och IRI tomma för ett nytt begrepp, eller välj rätt begreppssystem.", "Leave key and IRI empty for a new concept, or choose the right scheme."), scope=Scope.ITEM,
    ),
    _file(
        "IMPORT-018", Text("Samma nyckel men andra termer", "The same key but other terms"),
        Text("{name} är nyckeln till ”{term}”, men har ingen term gemensam med det.", "{name} is the key of “{term}”, but has no term in common with it."),
        Text("Se efter att raden är samma begrepp. Lämna annars nyckeln tom.", "See whether the row is the same concept. If not, leave the key empty."), Severity.WARNING, Scope.ITEM,
    ),
    _file(
        "IMPORT-019", Text("En relation leder ingenstans", "A relation leads nowhere"),
        Text("{name} anges som {relation}, men är varken ett begrepp i filen eller här, eller en webbadress. Relationen läses inte in.", "{name} is named as {relation}, but is neither a concept of the file or here, nor a web address. The relation is not imported."),
        Text("Ange begreppets nyckel, term eller IRI.", "Give the concept's key, term or IRI."), Severity.WARNING, Scope.ITEM,
    ),
    _file(
        "IMPORT-020", Text("Två rekommenderade termer", "Two preferred terms"),
        Text("Begreppet har två rekommenderade termer på samma språk ({language}): {terms}.", "The concept has two preferred terms in one language ({language}): {terms}."),
        Text("Låt en vara rekommenderad och de andra synonymer.", "Let one be preferred and the others be synonyms."), scope=Scope.ITEM,
    ),
    _file(
        "IMPORT-021", Text("Överordning i cirkel", "A hierarchy in a circle"),
        Text("Begreppet är överordnat sig självt: {terms}.", "The concept is broader than itself: {terms}."),
        Text("Ta bort en av relationerna.", "Remove one of the relations."), scope=Scope.ITEM,
    ),
    _file(
        "IMPORT-022", Text("Två poster för ett begrepp", "Two records of one concept"),
        Text("{name} och {other} är båda ”{term}”. Ingen av dem läses in.", "{name} and {other} are both “{term}”. Neither is imported."),
        Text("Behåll den ena.", "Keep one of them."), scope=Scope.ITEM,
    ),
    _file(
        "IMPORT-023", Text("Begreppet håller på att skrivas", "The concept is being written"),
        Text("{name} lästes in tidigare och är inte publicerat än (”{term}”).", "{name} was imported earlier and is not published yet (“{term}”)."),
        Text("Avsluta det ändringspaketet först.", "Finish that change set first."), scope=Scope.ITEM,
    ),
    _file(
        "IMPORT-024", Text("För många ändringar", "Too many changes"),
        Text("Filen ger {number} ändringar. Ett ändringspaket har högst {most}.", "The file gives {number} changes. A change set has at most {most}."),
        Text("Dela filen. En hel främmande vokabulär läses in som utgåva.", "Divide the file. A whole vocabulary of somebody else's is imported as an edition."),
    ),
    _file(
        "IMPORT-025", Text("Ingenting att ändra", "Nothing to change"),
        Text("Inget som kan läsas in ur filen är nytt, ändrat eller borttaget.", "Nothing that can be imported from the file is new, changed or gone."),
        Text("Rätta i filen det som står som avvisat. Annars behövs inget ändringspaket.", "Mend in the file what is refused. Otherwise no change set is needed."),
    ),
    _file(
        "IMPORT-026", Text("Innehållet har ändrats sedan kontrollen", "The content has changed since the check"),
        Text("Filen eller begreppssystemet är inte längre det som rapporten gällde.", "The file or the scheme is no longer what the report was about."),
        Text("Läs rapporten igen och fortsätt sedan.", "Read the report again, and then go on."),
    ),
    _file(
        "IMPORT-027", Text("Ett begrepp går inte att läsa in", "A concept cannot be imported"),
        Text("Innehållet har inte rätt form: {field} {reason}", "The content does not have the right form: {field} {reason}"),
        scope=Scope.ITEM,
    ),
    _file(
        "IMPORT-029", Text("Status läses inte in", "The status is not imported"),
        Text("Raden säger att begreppet är återkallat, men det är det inte här. En tabell återkallar inga begrepp.", "The row says that the concept is withdrawn, but here it is not. A table withdraws no concept."),
        Text("Återkalla begreppet på dess sida, eller ta bort raden och läs in filen som hela begreppssystemet.", "Withdraw the concept on its page, or remove the row and import the file as the whole scheme."), Severity.WARNING, Scope.ITEM,
    ),
    _file(
        "IMPORT-030", Text("En cell utan värde", "A cell without a value"),
        Text("Rad {line} har en cell som visar ett fel (som #NAMN?) eller en formel som inte är uträknad.", "Row {line} has a cell that shows a fault (such as #NAME?) or a formula that has not been computed."),
        Text("Skriv värdet som text i cellen.", "Write the value as text in the cell."), scope=Scope.ITEM,
    ),
    _file(
        "IMPORT-031", Text("Tabellen säger inte vilka begrepp raderna är", "The table does not say which concepts its rows are"),
        Text("Tabellen har varken kolumnen Nyckel eller IRI. Varje rad läses som ett nytt begrepp.", "The table has neither the column Key nor IRI. Each row is read as a new concept."),
        Text("Utgå från en export om raderna är begrepp som redan finns.", "Begin with an export if the rows are concepts that are here already."), Severity.WARNING,
    ),
    _file(
        "IMPORT-032", Text("En relation till ett avvisat begrepp", "A relation to a refused concept"),
        Text("{name} anges som {relation}, men avvisas. Relationen läses inte in.", "{name} is named as {relation}, but is refused. The relation is not imported."),
        Text("Rätta det begreppet först.", "Mend that concept first."), Severity.WARNING, Scope.ITEM,
    ),
    _file(
        "IMPORT-033", Text("Posten har inget id", "The entry has no id"),
        Text("Posten på rad {line} har inget id. Läses filen in en gång till tas den för ett nytt begrepp.", "The entry on line {line} has no id. If the file is imported once more, it is taken for a new concept."),
        Text("Ge posten ett id i filen.", "Give the entry an id in the file."), Severity.WARNING, Scope.ITEM,
    ),
    _file(
        "IMPORT-034", Text("Flera begreppssystem i filen", "Several concept schemes in the file"),
        Text("Filen har {number} begreppssystem. Alla begrepp läses in i ett och samma. {name} tas för filens eget; vad filen säger om de andra systemen själva läses inte in.", "The file has {number} concept schemes. All concepts are imported into one and the same. {name} is taken for the file's own; what the file says of the other schemes themselves is not imported."),
        Text("Dela filen om systemen ska hållas isär, eller läs in den som utgåva: då behålls allt.", "Divide the file if the schemes are to be kept apart, or import it as an edition, which keeps everything."), Severity.WARNING,
    ),
    _file(
        "IMPORT-035", Text("Begrepp utan hel adress", "Concepts without a whole address"),
        Text("{number} begrepp har en adress som inte är hel (till exempel ”{name}”), och filen säger inte vad den ska läsas mot. De läses in under adresser som börjar med file:///.", "{number} concepts have an address that is not whole (such as “{name}”), and the file does not say what it is to be read against. They are imported under addresses that begin with file:///."),
        Text("Ange basen i filen: @base i Turtle och JSON-LD, xml:base i RDF/XML. Annars leder adresserna ingenstans och kan krocka med andra filers.", "State the base in the file: @base in Turtle and JSON-LD, xml:base in RDF/XML. Otherwise the addresses lead nowhere, and may clash with those of other files."), Severity.WARNING,
    ),
    _file(
        "IMPORT-028", Text("Begreppet har ingen IRI", "The concept has no IRI"),
        Text("Begreppet är en tom nod i filen. Ändras det där, tas det för ett annat begrepp nästa gång.", "The concept is a blank node in the file. If it changes there, it is taken for another concept the next time."),
        Text("Ge det en IRI i filen.", "Give it an IRI in the file."), Severity.WARNING, Scope.ITEM,
    ),
    _file(
        "IMPORT-040", Text("Den som begärde det får inte längre göra det", "Whoever asked for it may no longer do it"),
        Text("När ändringspaketet skulle göras var personen inte längre terminolog.", "When the change set was to be made, the person was no longer a terminologist."),
        Text("Be en terminolog att läsa in filen.", "Ask a terminologist to import the file."),
    ),
    _file(
        "IMPORT-041", Text("Inläsningen avbröts", "The import was broken off"),
        Text("Ett fel i systemet stoppade den, flera gånger. Ingenting har lästs in.", "A fault in the system stopped it, several times. Nothing was imported."),
        Text("Läs in filen på nytt. Händer det igen: be administratören läsa loggen.", "Import the file again. If it happens once more, ask the administrator to read the log."),
    ),
)  # fmt: skip
