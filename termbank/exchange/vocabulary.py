"""The few classes and properties that the exports use besides SKOS, and what they mean."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.findings import Text


@dataclass(frozen=True, slots=True)
class VocabularyTerm:
    """A class or property that SKOS does not have."""

    name: str
    meaning: Text
    about_applications: bool = False
    is_rare: bool = False
    """Whether it is described in a file only where something there has it."""
    about_labels: bool = False
    """Whether only terms that are resources (SKOS-XL) have it."""


VOCABULARY: Iterable[VocabularyTerm] = (
    VocabularyTerm("version", Text("Den version av begreppet som exporteras.", "The exported version of the concept.")),
    VocabularyTerm(
        "ConceptVersion",
        Text(
            "En version av ett begrepp: en ordalydelse som gällde, gäller eller ska börja gälla.",
            "A version of a concept: a wording that applied, applies or is to apply.",
        ),
        is_rare=True,
    ),
    VocabularyTerm(
        "transitionUntil",
        Text(
            "Dagen då det som vilar på versionen före bör vila på den här.",
            "The day by which what rests on the version before ought to rest on this one.",
        ),
        is_rare=True,
    ),
    VocabularyTerm(
        "contentHash",
        Text(
            "SHA-256 av versionens kanoniska innehåll. Samma summa, samma innehåll.",
            "SHA-256 of the version's canonical content. The same sum, the same content.",
        ),
    ),
    VocabularyTerm(
        "status", Text("Var versionen är i sin livscykel.", "Where the version is in its lifecycle."),
    ),
    VocabularyTerm(
        "comingVersion",
        Text("Versionen som tar vid en dag framöver.", "The version that takes its place on a day to come."),
    ),
    VocabularyTerm(
        "comingFrom", Text("Den kommande versionens första dag.", "The first day of the coming version."),
    ),
    VocabularyTerm(
        "origin",
        Text(
            "official: ordalydelse i en källa; proposal: ett förslag.",
            "official: the wording of a source; proposal: a proposal.",
        ),
    ),
    VocabularyTerm(
        "concernsPersons",
        Text("Om det som räknas är personer.", "Whether what is counted are persons."),
        is_rare=True,
    ),
    VocabularyTerm(
        "deprecatedLabel",
        Text(
            "En avrådd term: den är också en skos:hiddenLabel, som sökformer utan råd också är.",
            "A term advised against: it is a skos:hiddenLabel too, as search forms without any advice are.",
        ),
        is_rare=True,
    ),
    VocabularyTerm(
        "subjectField",
        Text("Ämnesområdet som definitionen gäller inom.", "The subject field that the definition applies in."),
        is_rare=True,
    ),
    VocabularyTerm(
        "grammar", Text("En grammatisk upplysning om termen.", "A remark on the term's grammar."), is_rare=True, about_labels=True,
    ),
    VocabularyTerm(
        "isAbbreviation", Text("Om termen är en förkortning.", "Whether the term is an abbreviation."), is_rare=True, about_labels=True,
    ),
    VocabularyTerm(
        "homograph",
        Text("Numret som skiljer termen från andra som stavas lika.", "The number that tells the term from others of the same spelling."),
        is_rare=True,
        about_labels=True,
    ),
    VocabularyTerm(
        "termStatus", Text("Termens status: deprecated är en avrådd term.", "The status of the term: deprecated is advised against."),
        is_rare=True, about_labels=True,
    ),
    VocabularyTerm(
        "appliedDifferently",
        Text(
            "Om det ena räknas in i det andra skiljer sig mellan regioner eller över tid.",
            "Whether the one is counted in the other differs between regions or over time.",
        ),
    ),
    VocabularyTerm(
        "ApplicationStatement",
        Text(
            "Tillämpning: hur en region tillämpar en ordalydelse under en tid.",
            "How a region applies a wording during a time.",
        ),
        True,
    ),
    VocabularyTerm("concept", Text("Begreppet som tillämpas.", "The concept that is applied."), True),
    VocabularyTerm(
        "conceptVersion", Text("Versionen som tillämpas.", "The version that is applied."), True,
    ),
    VocabularyTerm("region", Text("Länskod enligt SCB.", "County code of Statistics Sweden."), True),
    VocabularyTerm("validFrom", Text("Första dagen.", "The first day."), True),
    VocabularyTerm("validTo", Text("Sista dagen.", "The last day."), True),
    VocabularyTerm("answer", Text("Ett svar på en strukturerad fråga.", "An answer to a structured question."), True),
    VocabularyTerm("Answer", Text("Svar på en fråga.", "The answer to a question."), True),
    VocabularyTerm("question", Text("Frågan i ord.", "The question in words."), True),
    VocabularyTerm("value", Text("yes, no, partly eller not_stated.", "yes, no, partly or not_stated."), True),
    VocabularyTerm("decidedBy", Text("Den som beslutade.", "Who decided."), True),
    VocabularyTerm("decidedOn", Text("Beslutsdatum.", "Date of the decision."), True),
    VocabularyTerm("registryNumber", Text("Diarienummer.", "Registry number."), True),
    VocabularyTerm(
        "provenance",
        Text(
            "own: regionen själv; reproduced: ur publicerad källa; made_up: påhittat.",
            "own: the region itself; reproduced: from a published source; made_up: made up.",
        ),
        True,
    ),
)  # fmt: skip
"""The extension, documented in the exported file and in the terminologist's guide."""
