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
)  # fmt: skip
