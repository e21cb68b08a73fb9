"""How elements, limits and kinds are said to people. Pure."""

from collections.abc import Mapping, Sequence

from information_models.definitions import Element, ElementType, Model, Role, ValueStatus
from information_models.measures import Aggregation, Country
from information_models.same_counts import By, Over, SameCount
from registry.findings import Text
from registry.period import PeriodKind

TYPE_LABELS: Mapping[ElementType, Text] = {
    ElementType.CODE: Text("kod", "code"),
    ElementType.INTEGER: Text("heltal", "whole number"),
    ElementType.DECIMAL: Text("decimaltal", "decimal number"),
    ElementType.TEXT: Text("text", "text"),
    ElementType.DATE: Text("datum", "date"),
    ElementType.PERIOD: Text("period", "period"),
}
ROLE_LABELS: Mapping[Role, Text] = {
    Role.DIMENSION: Text("säger vad raden gäller", "says what the row is about"),
    Role.VALUE: Text("räknas eller mäts", "is counted or measured"),
    Role.ATTRIBUTE: Text("sägs om raden", "is said about the row"),
}
PERIOD_LABELS: Mapping[PeriodKind, Text] = {
    PeriodKind.YEAR: Text("år", "year"),
    PeriodKind.HALF_YEAR: Text("halvår", "half-year"),
    PeriodKind.TERM: Text("tertial", "term"),
    PeriodKind.MONTH: Text("månad", "month"),
    PeriodKind.WEEK: Text("vecka", "week"),
    PeriodKind.DAY: Text("dag", "day"),
    PeriodKind.SHIFT: Text("arbetspass", "shift"),
}
PERIOD_EXAMPLES: Mapping[PeriodKind, str] = {
    PeriodKind.YEAR: "2026",
    PeriodKind.HALF_YEAR: "2026-H1",
    PeriodKind.TERM: "2026-T2",
    PeriodKind.MONTH: "2026-10",
    PeriodKind.WEEK: "2026-W40",
    PeriodKind.DAY: "2026-10-01",
    PeriodKind.SHIFT: "2026-10-01/natt",
}
STATUS_LABELS: Mapping[ValueStatus, Text] = {
    ValueStatus.OBSERVED: Text("observerad", "observed"),
    ValueStatus.CLOSED: Text("stängd", "closed"),
    ValueStatus.NOT_REPORTED: Text("ej rapporterad", "not reported"),
}


def limits_in_words(element: Element) -> Text:
    """The bounds of a number, the length of a text; empty where there is none.

    >>> from decimal import Decimal
    >>> x = Text("x", "x")
    >>> limits_in_words(Element("a", x, x, Role.VALUE, ElementType.DECIMAL, minimum=Decimal(0), decimals=1)).sv
    'minst 0, högst 1 decimal'
    """
    sv, en = [], []
    if element.is_number:
        low, high = element.minimum, element.maximum
        if low is not None and high is not None:
            sv.append(f"{figure(str(low), 'sv')}–{figure(str(high), 'sv')}")
            en.append(f"{figure(str(low), 'en')}–{figure(str(high), 'en')}")
        elif low is not None:
            sv.append(f"minst {figure(str(low), 'sv')}")
            en.append(f"at least {figure(str(low), 'en')}")
        elif high is not None:
            sv.append(f"högst {figure(str(high), 'sv')}")
            en.append(f"at most {figure(str(high), 'en')}")
        if element.decimals:
            sv.append(f"högst {element.decimals} decimal{'er' if element.decimals > 1 else ''}")
            en.append(f"at most {element.decimals} decimal{'s' if element.decimals > 1 else ''}")
    elif element.type is ElementType.TEXT:
        sv.append(f"högst {element.max_length} tecken")
        en.append(f"at most {element.max_length} characters")
        if element.pattern:
            sv.append(f"formen {element.pattern}")
            en.append(f"the form {element.pattern}")
    return Text(", ".join(sv), ", ".join(en))


def kinds_in_words(element: Element) -> Text:
    """Which periods an element takes, with an example of each: ``månad (2026-10)``."""
    told = [(PERIOD_LABELS[kind], PERIOD_EXAMPLES[kind]) for kind in element.period_kinds]
    return Text(
        " eller ".join(f"{label.sv} ({example})" for label, example in told),
        " or ".join(f"{label.en} ({example})" for label, example in told),
    )


def figure(number: str, language: str) -> str:
    """A plain number as people write it.

    >>> figure("20000.5", "sv"), figure("20000.5", "en")
    ('20\\xa0000,5', '20,000.5')
    """
    whole, point, fraction = number.partition(".")
    grouped = f"{int(whole):,}"
    if language == "en":
        return grouped + point + fraction
    return grouped.replace(",", "\u00a0") + ("," + fraction if fraction else "")


STATUS_TEXTS: Mapping[ValueStatus, tuple[Text, Text]] = {
    ValueStatus.OBSERVED: (
        Text("0, 1, 2 …", "0, 1, 2 …"),
        Text("räknat eller mätt; noll är ett värde", "counted or measured; zero is a value"),
    ),
    ValueStatus.CLOSED: (
        Text("stängd", "closed"),
        Text("enheten var stängd, det fanns inget att räkna", "the unit was closed, there was nothing to count"),
    ),
    ValueStatus.NOT_REPORTED: (
        Text("ej rapporterat", "not reported"),
        Text("uppgiften finns inte, av vilket skäl som helst", "there is no figure, for whatever reason"),
    ),
}
AGGREGATION_LABELS: Mapping[Aggregation, Text] = {
    Aggregation.SUM: Text(
        "Summeras från den mindre platsen till den större, aldrig över tid.",
        "Summed from the smaller place to the larger, never over time.",
    ),
    Aggregation.AS_PUBLISHED: Text(
        "Visas som det publicerats, rad för rad. Summeras aldrig och medelvärdesbildas aldrig.",
        "Shown as published, row by row. Never summed and never averaged.",
    ),
    Aggregation.RATIO: Text(
        "Täljare och nämnare summeras var för sig från den mindre platsen till den större och delas sedan. Aldrig ett medelvärde av kvoter.",
        "Numerator and denominator are summed each for itself from the smaller place to the larger, and then divided. Never a mean of ratios.",
    ),
}
OVER_LABELS: Mapping[Over, Text] = {
    Over.PERIOD: Text("kortare perioder", "shorter periods"),
    Over.PLACE: Text("mindre platser", "smaller places"),
}
BY_LABELS: Mapping[By, Text] = {By.SUM: Text("summan", "the sum"), By.MEAN: Text("medelvärdet", "the mean")}


def same_count_in_words(one: SameCount) -> Text:
    """What a measure says that it counts the same as."""
    over, by = OVER_LABELS[one.over], BY_LABELS[one.by]
    return Text(
        f"{by.sv} av {one.element} i {one.model} över {over.sv}, avrundat till {one.decimals} decimaler",
        f"{by.en} of {one.element} in {one.model} over {over.en}, rounded to {one.decimals} decimals",
    )


COUNTRY_LABELS: Mapping[Country, Text] = {
    Country.SUM: Text(
        "Summan av regionerna. Visas bara när alla regioner finns med.",
        "The sum of the regions. Shown only when all regions are there.",
    ),
    Country.PUBLISHED: Text(
        "Det värde som publicerats för riket, aldrig medelvärdet av regionerna.",
        "The value that was published for the country, never the mean of the regions.",
    ),
    Country.NONE: Text("Visas inte.", "Not shown."),
}


def row_in_words(model: Model) -> Text:
    """What one row of the model says, as a sentence.

    >>> from information_models.starter.loading import starter_model
    >>> row_in_words(starter_model("disponibla-vardplatser-per-region-ar").model).sv
    'En rad per år och region säger: disponibla vårdplatser.'
    """
    keys = [model.element(name).label for name in model.key]
    said = [element.label for element in model.elements if element.name not in model.key]
    return Text(
        f"En rad per {_listed([one.sv for one in keys], 'och')} säger: {_listed([one.sv for one in said], 'och')}.",
        f"One row per {_listed([one.en for one in keys], 'and')} says: {_listed([one.en for one in said], 'and')}.",
    )


def _listed(words: Sequence[str], conjunction: str) -> str:
    lowered = [word[:1].lower() + word[1:] for word in words]
    return lowered[0] if len(lowered) == 1 else f"{', '.join(lowered[:-1])} {conjunction} {lowered[-1]}"
