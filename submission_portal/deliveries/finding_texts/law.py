"""Findings that bear on the law: ``LEG``."""

from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

LEGAL = (
    FindingEntry(
        "LEG-001", Severity.INFO, Stage.LAW, Scope.CELL,
        Text("Småtal om personer: {label}", "Small numbers about persons: {label}"),
        Text(
            "Celler över 0 och under {below} som rör personer: {count}. De lämnas till mottagaren som de är och skyddas tillsammans med de andra regionernas när en tabell publiceras.",
            "Cells above 0 and below {below} that concern persons: {count}. They go to the recipient as they are and are protected together with those of the other regions when a table is published.",
        ),
        Text("Regionens utlämnare tar ställning till det.", "The region's disclosing officer considers it."),
        looks_for=Text("småtal om personer", "small numbers about persons"),
    ),
    FindingEntry(
        "LEG-002", Severity.INFO, Stage.LAW, Scope.DELIVERY,
        Text("Regionens tillämpning är inte beskriven", "The region's application is not described"),
        Text(
            "För {concepts} finns ingen tillämpning som gäller under perioden. Siffrorna går att lämna, men ingen kan säga "
            "om de är jämförbara.",
            "For {concepts} there is no application statement in force in the period. The figures can be delivered, but "
            "nobody can say whether they are comparable.",
        ),
        Text("Beskriv tillämpningen i termbanken.", "Describe the application in the term bank."),
        looks_for=Text("regionens tillämpning är beskriven", "the region's application is described"),
    ),
)  # fmt: skip
