"""What the rules on compilations know a measure or a model by: the concepts that it means, and the words of its names. Pure."""

from information_models.definitions import Model
from information_models.measures import Measure
from legal_checks.compilations.rules import Subject


def said_by(measure: Measure) -> Subject:
    """What a measure says by itself; what its elements mean is in its model."""
    where = measure.where or {}
    codes = [code for code in where.values() if code]
    return Subject.of(
        frozenset(measure.concepts), measure.slug, measure.model, *counted_elements(measure), *where, *codes
    )


def meant_by(model: Model) -> Subject:
    """What a model's values mean, and what they are called."""
    concepts = frozenset(one.concept for one in model.values if one.concept)
    return Subject.of(concepts, model.slug, *(one.name for one in model.values))


def counted_elements(measure: Measure) -> frozenset[str]:
    """The elements that a measure counts: its value, and of a ratio its denominator too."""
    return frozenset(one for one in (measure.element, measure.denominator) if one)
