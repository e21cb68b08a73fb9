"""What findings on question sets say."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

IN_A_QUESTION_SET = (
    FindingEntry(
        "QSET-001", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("{place}: {problem}", "{place}: {problem}"),
        Text("Innehållet har inte den form som frågor ska ha.", "The content does not have the shape of a question set."),
        Text("Rätta fältet, eller skriv frågorna i formuläret.", "Mend the field, or write the questions in the form."),
    ),
    FindingEntry(
        "QSET-002", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Frågor saknas", "Questions are missing"),
        Text("Regionerna skulle inte ha något att svara på.", "Regions would have nothing to answer."),
        Text("Skriv minst en fråga.", "Write at least one question."),
    ),
    FindingEntry(
        "QSET-003", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Två frågor har samma beteckning", "Two questions have the same id"),
        Text("Beteckningen {question} står vid mer än en fråga, och svaren jämförs efter den.", "The id {question} stands with more than one question, and answers are compared by it."),
        Text("Ge den ena en annan beteckning.", "Give one of them another id."),
    ),
    FindingEntry(
        "QSET-004", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Fråga {number} saknas på ett språk", "Question {number} lacks a language"),
        Text("Frågor ställs på svenska och engelska.", "Questions are asked in Swedish and in English."),
        Text("Skriv frågan på båda språken.", "Write the question in both languages."),
    ),
    FindingEntry(
        "QSET-005", Severity.ERROR, Stage.TERMS, Scope.ITEM,
        Text("Begreppet finns inte", "The concept is not there"),
        Text("{concept} är inget publicerat begrepp, eller inte det som frågorna hör till.", "{concept} is no published concept, or not the one that the questions belong to."),
        Text("Börja från begreppets sida.", "Begin from the concept's page."),
    ),
)  # fmt: skip
