"""What a model is refused for before it is published: nobody could deliver under it, or what is delivered would mean nothing.

Not part of `definitions.problems`: versions that were published with such faults are checked and shown as before. Pure.
"""

from collections.abc import Collection, Iterator, Mapping

from information_models.code_lists import CodeList
from information_models.definitions import LoadedModel, Model, Rule
from information_models.finding_texts.all import FINDINGS
from information_models.headings import heading_key
from information_models.rule_cases import Domain, Wanted, find, texts_that_cannot_be
from information_models.rules import RuleError
from registry.findings import Finding, Param, Place

RESERVED = "__"
"""What the names of columns have between them that the checks add: ``antal__status``."""


def problems(model: Model) -> Iterator[Finding]:
    """Faults of what the model says by itself; its rules are read where `definitions.problems` found nothing wrong with them."""
    yield from _names(model)
    yield from _headings(model)
    if model.period_element not in model.key:
        yield FINDINGS.found("MOD-023", {"element": model.period_element}, (Place(field="key"),))
    if not model.values:
        yield FINDINGS.found("MOD-024", places=(Place(field="elements"),))
    yield from _rules(model, {})


def problems_with_lists(
    model: Model, code_lists: Mapping[str, CodeList], regions: Collection[str] = ()
) -> Iterator[Finding]:
    """Faults that show with the model's code lists, by slug, beside those that `problems` finds; ``regions`` are the codes of all
    regions, where they are known."""
    yield from _places(model, code_lists, regions)
    found = {(one.code, one.params.get("rule")) for one in _rules(model, {})}
    for one in _rules(model, code_lists):
        if (one.code, one.params.get("rule")) not in found:
            yield one


def _names(model: Model) -> Iterator[Finding]:
    for element in model.elements:
        if RESERVED in element.name:
            yield FINDINGS.found("MOD-028", {"element": element.name}, (Place(field=element.name),))


def _headings(model: Model) -> Iterator[Finding]:
    meant: dict[str, str] = {}
    for element in model.elements:
        for heading in {heading_key(one): one for one in reversed(tuple(element.headings()))}.items():
            key, written = heading
            other = meant.setdefault(key, element.name)
            if key and other != element.name:
                params = {"element": element.name, "other": other, "heading": written}
                yield FINDINGS.found("MOD-021", params, (Place(field=element.name, value=written),))


def _places(model: Model, code_lists: Mapping[str, CodeList], regions: Collection[str]) -> Iterator[Finding]:
    element = model.by_name.get(model.region_element or "")
    codes = code_lists.get(element.code_list or "") if element else None
    if element is None or codes is None or not regions:
        return
    in_regions = set(LoadedModel(model, {codes.slug: codes}).regions.values())
    if not in_regions & set(regions):
        params: dict[str, Param] = {"element": element.name, "list": codes.title}
        yield FINDINGS.found("MOD-022", params, (Place(field="region_element", value=element.name),))


def _rules(model: Model, code_lists: Mapping[str, CodeList]) -> Iterator[Finding]:
    domain = Domain(model.by_name, code_lists)
    for rule in model.rules:
        try:
            yield from _rule(domain, rule)
        except RuleError:
            continue  # `definitions.problems` says so


def _rule(domain: Domain, rule: Rule) -> Iterator[Finding]:
    place = (Place(field=rule.id, value=rule.expression),)
    domain.compiled(rule.expression)
    if unknown := texts_that_cannot_be(domain, rule.expression):
        for name, text in unknown:
            label = domain.elements[name].label
            params: dict[str, Param] = {"rule": rule.id, "element": name, "label": label, "text": text}
            yield FINDINGS.found("MOD-027", params, place)
        return
    if find(domain, [(rule.expression, Wanted.BROKEN)]).exists is False:
        yield FINDINGS.found("MOD-025", {"rule": rule.id}, place)
    elif find(domain, [(rule.expression, Wanted.HOLDS)]).exists is False:
        yield FINDINGS.found("MOD-026", {"rule": rule.id}, place)
