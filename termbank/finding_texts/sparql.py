"""What is said of questions in SPARQL that are not answered."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

QUERY_LANGUAGE = "https://www.w3.org/TR/sparql11-query/"
PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"

IN_A_QUESTION = (
    FindingEntry(
        "SPARQL-001", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Frågan saknas", "The question is missing"),
        Text("Det finns ingen fråga att svara på.", "There is no question to answer."),
        Text("Skriv en fråga i SPARQL, eller börja från ett av exemplen.", "Write a question in SPARQL, or begin with one of the examples."),
        PROTOCOL,
    ),
    FindingEntry(
        "SPARQL-002", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Frågan är för lång", "The question is too long"),
        Text("Den har {number} tecken. Högst {most} läses.", "It has {number} characters. {most} are read at most."),
        Text("Korta den, eller dela den i flera frågor.", "Shorten it, or split it into several questions."),
    ),
    FindingEntry(
        "SPARQL-003", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Frågan kan inte läsas", "The question cannot be read"),
        Text("Läsaren säger: {told}", "The reader says: {told}"),
        Text("Rätta stället. Frågan ska vara SPARQL 1.1: SELECT, ASK, CONSTRUCT eller DESCRIBE.", "Mend that place. The question must be SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE."),
        QUERY_LANGUAGE,
    ),
    FindingEntry(
        "SPARQL-004", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Frågan vill hämta något på annat håll (SERVICE)", "The question wants to fetch something elsewhere (SERVICE)"),
        Text("Registret frågar inga andra. Ingenting har skickats någonstans.", "The registry asks nobody else. Nothing has been sent anywhere."),
        Text("Ta bort SERVICE, och ställ den delen av frågan direkt till den andra tjänsten.", "Remove SERVICE, and ask the other service that part directly."),
        QUERY_LANGUAGE,
    ),
    FindingEntry(
        "SPARQL-005", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Frågan väljer en egen datamängd (FROM)", "The question chooses a dataset of its own (FROM)"),
        Text("Här finns en enda graf med allt som är publicerat. Inget annat läses eller hämtas.", "There is one graph here, with all that is published. Nothing else is read or fetched."),
        Text("Ta bort FROM och FROM NAMED, och default-graph-uri och named-graph-uri ur adressen.", "Remove FROM and FROM NAMED, and default-graph-uri and named-graph-uri from the address."),
        QUERY_LANGUAGE,
    ),
    FindingEntry(
        "SPARQL-006", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Det är ingen fråga utan en ändring", "It is no question but an update"),
        Text("Termbanken ändras inte härifrån. Ingenting har ändrats.", "The term bank is not changed from here. Nothing has been changed."),
        Text("Ställ en fråga: SELECT, ASK, CONSTRUCT eller DESCRIBE.", "Ask a question: SELECT, ASK, CONSTRUCT or DESCRIBE."),
        PROTOCOL,
    ),
    FindingEntry(
        "SPARQL-007", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Svaret är för stort", "The answer is too large"),
        Text("Det är längre än {size} MB. Inget av det har skickats.", "It is longer than {size} MB. None of it has been sent."),
        Text("Fråga efter färre rader (LIMIT och OFFSET), eller hämta hela begreppssystemet som fil.", "Ask for fewer rows (LIMIT and OFFSET), or download the whole scheme as a file."),
    ),
    FindingEntry(
        "SPARQL-008", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Frågan är för djupt nästlad", "The question is nested too deeply"),
        Text("Den har fler parenteser i varandra än vad som läses.", "It has more brackets within each other than are read."),
        Text("Skriv den plattare.", "Write it flatter."),
    ),
    FindingEntry(
        "SPARQL-009", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Frågan kan inte besvaras", "The question cannot be answered"),
        Text("Den som svarar säger: {told}", "What answers says: {told}"),
        Text("Skriv om den delen av frågan.", "Write that part of the question in another way."),
    ),
    FindingEntry(
        "SPARQL-010", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Frågan tog för mycket tid eller minne", "The question took too much time or memory"),
        Text("En fråga får använda {seconds} sekunder processortid och {size} MB minne. Den avbröts, och inget annat påverkades.", "A question may use {seconds} seconds of processor time and {size} MB of memory. It was stopped, and nothing else was affected."),
        Text("Gör den smalare: börja med ett begrepp eller en term, och undvik mönster som passar allt.", "Make it narrower: begin with a concept or a term, and avoid patterns that match everything."),
    ),
    FindingEntry(
        "SPARQL-011", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Svaret finns inte i det format som efterfrågades", "The answer does not come in the format that was asked for"),
        Text("Svaret på frågan kan fås som {names}.", "The answer to the question can be had as {names}."),
        Text("Be om ett av dem i huvudet Accept eller med format= i adressen.", "Ask for one of these with the header Accept, or with format= in the address."),
        PROTOCOL,
    ),
    FindingEntry(
        "SPARQL-012", Severity.ERROR, Stage.TERMS, Scope.INSTANCE,
        Text("Frågan kom inte fram", "The question did not arrive"),
        Text("Den ska vara en enda: query= i adressen eller formuläret, eller hela innehållet som application/sparql-query.", "It must be a single one: query= in the address or the form, or the whole body as application/sparql-query."),
        Text("Skicka frågan på ett av de sätten.", "Send the question in one of these ways."),
        PROTOCOL,
    ),
)  # fmt: skip
