"""Code lists, models and measures as labelled texts in reading order: what a diff of two versions compares. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from information_models import code_lists, definitions, measures
from information_models.elements import Thresholds
from information_models.presentation import TYPE_LABELS, kinds_in_words, limits_in_words, same_count_in_words
from registry.content.values import written_decimal
from registry.findings import Severity, Text
from registry.items.outlines import Mention, OutlineRow, Word

Row = OutlineRow

TITLE, DESCRIPTION = Text("Titel", "Title"), Text("Beskrivning", "Description")


def title(content: Mapping[str, Any]) -> Text:
    """The content's title; its slug where the title cannot be read."""
    stated = content.get("title")
    if isinstance(stated, Mapping) and isinstance(stated.get("sv"), str):
        return Text(stated["sv"], stated.get("en") or stated["sv"])
    slug = str(content.get("slug") or "?")
    return Text(slug, slug)


def of_code_list(content: Mapping[str, Any]) -> Sequence[Row]:
    if code_lists.problems(content):
        return _raw(content)
    codes = code_lists.read(content)
    rows: list[Row] = [(TITLE, codes.title), (DESCRIPTION, codes.description)]
    for code in codes.codes:
        until = f"{code.valid_from or '…'}–{code.valid_to or '…'}" if code.valid_from or code.valid_to else ""
        more = [until, f"↑ {code.parent}" if code.parent else "", " · ".join(code.aliases), code.concept or ""]
        told = "; ".join(part for part in more if part)
        suffix = f" ({told})" if told else ""
        rows.append(
            (
                Text(f"Kod {code.code}", f"Code {code.code}"),
                Text(code.label.sv + suffix, code.label.en + suffix),
            )
        )
    return rows


def _threshold_rows(stated: Thresholds | None) -> list[Row]:
    """What the model says of when a value differs much; nothing where it leaves that to the registry."""
    if stated is None:
        return []
    count, rate, score = (written_decimal(one) or "" for one in (stated.count, stated.rate, stated.score))
    return [
        (Text("Stor ändring, procent", "Large change, per cent"), str(stated.share)),
        (Text("Stor ändring, minst (antal)", "Large change, at least (counts)"), count),
        (Text("Stor ändring, minst (kvoter)", "Large change, at least (rates)"), rate),
        (Text("Ovanligt värde, robusta standardavvikelser", "Unusual value, robust standard deviations"), score),
        (
            Text("Ovanligt värde, minst så många perioder", "Unusual value, at least so many periods"),
            str(stated.periods),
        ),
    ]


def of_model(content: Mapping[str, Any]) -> Sequence[Row]:
    if definitions.problems(content):
        return _raw(content)
    model = definitions.read(content)
    rows: list[Row] = [
        (TITLE, model.title),
        (DESCRIPTION, model.description),
        (Text("Nyckel", "Key"), ", ".join(model.key)),
        (Text("Period", "Period"), model.period_element),
        (Text("Region", "Region"), model.region_element or "–"),
        *_threshold_rows(model.stated_thresholds),
    ]
    for element in model.elements:
        rows.extend(_element_rows(element))
    read_back = {rule.id: Text(words.in_words("sv"), words.in_words("en")) for rule, words in model.compiled_rules}
    for rule in model.rules:
        name = f"«{rule.id}»"
        is_error = rule.severity is Severity.ERROR
        rows.extend(
            (
                (Text(f"Regel {name}", f"Rule {name}"), rule.expression),
                (Text(f"Regel {name}, läst", f"Rule {name}, read back"), read_back[rule.id]),
                (Text(f"Regel {name}, i ord", f"Rule {name}, in words"), rule.text),
                (Text(f"Regel {name}, skäl", f"Rule {name}, reason"), rule.reason),
                (
                    Text(f"Regel {name}, följd", f"Rule {name}, effect"),
                    Word("fel som rättas", "error to be mended")
                    if is_error
                    else Word("varning som förklaras", "warning to be explained"),
                ),
            )
        )
    return rows


def _element_rows(element: definitions.Element) -> list[Row]:
    def about(sv: str, en: str) -> Text:
        return Text(f"{element.name}, {sv}", f"{element.name}, {en}")

    limits = limits_in_words(element)
    form = TYPE_LABELS[element.type]
    kinds = kinds_in_words(element)
    rows: list[Row] = [
        (about("etikett", "label"), element.label),
        (about("innebörd", "meaning"), element.description),
        (
            about("form", "form"),
            Text(
                "; ".join(part for part in (form.sv, kinds.sv, limits.sv) if part),
                "; ".join(part for part in (form.en, kinds.en, limits.en) if part),
            ),
        ),
        (
            about("krävs", "required"),
            Word("ja", "yes") if element.required else Word("nej", "no"),
        ),
        (
            about("rör personer", "concerns persons"),
            Word("ja", "yes") if element.concerns_persons else Word("nej", "no"),
        ),
        *(
            [(about("skäl om personer", "reason about persons"), element.persons_reason)]
            if element.persons_reason
            else []
        ),
    ]
    if element.concept:
        rows.append((about("begrepp", "concept"), Mention("concept", element.concept, element.concept_version)))
    if element.code_list:
        rows.append(
            (about("kodlista", "code list"), Mention("code_list", element.code_list, element.code_list_version))
        )
    if element.unit:
        rows.append((about("enhet", "unit"), element.unit))
    if element.aliases:
        rows.append((about("andra rubriker", "other headings"), " · ".join(element.aliases)))
    return rows


def of_measure(content: Mapping[str, Any]) -> Sequence[Row]:
    if measures.problems(content):
        return _raw(content)
    measure = measures.read(content)
    rows: list[Row] = [
        (TITLE, measure.title),
        (DESCRIPTION, measure.description),
        (Text("Enhet", "Unit"), measure.unit),
        (Text("Modell", "Model"), Mention("model", measure.model, measure.model_version)),
        (Text("Element", "Element"), measure.element),
        *(
            [(Text("Nämnare", "Denominator"), f"{measure.denominator}, per {measure.per}")]
            if measure.denominator
            else []
        ),
        (Text("Perioder", "Periods"), ", ".join(kind.value for kind in measure.period_kinds)),
        (Text("Indelning", "Dimensions"), ", ".join(measure.dimensions) or "–"),
        (
            Text("Urval", "Selection"),
            ", ".join(f"{name} = {code or '–'}" for name, code in (measure.where or {}).items()) or "–",
        ),
        (Text("Summering", "Aggregation"), measure.aggregation.value),
        (Text("Riket", "The country"), measure.country.value),
        (
            Text("Rör personer", "Concerns persons"),
            Word("ja", "yes") if measure.concerns_persons else Word("nej", "no"),
        ),
    ]
    if measure.already_published:
        rows.append(
            (
                Text("Återger en publicering", "Reproduces a publication"),
                Word("ja: inget döljs", "yes: nothing is hidden"),
            )
        )
    rows.extend(
        (Text("Räknar detsamma som", "Counts the same as"), same_count_in_words(one)) for one in measure.same_count_as
    )
    rows.extend((Text("Anmärkning", "Note"), note) for note in measure.notes)
    rows.extend(
        (
            Text(f"Publicerad summa {total.period}", f"Published total {total.period}"),
            f"{total.value} ({total.source['title']})",
        )
        for total in measure.known_totals
    )
    return rows


def _raw(content: Mapping[str, Any]) -> Sequence[Row]:
    """Content that cannot be read is compared field by field as it is."""
    return [
        (
            Text(name, name),
            Text.from_dict(value) if isinstance(value, Mapping) and {"sv", "en"} <= set(value) else str(value),
        )
        for name, value in content.items()
    ]
