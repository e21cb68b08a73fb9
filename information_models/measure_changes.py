"""What a new version of a measure changes: what is counted, over what, and what its tables look like. Pure.

*Backward* says of a measure whether whoever reads its tables as they were made under the old version can go on doing so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields

from information_models.changes import Accepted, Difference, Semantic, joined, of_units, reworded, shown
from information_models.measures import Aggregation, Country, Measure
from information_models.presentation import AGGREGATION_LABELS, COUNTRY_LABELS, PERIOD_LABELS
from registry.findings import Text

YES, UNKNOWN, NO = Accepted
SAME, EDITORIAL, UNSURE, MEANING = Semantic

_CHANGES: Mapping[str, tuple[Text, Accepted, Accepted, Semantic]] = {
    "slug": (Text("är ett annat mått", "is another measure"), NO, NO, MEANING),
    "title": (Text("titeln är omskriven", "the title is reworded"), YES, YES, EDITORIAL),
    "unit": (Text("enheten är en annan", "the unit is another"), YES, YES, MEANING),
    "model": (Text("kommer ur en annan modell", "comes from another model"), YES, YES, MEANING),
    "element": (Text("räknar ett annat element", "counts another element"), YES, YES, MEANING),
    "denominator": (Text("delas med ett annat element", "is divided by another element"), YES, YES, MEANING),
    "per": (Text("räknas per ett annat antal", "is counted per another number"), YES, YES, MEANING),
    "where": (Text("räknar andra rader", "counts other rows"), YES, YES, MEANING),
    "aggregation": (Text("läggs ihop på ett annat sätt", "is added up in another way"), YES, YES, MEANING),
    "period_element": (
        Text("läser perioden ur ett annat element", "reads the period from another element"),
        YES,
        YES,
        MEANING,
    ),
    "region_element": (
        Text("läser regionen ur ett annat element", "reads the region from another element"),
        YES,
        YES,
        MEANING,
    ),
    "concepts": (Text("står för andra begrepp", "stands for other concepts"), YES, YES, MEANING),
    "concerns_persons": (
        Text("rör personer, eller rör inte längre personer", "concerns persons, or no longer does"),
        *(YES, YES, MEANING),
    ),
    "already_published": (
        Text("skyddar små tal på ett annat sätt", "protects small numbers in another way"),
        *(YES, YES, MEANING),
    ),
    "known_totals": (
        Text("jämförs med andra kända summor", "is compared with other known totals"),
        YES,
        YES,
        EDITORIAL,
    ),
    "not_joined": (Text("skiljs från andra mått", "is kept apart from other measures"), YES, YES, UNSURE),
    "same_count_as": (
        Text("räknar detsamma som andra element", "counts the same as other elements"),
        *(YES, YES, UNSURE),
    ),
    "notes": (Text("har andra anmärkningar", "has other notes"), YES, YES, UNSURE),
    "source": (Text("har en annan källa", "has another source"), YES, YES, EDITORIAL),
}
"""What a change of each field is, where it is the same whatever the values."""
_OTHER = Text("skiljer sig i {field}", "differs in {field}")


def compare_measures(
    old: Measure, new: Measure, *, editorial: frozenset[str] = frozenset(), model_meaning: Semantic = Semantic.UNKNOWN
) -> Iterator[Difference]:
    """What ``new`` changes. ``editorial`` as in `compatibility.compare`; ``model_meaning`` is what the version of the model that
    it is made from changes in what it counts, against the version that ``old`` is made from."""
    for each in fields(Measure):
        was, now = getattr(old, each.name), getattr(new, each.name)
        if was == now:
            continue
        if (judge := _JUDGED.get(each.name)) is not None:
            yield judge(old, new)
        elif each.name == "concept_versions":
            if old.concepts == new.concepts:
                yield _of_wordings(old, new, editorial)
        elif each.name == "model_version":
            if old.model == new.model:
                what = Text("räknas ur en annan version av modellen", "is counted from another version of the model")
                yield Difference("model_version", "", what, YES, YES, model_meaning)
        else:
            what, backward, forward, semantic = _CHANGES.get(each.name) or (_named(each.name), UNKNOWN, UNKNOWN, UNSURE)
            yield Difference(each.name, "", what, backward, forward, semantic, _value(was), _value(now))


def _value(value: object) -> Text:
    return AGGREGATION_LABELS[value] if isinstance(value, Aggregation) else shown(value)


def _kinds(measure: Measure) -> Text:
    return joined([PERIOD_LABELS[kind] for kind in measure.period_kinds])


def _named(field: str) -> Text:
    return Text(_OTHER.sv.format(field=field), _OTHER.en.format(field=field))


def _of_wordings(old: Measure, new: Measure, editorial: frozenset[str]) -> Difference:
    is_editorial = set(new.concept_versions) - set(old.concept_versions) <= editorial
    what = (
        Text("vilar på en redaktionellt ändrad ordalydelse", "rests on a wording that was changed editorially")
        if is_editorial
        else Text("vilar på en annan ordalydelse", "rests on another wording")
    )
    semantic = EDITORIAL if is_editorial else MEANING
    return Difference("concept_versions", "", what, YES, YES, semantic)


def _description(old: Measure, new: Measure) -> Difference:
    what = Text("beskrivningen är omskriven", "the description is reworded")
    texts = (shown(old.description), shown(new.description))
    return Difference("description", "", what, YES, YES, reworded(old.description, new.description), *texts)


def _unit(old: Measure, new: Measure) -> Difference:
    what, backward, forward, _semantic = _CHANGES["unit"]
    semantic = of_units(old.unit, new.unit)
    return Difference("unit", "", what, backward, forward, semantic, shown(old.unit), shown(new.unit))


def _dimensions(old: Measure, new: Measure) -> Difference:
    """Rows of a table have the columns of its dimensions: another level is another table."""
    what = Text("visas på andra nivåer", "is shown at other levels")
    semantic = UNSURE if set(old.dimensions) <= set(new.dimensions) else MEANING
    return Difference("dimensions", "", what, NO, NO, semantic, shown(old.dimensions), shown(new.dimensions))


def _period_kinds(old: Measure, new: Measure) -> Difference:
    was, now = set(old.period_kinds), set(new.period_kinds)
    what = Text("visas för andra slag av perioder", "is shown for other kinds of periods")
    kinds = (_kinds(old), _kinds(new))
    semantic = EDITORIAL if was <= now else MEANING
    return Difference("period_kinds", "", what, YES if was <= now else NO, YES if now <= was else NO, semantic, *kinds)


def _country(old: Measure, new: Measure) -> Difference:
    what = Text("rikets siffra kommer någon annanstans ifrån", "the country's figure comes from elsewhere")
    backward, forward = (NO if one.country is Country.NONE else YES for one in (new, old))
    return Difference(
        "country", "", what, backward, forward, MEANING, COUNTRY_LABELS[old.country], COUNTRY_LABELS[new.country]
    )


def _decimals(old: Measure, new: Measure) -> Difference:
    what = Text("visas med ett annat antal decimaler", "is shown with another number of decimals")
    backward, forward = (YES if new.decimals <= old.decimals else NO), (YES if old.decimals <= new.decimals else NO)
    return Difference("decimals", "", what, backward, forward, EDITORIAL, shown(old.decimals), shown(new.decimals))


_JUDGED: Mapping[str, Callable[[Measure, Measure], Difference]] = {
    "description": _description,
    "unit": _unit,
    "dimensions": _dimensions,
    "period_kinds": _period_kinds,
    "country": _country,
    "decimals": _decimals,
}
