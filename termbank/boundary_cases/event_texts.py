"""What the events of boundary cases say, by type."""

from registry.findings import Text

TEXTS = {
    "BoundaryCasesDrafted": Text("Gränsfall skrevs för en ordalydelse.", "Boundary cases were written for a wording."),
    "BoundaryCasesRevised": Text(
        "Gränsfall skrevs om före utskicket.", "Boundary cases were revised before they went out."
    ),
    "BoundaryCasesRemoved": Text("Ett utkast till gränsfall togs bort.", "A draft of boundary cases was removed."),
    "BoundaryCasesOpened": Text(
        "Gränsfall skickades ut till regionerna för svar.", "Boundary cases were sent to the regions for answers."
    ),
    "BoundaryAnswersSaved": Text("Svar på gränsfall sparades.", "Answers to boundary cases were kept."),
    "BoundaryAnswersSent": Text("Svar på gränsfall lämnades.", "Answers to boundary cases were sent."),
    "BoundaryCasesClosed": Text("Gränsfall stängdes för svar.", "Boundary cases were closed for answers."),
    "BoundaryDisagreementExplained": Text(
        "Det förklarades varför en ordalydelse kan beslutas trots att regionerna räknar olika.",
        "It was explained why a wording may be decided on although regions count differently.",
    ),
}
