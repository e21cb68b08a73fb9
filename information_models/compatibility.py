"""What a new version of a model changes, on two scales.

*Technically*: do files and systems made for the old version still work? *In meaning*: is anything counted differently?
A person classes the change; this tells them, and everybody who rests on the model, what it consists of. What is said of each
difference is what `changes` says of any; `witnesses` shows rows for it. Pure.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from information_models.changes import (
    Accepted,
    Compatibility,
    Difference,
    Semantic,
    listed,
    of_units,
    reworded,
    said,
    shown,
)
from information_models.code_list_changes import compare_codes
from information_models.definitions import Element, ElementType, LoadedModel, Model, Rule, Thresholds, TotalRows
from information_models.headings import heading_key
from information_models.patterns import is_pattern, lengths_of, texts_of
from information_models.presentation import ROLE_LABELS, TYPE_LABELS, kinds_in_words, limits_in_words
from information_models.rule_cases import Case, Domain, Wanted, find
from information_models.rules import RuleError
from information_models.values import text_check
from registry.findings import Severity, Text
from registry.period import PeriodKind

YES, UNKNOWN, NO = Accepted


def compare(
    before: LoadedModel,
    after: LoadedModel,
    *,
    editorial: frozenset[str] = frozenset(),
    on: date = date.max,
    terms: Mapping[str, Text] | None = None,
) -> Compatibility:
    """What ``after`` changes. ``editorial`` are the concept versions that differ from what ``before`` rests on by nothing but what
    people classed as editorial changes; ``terms`` by hash the terms of the concepts that either rests on; ``on`` is the day from
    which ``after`` is used: what codes cover after it alone is to come (by default nothing is)."""
    old, new = before.model, after.model
    found: list[Difference] = []
    for element in old.elements:
        if element.name not in new.by_name:
            what = Text("finns inte längre", "is no longer there")
            forward = NO if element.required else YES
            found.append(Difference(f"elements.{element.name}", element.name, what, NO, forward, Semantic.MEANING))
    for element in new.elements:
        if element.name in old.by_name:
            found.extend(_element(old.element(element.name), element, editorial))
            found.extend(_codes(before, after, old.element(element.name), element, on))
        else:
            backward = NO if element.required else YES
            semantic = Semantic.MEANING if element.name in new.key else Semantic.EDITORIAL
            what = Text("är nytt", "is new")
            found.append(Difference(f"elements.{element.name}", element.name, what, backward, NO, semantic))
    found.extend(_headings(old, new))
    found.extend(_model(old, new))
    found.extend(_rules(before, after))
    found.extend(_nested(old, new, editorial, terms or {}))
    return Compatibility(tuple(found))


def _model(old: Model, new: Model) -> Iterator[Difference]:
    yield from _key(old, new)
    for path in ("period_element", "region_element"):
        was, now = getattr(old, path), getattr(new, path)
        if was != now:
            what = Text(
                "period eller region läses ur ett annat element", "period or region is read from another element"
            )
            # Without a region element it is not looked at whose a row is; with one, rows of others are refused, if there are any.
            backward = YES if now is None else UNKNOWN if was is None else NO
            forward = YES if was is None else UNKNOWN if now is None else NO
            yield Difference(path, "", what, backward, forward, Semantic.MEANING, shown(was), shown(now))
    if old.title != new.title:
        what = Text("titeln är omskriven", "the title is reworded")
        yield Difference("title", "", what, YES, YES, Semantic.EDITORIAL, shown(old.title), shown(new.title))
    if old.description != new.description:
        what = Text("beskrivningen är omskriven", "the description is reworded")
        semantic = reworded(old.description, new.description)
        yield Difference("description", "", what, YES, YES, semantic, shown(old.description), shown(new.description))
    if old.thresholds != new.thresholds:
        what = Text("när ett värde avviker mycket bedöms annorlunda", "when a value differs much is judged otherwise")
        was, now = (_thresholds(one.thresholds) for one in (old, new))
        yield Difference("thresholds", "", what, YES, YES, Semantic.SAME, was, now, asks=True)
    if old.total_rows != new.total_rows:
        refused = new.total_rows is TotalRows.REFUSE
        what = (
            Text("summarader tas inte längre emot", "total rows are no longer accepted")
            if refused
            else Text("summarader tas emot", "total rows are accepted")
        )
        yield Difference("total_rows", "", what, NO if refused else YES, YES if refused else NO, Semantic.SAME)
    if old.source != new.source:
        what = Text("källan är en annan", "the source is another")
        yield Difference("source", "", what, YES, YES, Semantic.EDITORIAL)


def _thresholds(one: Thresholds) -> Text:
    return Text(
        f"{one.share} %, antal från {one.count}, kvoter från {one.rate}, {one.score} avvikelser, {one.periods} perioder",
        f"{one.share} %, counts from {one.count}, rates from {one.rate}, {one.score} deviations, {one.periods} periods",
    )


def _key(old: Model, new: Model) -> Iterator[Difference]:
    """A longer key tells more rows apart, so that none that were are alike; a shorter one takes some for the same."""
    was, now = set(old.key), set(new.key)
    if was != now:
        what = Text("nyckeln är en annan", "the key is another")
        backward, forward = (YES if was < now else NO), (YES if now < was else NO)
        yield Difference("key", "", what, backward, forward, Semantic.MEANING, shown(old.key), shown(new.key))
        return
    kept = [one.name for one in old.elements if one.name in new.by_name]
    if old.key != new.key or kept != [one.name for one in new.elements if one.name in old.by_name]:
        what = Text("elementen står i en annan ordning", "the elements are in another order")
        yield Difference("order", "", what, YES, YES, Semantic.EDITORIAL)


def _element(old: Element, new: Element, editorial: frozenset[str]) -> Iterator[Difference]:
    name = new.name

    def differs(
        field: str,
        what: Text,
        *,
        backward: Accepted = YES,
        forward: Accepted = YES,
        semantic: Semantic = Semantic.SAME,
        asks: bool = False,
    ) -> Difference:
        was, now = (_value(one, field) for one in (old, new))
        return Difference(f"elements.{name}.{field}", name, what, backward, forward, semantic, was, now, asks)

    yield from _form(old, new)
    if old.required != new.required:
        if new.required:
            yield differs("required", Text("krävs nu", "is now required"), backward=NO)
        else:
            yield differs("required", Text("får lämnas bort", "may be left out"), forward=NO)
    if old.role != new.role:
        what = Text("har en annan roll i raden", "has another role in the row")
        yield differs("role", what, backward=NO, forward=NO, semantic=Semantic.MEANING)
    for field, what in (
        ("label", Text("heter något annat", "is called something else")),
        ("description", Text("är omskrivet", "is reworded")),
    ):
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield differs(field, what, semantic=reworded(was, now))
    if old.unit != new.unit:
        what = Text("har en annan enhet", "has another unit")
        yield differs("unit", what, semantic=of_units(old.unit, new.unit))
    if old.concerns_persons != new.concerns_persons:
        what = (
            Text("rör personer", "concerns persons")
            if new.concerns_persons
            else Text("rör inte längre personer", "no longer concerns persons")
        )
        yield differs("concerns_persons", what, semantic=Semantic.MEANING)
    if old.persons_reason != new.persons_reason:
        what = Text("har ett annat skäl om personer", "has another reason about persons")
        yield differs("persons_reason", what, semantic=Semantic.UNKNOWN)
    if old.additive != new.additive:
        what = Text("summeras på annat sätt", "is summed in another way")
        yield differs("additive", what, semantic=Semantic.MEANING, asks=True)
    if old.concept != new.concept:
        yield differs("concept", Text("har ett annat begrepp", "has another concept"), semantic=Semantic.MEANING)
    elif old.concept_version != new.concept_version:
        is_editorial = new.concept_version in editorial
        what = (
            Text("vilar på en redaktionellt ändrad ordalydelse", "rests on a wording that was changed editorially")
            if is_editorial
            else Text("vilar på en annan ordalydelse", "rests on another wording")
        )
        yield differs("concept_version", what, semantic=Semantic.EDITORIAL if is_editorial else Semantic.MEANING)


def _value(element: Element, field: str) -> Text:
    """A field of an element in words. A hash is none."""
    if field == "role":
        return ROLE_LABELS[element.role]
    return shown(None if field == "concept_version" else getattr(element, field))


def _form(old: Element, new: Element) -> Iterator[Difference]:
    name = new.name
    if old.type != new.type:
        backward, forward = _reads(old, new), _reads(new, old)
        what = Text(
            f"är {TYPE_LABELS[new.type].sv} i stället för {TYPE_LABELS[old.type].sv}",
            f"is {TYPE_LABELS[new.type].en} instead of {TYPE_LABELS[old.type].en}",
        )
        widened = old.is_number and new.is_number and backward is YES
        semantic = Semantic.EDITORIAL if widened else Semantic.MEANING
        values = (TYPE_LABELS[old.type], TYPE_LABELS[new.type])
        yield Difference(f"elements.{name}.type", name, what, backward, forward, semantic, *values)
        return
    if _limits(old) != _limits(new):
        backward, forward = _within(old, new), _within(new, old)
        sv, en = {
            (True, True): ("har gränser som skrivs annorlunda", "has limits that are written differently"),
            (True, False): ("har vidare gränser", "has wider limits"),
            (False, True): ("har snävare gränser", "has tighter limits"),
            (False, False): ("har andra gränser", "has other limits"),
        }[backward is YES, forward is YES]
        values = (limits_in_words(old), limits_in_words(new))
        yield Difference(f"elements.{name}.limits", name, Text(sv, en), backward, forward, Semantic.SAME, *values)
    was, now = set(old.period_kinds), set(new.period_kinds)
    if was - now:
        what = Text("tar inte längre emot alla slag av perioder", "no longer takes all kinds of periods")
        forward = NO if now - was else YES
        kinds = (kinds_in_words(old), kinds_in_words(new))
        yield Difference(f"elements.{name}.period_kinds", name, what, NO, forward, Semantic.MEANING, *kinds)
    elif now - was:
        what = Text("tar emot fler slag av perioder", "takes more kinds of periods")
        kinds = (kinds_in_words(old), kinds_in_words(new))
        yield Difference(f"elements.{name}.period_kinds", name, what, YES, NO, Semantic.EDITORIAL, *kinds)


def _limits(element: Element) -> dict[str, object]:
    """What bounds the texts or numbers that an element takes."""
    return {
        name: value
        for name in ("minimum", "maximum", "decimals", "max_length", "pattern")
        if (value := getattr(element, name)) is not None
    }


def _within(old: Element, new: Element) -> Accepted:
    """Whether what ``old`` takes is taken by ``new`` of the same type."""
    if old.is_number:
        return _numbers_within(old, new)
    if old.type is not ElementType.TEXT:
        return YES
    longest = min(old.max_length, lengths_of(old.pattern)[1]) if old.pattern else old.max_length
    if old.pattern and lengths_of(old.pattern)[0] > old.max_length:
        return YES  # nothing fits
    if longest > new.max_length:
        return NO
    if new.pattern is None or new.pattern == old.pattern:
        return YES
    if old.pattern is None:
        return NO
    if not is_pattern(old.pattern) or not is_pattern(new.pattern):
        return UNKNOWN  # a draft may be kept with one that cannot be read
    fits, chance = text_check(new.max_length, new.pattern), random.Random(0)  # noqa: S311  (the same texts every time)
    texts = (texts_of(old.pattern, chance) for _ in range(TEXTS_TRIED))
    return NO if any(len(text) <= old.max_length and not fits(text) for text in texts) else UNKNOWN


TEXTS_TRIED = 200
"""So many texts of a pattern are tried on another: one that does not fit is enough, and none says nothing."""


def _numbers_within(old: Element, new: Element) -> Accepted:
    """Numbers are steps of their decimals between two bounds; whether each step of the old is one of the new."""
    step = Decimal(1).scaleb(-old.decimals)
    low = (old.low / step).to_integral_value(ROUND_CEILING) * step
    high = (old.high / step).to_integral_value(ROUND_FLOOR) * step
    if low > high:
        return YES
    if low < new.low or high > new.high:
        return NO
    if new.decimals >= old.decimals:
        return YES
    at_once = low if low == high else None
    is_step = at_once is not None and at_once == round(at_once, new.decimals)
    return YES if is_step else NO


def _reads(old: Element, new: Element) -> Accepted:
    """Whether what an element of one type takes is taken by one of another type."""
    if old.is_number and new.is_number:
        return _numbers_within(old, new)
    if {old.type, new.type} == {ElementType.DATE, ElementType.PERIOD}:
        if new.type is ElementType.PERIOD:
            return YES if PeriodKind.DAY in new.period_kinds else NO
        return YES if set(old.period_kinds) == {PeriodKind.DAY} else NO
    if new.type is ElementType.TEXT:
        return UNKNOWN
    return NO


def _headings(old: Model, new: Model) -> Iterator[Difference]:
    """Which columns of a file are read as which element."""
    was, now = read_as(old), read_as(new)
    other: list[tuple[str, str, str]] = []
    lost: dict[str, list[str]] = {}
    gained: dict[str, list[str]] = {}
    for heading, name in was.items():
        if (other_name := now.get(heading)) is None:
            if name in new.by_name:
                lost.setdefault(name, []).append(heading)
        elif other_name != name:
            other.append((heading, name, other_name))
    for heading, name in now.items():
        if heading not in was and name in old.by_name:
            gained.setdefault(name, []).append(heading)
    if other:
        sv, _en = listed([f"«{heading}» är {after}, tidigare {before}" for heading, before, after in other])
        _sv, en = listed([f"«{heading}» is {after}, was {before}" for heading, before, after in other])
        what = Text(f"kolumner läses annorlunda: {sv}", f"columns are read otherwise: {en}")
        yield Difference("headings", "", what, NO, NO, Semantic.MEANING)
    for name, headings in lost.items():
        what = said("känns inte längre igen som ", _quoted(old, name, headings), "", "is no longer recognised as ", "")
        forward = NO if name in gained else YES
        path = f"elements.{name}.headings"
        yield Difference(path, name, what, NO, forward, Semantic.EDITORIAL)
    for name, headings in gained.items():
        if name not in lost:
            what = Text("känns igen under fler rubriker", "is recognised under more headings")
            path = f"elements.{name}.headings"
            yield Difference(path, name, what, YES, NO, Semantic.EDITORIAL, new=shown(headings))


def _quoted(old: Model, name: str, headings: Sequence[str]) -> list[str]:
    """Headings as they were written where they were lost."""
    return [f"«{one}»" for one in dict.fromkeys(old.element(name).headings()) if heading_key(one) in headings]


def read_as(model: Model) -> dict[str, str]:
    """By heading, as it is compared, the element that a column is read as."""
    found: dict[str, str] = {}
    for element in model.elements:
        for heading in element.headings():
            found.setdefault(heading_key(heading), element.name)
    return found


def _codes(before: LoadedModel, after: LoadedModel, old: Element, new: Element, on: date) -> Iterator[Difference]:
    if old.type is not ElementType.CODE or new.type is not ElementType.CODE:
        return
    both = old.code_list in before.code_lists and new.code_list in after.code_lists
    if old.code_list != new.code_list:
        backward = forward = UNKNOWN
        if both:
            was, now = before.code_list(old).by_name, after.code_list(new).by_name
            backward = YES if all(now.get(name) == code for name, code in was.items()) else NO
            forward = YES if all(was.get(name) == code for name, code in now.items()) else NO
        what = Text("har en annan kodlista", "has another code list")
        path, lists = f"elements.{new.name}.code_list", (shown(old.code_list), shown(new.code_list))
        yield Difference(path, new.name, what, backward, forward, Semantic.MEANING, *lists)
    elif both:
        # Before there was a region element, nobody looked at whose a row is; another one is told by itself.
        places = new.name == before.model.region_element == after.model.region_element
        yield from compare_codes(new.name, before.code_list(old), after.code_list(new), on, places=places)
    elif old.code_list_version != new.code_list_version:
        what = Text("har en annan version av kodlistan", "has another version of the code list")
        yield Difference(f"elements.{new.name}.code_list_version", new.name, what, UNKNOWN, UNKNOWN, Semantic.UNKNOWN)


def _nested(old: Model, new: Model, editorial: frozenset[str], terms: Mapping[str, Text]) -> Iterator[Difference]:
    """Wordings within the definitions of the concepts: what a word there means is part of what is counted."""
    own = {one.concept_version for model in (old, new) for one in model.elements}
    gone = [one for one in old.lockfile if one not in new.lockfile and one not in own]
    come = [one for one in new.lockfile if one not in old.lockfile and one not in own]
    changed = [one for one in come if one not in editorial]
    if not gone and not come:
        return
    named = list(dict.fromkeys(terms[one].sv for one in (changed or come or gone) if one in terms))
    named_en = list(dict.fromkeys(terms[one].en for one in (changed or come or gone) if one in terms))
    in_sv, in_en = (f": {listed(names)[0]}" if names else "" for names in (named, named_en))
    if come and not changed:
        sv, en = (
            "begrepp inom definitionerna är redaktionellt ändrade",
            "concepts within the definitions changed editorially",
        )
        semantic = Semantic.EDITORIAL
    else:
        sv, en = "definitionerna vilar på andra ordalydelser", "the definitions rest on other wordings"
        semantic = Semantic.MEANING if gone and come else Semantic.UNKNOWN
    yield Difference("lockfile", "", Text(f"{sv}{in_sv}", f"{en}{in_en}"), YES, YES, semantic)


def _rules(before: LoadedModel, after: LoadedModel) -> Iterator[Difference]:
    old: Mapping[str, Rule] = {rule.id: rule for rule in before.model.rules}
    new: Mapping[str, Rule] = {rule.id: rule for rule in after.model.rules}
    for id_, rule in old.items():
        if id_ not in new:
            forward = _refuses(after, before, rule)
            what = Text("är en borttagen regel", "is a removed rule")
            yield Difference(
                f"rules.{id_}", id_, what, YES, forward, Semantic.SAME, old=_rule_text(rule), asks=_asks(rule)
            )
    for id_, rule in new.items():
        was = old.get(id_)
        if was is None:
            backward = _refuses(before, after, rule)
            what = Text("är en ny regel", "is a new rule")
            yield Difference(
                f"rules.{id_}", id_, what, backward, YES, Semantic.SAME, new=_rule_text(rule), asks=_asks(rule)
            )
        elif (was.expression, was.severity) != (rule.expression, rule.severity):
            what = Text("är en ändrad regel", "is a changed rule")
            texts = (_rule_text(was), _rule_text(rule))
            backward, forward = _refuses(before, after, rule), _refuses(after, before, was)
            yield Difference(f"rules.{id_}", id_, what, backward, forward, Semantic.SAME, *texts, asks=True)
        if was is not None and (was.text, was.reason) != (rule.text, rule.reason):
            what = Text("är en omskriven regel", "is a reworded rule")
            texts = (shown(was.text), shown(rule.text))
            yield Difference(f"rules.{id_}.text", id_, what, YES, YES, Semantic.EDITORIAL, *texts)


def _rule_text(rule: Rule) -> Text:
    sv, en = ("fel", "error") if rule.severity is Severity.ERROR else ("varning", "warning")
    return Text(f"{rule.expression} ({sv})", f"{rule.expression} ({en})")


def _asks(rule: Rule) -> bool:
    return rule.severity is not Severity.ERROR


def _refuses(valid: LoadedModel, by: LoadedModel, rule: Rule) -> Accepted:
    """Whether a rule of one version lets everything pass that is valid under another."""
    if rule.severity is not Severity.ERROR:
        return YES
    try:
        found = refused_by_rule(valid, by, rule)
    except RuleError:
        return UNKNOWN  # a draft may be kept with a rule that cannot be read
    return UNKNOWN if found is None or found.exists is None else NO if found.exists else YES


def refused_by_rule(valid: LoadedModel, by: LoadedModel, rule: Rule) -> Case | None:
    """A row that is valid under one version and breaks a rule of the other; ``None`` where the two read the row differently, so that
    nothing can be said."""
    named = [name for one, compiled in by.model.compiled_rules if one is rule for name in compiled.elements]
    for name in named:
        one, other = valid.model.by_name.get(name), by.model.element(name)
        if one is not None and (one.type, one.decimals, one.role) != (other.type, other.decimals, other.role):
            return None
    if any(name not in valid.model.by_name for name in named):
        return Case(exists=False)  # what lacks the column is not judged
    own = [
        (one.expression, Wanted.NOT_BROKEN)
        for one, compiled in valid.model.compiled_rules
        if one.severity is Severity.ERROR and set(compiled.elements) & set(named)
    ]
    domain = Domain(valid.model.by_name, valid.code_lists)
    found = find(domain, [*own, (rule.expression, Wanted.BROKEN)])
    # Without the other rules more is valid: where even then nothing is refused, nothing is.
    return found if found.exists is not None or not own else _at_most(find(domain, [(rule.expression, Wanted.BROKEN)]))


def _at_most(found: Case) -> Case:
    return found if found.exists is False else Case(exists=None)
