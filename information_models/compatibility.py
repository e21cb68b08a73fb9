"""What a new version of a model changes, on two scales.

*Technically*: do files and systems made for the old version still work? *In meaning*: is anything counted differently?
A person classes the change; this tells them, and everybody who rests on the model, what it consists of. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from information_models.code_lists import Code, CodeList
from information_models.definitions import Element, ElementType, LoadedModel, Model, Rule, TotalRows
from information_models.presentation import TYPE_LABELS
from registry.findings import Severity, Text


class Technical(IntEnum):
    """What happens to files and systems made for the old version."""

    SAME = 0
    COMPATIBLE = 1
    """They still work; there is something new that they need not use."""
    BREAKING = 2
    """Some of them have to be changed."""


class Semantic(IntEnum):
    """What happens to what is counted."""

    SAME = 0
    EDITORIAL = 1
    """It is said differently."""
    MEANING = 2
    """Something may be counted differently."""


TECHNICAL_LABELS: Mapping[Technical, Text] = {
    Technical.SAME: Text("tekniskt oförändrad", "technically unchanged"),
    Technical.COMPATIBLE: Text("tekniskt förenlig", "technically compatible"),
    Technical.BREAKING: Text("bryter befintliga leveranser", "breaks existing deliveries"),
}
SEMANTIC_LABELS: Mapping[Semantic, Text] = {
    Semantic.SAME: Text("samma betydelse", "same meaning"),
    Semantic.EDITORIAL: Text("redaktionell", "editorial"),
    Semantic.MEANING: Text("ändrad betydelse", "changed meaning"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, and what it means on each scale."""

    subject: str
    what: Text
    technical: Technical
    semantic: Semantic


@dataclass(frozen=True, slots=True)
class Compatibility:
    """The change as a whole: the gravest of its differences on each scale."""

    differences: tuple[Difference, ...]

    @property
    def technical(self) -> Technical:
        return max((one.technical for one in self.differences), default=Technical.SAME)

    @property
    def semantic(self) -> Semantic:
        return max((one.semantic for one in self.differences), default=Semantic.SAME)

    @property
    def beyond_wording(self) -> list[Text]:
        """The differences that break deliveries or change what is counted, each with the element that it is about."""
        grave = [
            one for one in self.differences if one.technical is Technical.BREAKING or one.semantic is Semantic.MEANING
        ]
        return [Text(f"{one.subject} {one.what.sv}".strip(), f"{one.subject} {one.what.en}".strip()) for one in grave]


def compare(
    before: LoadedModel, after: LoadedModel, *, editorial: frozenset[str] = frozenset(), on: date = date.max
) -> Compatibility:
    """What ``after`` changes. ``editorial`` are the concept versions that people classed as editorial changes; ``on`` is the day
    from which ``after`` is used: what codes cover after it alone is to come (by default nothing is)."""
    old, new = before.model, after.model
    found: list[Difference] = []
    for element in old.elements:
        if element.name not in new.by_name:
            found.append(
                _difference(
                    element.name, "finns inte längre", "is no longer there", Technical.BREAKING, Semantic.MEANING
                )
            )
    for element in new.elements:
        if element.name in old.by_name:
            found.extend(_element(old.element(element.name), element, editorial))
            found.extend(_codes(before, after, old.element(element.name), element, on))
        else:
            technical = Technical.BREAKING if element.required else Technical.COMPATIBLE
            is_key = element.name in new.key
            semantic = Semantic.MEANING if is_key else Semantic.EDITORIAL
            found.append(_difference(element.name, "är nytt", "is new", technical, semantic))
    found.extend(_model(old, new))
    found.extend(_rules(old, new))
    return Compatibility(tuple(found))


def _difference(subject: str, sv: str, en: str, technical: Technical, semantic: Semantic) -> Difference:
    return Difference(subject, Text(sv, en), technical, semantic)


def _model(old: Model, new: Model) -> Iterator[Difference]:
    if old.key != new.key:
        yield _difference("", "nyckeln är en annan", "the key is another", Technical.BREAKING, Semantic.MEANING)
    if (old.period_element, old.region_element) != (new.period_element, new.region_element):
        sv, en = "period eller region läses ur ett annat element", "period or region is read from another element"
        yield _difference("", sv, en, Technical.BREAKING, Semantic.MEANING)
    if (old.title, old.description) != (new.title, new.description):
        sv, en = "titel eller beskrivning är omskriven", "title or description is reworded"
        yield _difference("", sv, en, Technical.SAME, Semantic.EDITORIAL)
    if old.thresholds != new.thresholds:
        sv, en = "när ett värde avviker mycket bedöms annorlunda", "when a value differs much is judged otherwise"
        yield _difference("", sv, en, Technical.COMPATIBLE, Semantic.SAME)
    if old.total_rows != new.total_rows:
        refused = new.total_rows is TotalRows.REFUSE
        sv = "summarader tas inte längre emot" if refused else "summarader tas emot"
        en = "total rows are no longer accepted" if refused else "total rows are accepted"
        technical = Technical.BREAKING if refused else Technical.COMPATIBLE
        yield _difference("", sv, en, technical, Semantic.SAME)


def _element(old: Element, new: Element, editorial: frozenset[str]) -> Iterator[Difference]:
    name = new.name
    yield from _form(old, new)
    if old.required != new.required:
        if new.required:
            yield _difference(name, "krävs nu", "is now required", Technical.BREAKING, Semantic.SAME)
        else:
            yield _difference(name, "får lämnas bort", "may be left out", Technical.COMPATIBLE, Semantic.SAME)
    if old.role != new.role:
        sv, en = "har en annan roll i raden", "has another role in the row"
        yield _difference(name, sv, en, Technical.BREAKING, Semantic.MEANING)
    if lost := [heading for heading in old.headings() if heading not in tuple(new.headings())]:
        headings = ", ".join(f"«{heading}»" for heading in dict.fromkeys(lost))
        sv, en = f"känns inte längre igen som {headings}", f"is no longer recognised as {headings}"
        yield _difference(name, sv, en, Technical.BREAKING, Semantic.EDITORIAL)
    elif tuple(old.headings()) != tuple(new.headings()):
        sv, en = "känns igen under fler rubriker", "is recognised under more headings"
        yield _difference(name, sv, en, Technical.COMPATIBLE, Semantic.EDITORIAL)
    if old.description != new.description:
        yield _difference(name, "är omskrivet", "is reworded", Technical.SAME, Semantic.EDITORIAL)
    if old.unit != new.unit:
        yield _difference(name, "har en annan enhet", "has another unit", Technical.SAME, Semantic.MEANING)
    if old.concerns_persons != new.concerns_persons:
        sv = "rör personer" if new.concerns_persons else "rör inte längre personer"
        en = "concerns persons" if new.concerns_persons else "no longer concerns persons"
        yield _difference(name, sv, en, Technical.SAME, Semantic.MEANING)
    if old.additive != new.additive:
        yield _difference(name, "summeras på annat sätt", "is summed in another way", Technical.SAME, Semantic.MEANING)
    if old.concept != new.concept:
        yield _difference(name, "har ett annat begrepp", "has another concept", Technical.SAME, Semantic.MEANING)
    elif old.concept_version != new.concept_version:
        if new.concept_version in editorial:
            sv, en = "vilar på en redaktionellt ändrad ordalydelse", "rests on a wording that was changed editorially"
            yield _difference(name, sv, en, Technical.SAME, Semantic.EDITORIAL)
        else:
            sv, en = "vilar på en annan ordalydelse", "rests on another wording"
            yield _difference(name, sv, en, Technical.SAME, Semantic.MEANING)


def _form(old: Element, new: Element) -> Iterator[Difference]:
    name = new.name
    if old.type != new.type:
        widened = (old.type, new.type) == (ElementType.INTEGER, ElementType.DECIMAL)
        sv = f"är {TYPE_LABELS[new.type].sv} i stället för {TYPE_LABELS[old.type].sv}"
        en = f"is {TYPE_LABELS[new.type].en} instead of {TYPE_LABELS[old.type].en}"
        technical = Technical.COMPATIBLE if widened else Technical.BREAKING
        yield _difference(name, sv, en, technical, Semantic.EDITORIAL if widened else Semantic.MEANING)
        return
    tighter = new.low > old.low or new.high < old.high or new.decimals < old.decimals or new.max_length < old.max_length
    looser = new.low < old.low or new.high > old.high or new.decimals > old.decimals or new.max_length > old.max_length
    tighter = tighter or (new.pattern is not None and new.pattern != old.pattern)
    looser = looser or (new.pattern is None and old.pattern is not None)
    if tighter:
        yield _difference(name, "har snävare gränser", "has tighter limits", Technical.BREAKING, Semantic.SAME)
    elif looser:
        yield _difference(name, "har vidare gränser", "has wider limits", Technical.COMPATIBLE, Semantic.SAME)
    if set(old.period_kinds) - set(new.period_kinds):
        sv, en = "tar inte längre emot alla slag av perioder", "no longer takes all kinds of periods"
        yield _difference(name, sv, en, Technical.BREAKING, Semantic.MEANING)
    elif set(new.period_kinds) - set(old.period_kinds):
        sv, en = "tar emot fler slag av perioder", "takes more kinds of periods"
        yield _difference(name, sv, en, Technical.COMPATIBLE, Semantic.EDITORIAL)


def _codes(before: LoadedModel, after: LoadedModel, old: Element, new: Element, on: date) -> Iterator[Difference]:
    if old.code_list != new.code_list:
        yield _difference(
            new.name, "har en annan kodlista", "has another code list", Technical.BREAKING, Semantic.MEANING
        )
    elif old.code_list in before.code_lists and new.code_list in after.code_lists:
        yield from compare_codes(new.name, before.code_list(old), after.code_list(new), on)


def compare_codes(subject: str, old: CodeList, new: CodeList, on: date = date.max) -> Iterator[Difference]:
    """What differs between two versions of a code list, the newer of which is used from the day ``on``."""
    gone = [code.code for code in old.codes if code.code not in new.by_code]
    added = [code.code for code in new.codes if code.code not in old.by_code]
    kept = [(code, new.by_code[code.code]) for code in old.codes if code.code in new.by_code]
    if gone:
        sv, en = _said("saknar koderna ", gone, "", "lacks the codes ", "")
        yield _difference(subject, sv, en, Technical.BREAKING, Semantic.MEANING)
    if added:
        sv, en = _said("har nya koder: ", added, "", "has new codes: ", "")
        yield _difference(subject, sv, en, Technical.COMPATIBLE, Semantic.EDITORIAL)
    dated = [(code, now) for code, now in kept if (code.valid_from, code.valid_to) != (now.valid_from, now.valid_to)]
    coming = [code.code for code, now in dated if code.valid_from == now.valid_from and _ends_after(on, code, now)]
    if coming:
        sv, en = _said("har en annan sista dag framöver för ", coming, "", "has another last day to come for ", "")
        yield _difference(subject, sv, en, Technical.COMPATIBLE, Semantic.EDITORIAL)
    if earlier := [code.code for code, _now in dated if code.code not in coming]:
        sv, en = _said("har ändrad giltighet för ", earlier, "", "has changed validity for ", "")
        yield _difference(subject, sv, en, Technical.BREAKING, Semantic.MEANING)
    if moved := [code.code for code, now in kept if code.parent != now.parent]:
        sv, en = _said("placerar ", moved, " någon annanstans", "places ", " elsewhere")
        yield _difference(subject, sv, en, Technical.SAME, Semantic.MEANING)
    yield from _names(subject, old, new)
    if renamed := [code.code for code, now in kept if code.label != now.label]:
        sv, en = _said("benämner ", renamed, " annorlunda", "names ", " differently")
        yield _difference(subject, sv, en, Technical.SAME, Semantic.EDITORIAL)


def _ends_after(on: date, *codes: Code) -> bool:
    """Whether all of them are valid on the day and end, if they do, after it."""
    return on < date.max and all(code.valid_to is None or code.valid_to > on for code in codes)


def _names(subject: str, old: CodeList, new: CodeList) -> Iterator[Difference]:
    """What cells of files are read as: spellings that mean another code than before, that mean none any more, and that are new."""
    other, lost, gained = [], [], []
    for spelling, code in old.by_name.items():
        now = new.by_name.get(spelling)
        if now is None and code in new.by_code:
            lost.append(f"«{spelling}»")
        elif now is not None and now != code:
            other.append((spelling, code, now))
    for spelling, code in new.by_name.items():
        if spelling not in old.by_name and code in old.by_code:
            gained.append(f"«{spelling}»")
    if other:
        sv, _en = _listed([f"«{spelling}» är {now}, tidigare {before}" for spelling, before, now in other])
        _sv, en = _listed([f"«{spelling}» is {now}, was {before}" for spelling, before, now in other])
        yield _difference(
            subject, f"läses annorlunda: {sv}", f"is read otherwise: {en}", Technical.BREAKING, Semantic.MEANING
        )
    if lost:
        sv, en = _said("känner inte längre igen ", lost, "", "no longer recognises ", "")
        yield _difference(subject, sv, en, Technical.BREAKING, Semantic.EDITORIAL)
    elif gained:
        sv, en = _said("känner igen ", gained, " också", "recognises ", " too")
        yield _difference(subject, sv, en, Technical.COMPATIBLE, Semantic.EDITORIAL)


LISTED = 20
"""So many codes or spellings are named, and the rest counted."""


def _listed(found: Sequence[str]) -> tuple[str, str]:
    named, more = ", ".join(found[:LISTED]), len(found) - LISTED
    return (f"{named} och {more} till", f"{named} and {more} more") if more > 0 else (named, named)


def _said(sv: str, found: Sequence[str], sv_after: str, en: str, en_after: str) -> tuple[str, str]:
    in_swedish, in_english = _listed(found)
    return f"{sv}{in_swedish}{sv_after}", f"{en}{in_english}{en_after}"


def _rules(old: Model, new: Model) -> Iterator[Difference]:
    before: Mapping[str, Rule] = {rule.id: rule for rule in old.rules}
    after: Mapping[str, Rule] = {rule.id: rule for rule in new.rules}
    for id_, rule in before.items():
        if id_ not in after:
            yield _difference(
                rule.id, "är en borttagen regel", "is a removed rule", Technical.COMPATIBLE, Semantic.SAME
            )
    for id_, rule in after.items():
        stops = rule.severity is Severity.ERROR
        technical = Technical.BREAKING if stops else Technical.COMPATIBLE
        if id_ not in before:
            yield _difference(rule.id, "är en ny regel", "is a new rule", technical, Semantic.SAME)
        elif (before[id_].expression, before[id_].severity) != (rule.expression, rule.severity):
            yield _difference(rule.id, "är en ändrad regel", "is a changed rule", technical, Semantic.SAME)
        elif (before[id_].text, before[id_].reason) != (rule.text, rule.reason):
            yield _difference(
                rule.id, "är en omskriven regel", "is a reworded rule", Technical.SAME, Semantic.EDITORIAL
            )
