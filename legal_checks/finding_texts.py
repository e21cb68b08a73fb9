"""Every finding text of the secrecy and data protection checks."""

from registry.finding_catalogue import AnswerKind, Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

REPLY = Text(
    "Ändra svaret, eller skriv hur det går ihop. Det du skriver sparas med beslutet.",
    "Change the answer, or write how it fits together. What you write is kept with the decision.",
)
CHANGE = Text(
    "Ändra svaren så att de går ihop, eller låt inget gå vidare. Vad lagen leder till avgör du; registret tar bara inte emot svar som "
    "motsäger varandra. Efter: {provisions}.",
    "Change the answers so that they go together, or let nothing through. What the law leads to is yours to decide; the registry only "
    "takes no answers that contradict each other. After: {provisions}.",
)

FINDING_TEXTS: tuple[FindingEntry, ...] = (
    FindingEntry(
        "SEC-001", Severity.ERROR, Stage.QUESTIONS, Scope.ITEM,
        Text("Frågor utan svar", "Questions without an answer"),
        Text("{count} frågor är inte besvarade.", "{count} questions are not answered."),
        Text("Välj ett svar på varje fråga.", "Choose an answer to each question."),
        "DOMAIN: the law, as questions",
        answer=AnswerKind.CHOICE,
    ),
    FindingEntry(
        "SEC-002", Severity.ERROR, Stage.QUESTIONS, Scope.ITEM,
        Text("Svar som behöver skäl", "Answers that need a reason"),
        Text("{count} svar säger inget utan skäl.", "{count} answers say nothing without a reason."),
        Text("Skriv skälet med egna ord.", "Write the reason in your own words."),
        "DOMAIN: the law, as questions",
        answer=AnswerKind.REASON,
    ),
    FindingEntry(
        "SEC-003", Severity.ERROR, Stage.QUESTIONS, Scope.ITEM,
        Text("{place}: {problem}", "{place}: {problem}"),
        Text("Svaren har inte den form som frågorna kräver.", "The answers do not have the shape that the questions require."),
        Text("Rätta svaret; sidan /rattsfragor/ räknar upp frågorna och svaren.", "Mend the answer; the page /rattsfragor/ lists the questions and the choices."),
        "DOMAIN: the law, as questions",
        stops=True,
    ),
    FindingEntry(
        "SEC-004", Severity.ERROR, Stage.QUESTIONS, Scope.ITEM,
        Text("Skäl utan ord", "Reasons without words"),
        Text("{count} skäl har inga ord i sig, bara tecken.", "{count} reasons have no words in them, only signs."),
        Text("Skriv skälet med egna ord.", "Write the reason in your own words."),
        "DOMAIN: the law, as questions",
        answer=AnswerKind.REASON,
    ),
    FindingEntry(
        "SEC-101", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Modellen räknar personer", "The model counts persons"),
        Text(
            "Svaret säger att uppgiften inte avser enskilda, men modellen har element som räknar personer.",
            "The answer says that no individual is concerned, but the model has elements that count persons.",
        ),
        REPLY,
        "OSL 25:1",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-102", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Generalklausulen och uppgifter om personer", "The general clause and data on persons"),
        Text(
            "Svaren säger att uppgiften avser enskilda och att generalklausulen bryter sekretessen. Enligt källan kan "
            "klausulen inte användas för bland annat 24:8 och 25:1.",
            "The answers say that individuals are concerned and that the general clause lifts the secrecy. According to the "
            "source the clause cannot be used for among others 24:8 and 25:1.",
        ),
        REPLY,
        "OSL 10:27",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-103", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Ingen känd uppgiftsskyldighet", "No known duty to report"),
        Text(
            "Svaret nämner en uppgiftsskyldighet. Registret känner ingen som omfattar det här den dagen.",
            "The answer names a duty to report. The registry knows of none that covers this on that day.",
        ),
        REPLY,
        "OSL 10:28",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-104", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Sekretessen följer till en myndighet", "Secrecy follows to an authority"),
        Text(
            "Svaret säger att sekretessen följer med, men mottagaren är ingen myndighet.",
            "The answer says that the secrecy follows the data, but the recipient is no authority.",
        ),
        REPLY,
        "OSL 18:13",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-105", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Sekretessen följer med utan att kapacitet beskrivs", "Secrecy follows though no capacity is described"),
        Text(
            "Svaren säger att sekretessen följer med uppgiften, och att uppgiften inte beskriver kapacitet.",
            "The answers say that the secrecy follows the data, and that the data describes no capacity.",
        ),
        REPLY,
        "OSL 18:13",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-106", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Sekretess kan kvarstå", "Secrecy may remain"),
        Text(
            "Svaren säger att sekretess kan gälla, och nämner inget som bryter den.",
            "The answers say that secrecy may apply, and name nothing that lifts it.",
        ),
        REPLY,
        "OSL 8:1",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-107", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Något bryter en sekretess som ingen har sett", "Something lifts a secrecy that nobody has seen"),
        Text(
            "Svaren nämner något som bryter sekretess, men inget svar säger att sekretess kan gälla.",
            "The answers name something that lifts secrecy, but no answer says that secrecy may apply.",
        ),
        REPLY,
        "OSL 10:27, 10:28",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-108", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Sammanställningen behöver några ord", "The compilation needs a few words"),
        Text(
            "Flera regioners uppgifter ligger tillsammans. Svaret om kapacitet säger inget om sammanställningen.",
            "Data of several regions lies together. The answer on capacity says nothing about the compilation.",
        ),
        REPLY,
        "OSL 15:2, 18:13",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-109", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Grund för uppgifter om personer", "Ground for data on persons"),
        Text(
            "Modellen har element som räknar personer, och svaret anger ingen grund för behandlingen.",
            "The model has elements that count persons, and the answer states no ground for the processing.",
        ),
        REPLY,
        "GDPR 6.1 e",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-110", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Grunden är inte klarlagd", "The ground is not settled"),
        Text(
            "Svaret säger att grunden saknas eller är osäker.",
            "The answer says that the ground is missing or uncertain.",
        ),
        REPLY,
        "GDPR 6.1 e",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-111", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Säkerhetsskyddsanalys saknas", "No protective security analysis"),
        Text(
            "Svaret säger att analysen inte är gjord eller är osäker.",
            "The answer says that the analysis was not made or is uncertain.",
        ),
        REPLY,
        "Lag 2018:585",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-112", Severity.QUESTION, Stage.QUESTIONS, Scope.ITEM,
        Text("Det som nämns bryter en annan sekretess", "What is named lifts another secrecy"),
        Text(
            "Svaren säger att uppgiften avser enskilda och att sekretessen följer med. Det gäller krisplaneringens sekretess.",
            "The answers say that individuals are concerned and that the secrecy follows. That is about crisis planning.",
        ),
        REPLY,
        "OSL 18:13",
        answer=AnswerKind.REPLY,
    ),
    FindingEntry(
        "SEC-202", Severity.ERROR, Stage.QUESTIONS, Scope.ITEM,
        Text("Generalklausulen kan inte användas för enskilda", "The general clause cannot be used for individuals"),
        Text(
            "Så kan det inte beslutas: svaren säger att uppgiften avser enskilda, och att generalklausulen bryter sekretessen. Den är utesluten för 25:1 och 24:8.",
            "It cannot be decided so: the answers say that individuals are concerned, and that the general clause lifts the secrecy. It is excluded for 25:1 and 24:8.",
        ),
        CHANGE,
        "OSL 10:27",
        stops=True,
    ),
    FindingEntry(
        "SEC-203", Severity.ERROR, Stage.QUESTIONS, Scope.ITEM,
        Text("Ingen uppgiftsskyldighet är i kraft", "No duty to report is in force"),
        Text(
            "Så kan det inte beslutas: svaret säger att en uppgiftsskyldighet bryter sekretessen, och ingen som registret känner omfattar det här den dagen.",
            "It cannot be decided so: the answer says that a duty to report lifts the secrecy, and none that the registry knows of covers this on that day.",
        ),
        CHANGE,
        "OSL 10:28",
        stops=True,
    ),
    FindingEntry(
        "SEC-206", Severity.ERROR, Stage.QUESTIONS, Scope.ITEM,
        Text("Inget bryter sekretessen", "Nothing lifts the secrecy"),
        Text(
            "Så kan det inte beslutas: svaren säger att sekretess gäller eller kan gälla, och nämner inget som bryter den.",
            "It cannot be decided so: the answers say that secrecy applies or may apply, and name nothing that lifts it.",
        ),
        CHANGE,
        "OSL 8:1",
        stops=True,
    ),
    FindingEntry(
        "SEC-210", Severity.ERROR, Stage.QUESTIONS, Scope.ITEM,
        Text("Grunden saknas", "The ground is missing"),
        Text(
            "Så kan det inte beslutas: svaret säger att en laglig grund saknas eller är osäker.",
            "It cannot be decided so: the answer says that a legal ground is missing or uncertain.",
        ),
        CHANGE,
        "GDPR 6.1 e",
        stops=True,
    ),
    FindingEntry(
        "SEC-212", Severity.ERROR, Stage.QUESTIONS, Scope.ITEM,
        Text("Sekretessen för enskilda bryts inte av det som nämns", "The secrecy for individuals is not lifted by what is named"),
        Text(
            "Så kan det inte beslutas: svaren säger att uppgiften avser enskilda, och nämner att sekretessen följer med till mottagaren. Det gäller krisplaneringens sekretess, inte enskildas.",
            "It cannot be decided so: the answers say that individuals are concerned, and name that the secrecy follows to the recipient. That is about crisis planning, not about individuals.",
        ),
        CHANGE,
        "OSL 18:13, 25:1",
        stops=True,
    ),
    FindingEntry(
        "DAT-001", Severity.ERROR, Stage.FLOW, Scope.ITEM,
        Text("Den rättsliga grunden har upphört", "The legal ground has ended"),
        Text(
            "Grunden ({ground}) gällde till och med {valid_to}. Inget mer lämnas ut för användningen. Inget har lämnat "
            "regionen.",
            "The ground ({ground}) was valid until {valid_to}. Nothing more is disclosed for the use. Nothing has left the region.",
        ),
        Text(
            "Föreslå en ny version av användningen med en grund som gäller. Det som redan är levererat påverkas inte.",
            "Propose a new version of the use with a ground that is valid. What is already delivered is not touched.",
        ),
        "GDPR 6.3",
    ),
    FindingEntry(
        "DAT-002", Severity.WARNING, Stage.FLOW, Scope.ITEM,
        Text("Den rättsliga grunden upphör snart", "The legal ground ends soon"),
        Text(
            "Grunden ({ground}) gäller till och med {valid_to}, om {days} dagar. Därefter tas inga nya leveranser emot.",
            "The ground ({ground}) is valid until {valid_to}, in {days} days. After that no new deliveries are taken.",
        ),
        Text(
            "Föreslå i tid en ny version av användningen med en grund som gäller längre.",
            "Propose in time a new version of the use with a ground that is valid longer.",
        ),
        "GDPR 6.3",
    ),
)  # fmt: skip

FINDINGS = Catalogue(FINDING_TEXTS)
