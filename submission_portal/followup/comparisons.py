"""The two sides of a break: what it was before, what it was after, and the figures on both sides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from information_models.queries import model_of
from registry.errors import NotFound
from registry.findings import Text
from registry.i18n import current_language
from registry.items.diff import word_diff
from registry.items.queries import versions_by_hash
from registry.items.tables import Version
from registry.swedish import sort_key
from submission_portal.followup import charts, pages
from submission_portal.followup.addresses import version_url
from submission_portal.followup.breaks import COUNTRY, Break, Cause
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.queries import breaks_of, figures_of
from submission_portal.followup.tables import TableVersion
from termbank.applications.statement import ANSWER_TEXTS, Answer, Answered, Application
from termbank.bank.queries.statements import application_of
from termbank.bank.queries.term_banks import concept_of
from termbank.comparing.comparability import AnswerPair, Verdict, compare
from termbank.notions import CONCEPT


@dataclass(frozen=True, slots=True)
class Stated:
    """One side of a changed application."""

    heading: str
    application: Application
    url: str | None
    hash: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place's figures on both sides of the break, and how far apart they are."""

    label: str
    before: pages.Cell
    after: pages.Cell
    difference: str


@dataclass(frozen=True)
class BreakPage:
    """Everything on the page of a break. Of ``sides``, ``wordings`` and ``units`` the one that its cause calls for."""

    measure: PlannedMeasure
    table: TableVersion
    broken: Break
    region: str
    before: Figure | None
    after: Figure | None
    places: tuple[Place, ...]
    whole: Place | None
    sides: tuple[Stated, Stated] | None = None
    changed: tuple[AnswerPair, ...] = ()
    wordings: tuple[tuple[str, str | None, str, Text | None], ...] = ()
    """(title, address, hash, definition) before and after."""
    diff: tuple[tuple[str, str], ...] = ()
    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def break_page(
    session: Session,
    measure: PlannedMeasure,
    shown: ShownTable,
    region: str,
    on: date,
    cause: str,
    concept: str,
    element: str = "",
) -> BreakPage:
    """Raises ``NotFound`` where the table has no such break."""
    table, wanted = shown.table, (region, on, cause)
    found = [
        one
        for one in breaks_of(table)
        if (one.region, one.on, one.cause.value) == wanted
        and (not concept or one.concept == concept)
        and (not element or one.element == element)
    ]
    if not found:
        raise NotFound("break")
    broken = found[0]
    before, after = _around(figures_of(shown, region=region, are_whole=True), on)
    sides = [one.period for one in (before, after) if one is not None]
    figures = figures_of(shown, region=region, periods=sides)
    page = BreakPage(
        measure,
        table,
        broken,
        charts.short_name(measure, region),
        before,
        after,
        _places(measure, figures, before, after),
        _place(measure, charts.short_name(measure, region), before, after),
    )
    match broken.cause:
        case Cause.APPLICATION:
            return _with_applications(session, page)
        case Cause.WORDING:
            return _with_wordings(session, page)
        case Cause.COVERAGE:
            return _with_units(page)
        case Cause.SOURCE:
            return page


def _around(figures: Sequence[Figure], on: date) -> tuple[Figure | None, Figure | None]:
    """The figures of the whole region nearest to the break on both sides: those that are shown, or closed to the reader."""
    there = [one for one in figures if one.value is not None or one.status is Status.NEEDS_DECISION]
    whole = sorted((one for one in there if not one.place), key=lambda one: one.period)
    before = [one for one in whole if one.period.last < on]
    after = [one for one in whole if one.period.first >= on]
    return (before[-1] if before else None), (after[0] if after else None)


def _places(
    measure: PlannedMeasure, figures: Sequence[Figure], before: Figure | None, after: Figure | None
) -> tuple[Place, ...]:
    if before is None or after is None:
        return ()
    sides: dict[tuple[str, ...], list[Figure | None]] = {}
    for figure in figures:
        if len(figure.place) == 1 and figure.period in (before.period, after.period):
            sides.setdefault(figure.place, [None, None])[figure.period == after.period] = figure
    return tuple(
        sorted(
            (_place(measure, pages.place_words(measure, place), *found) for place, found in sides.items()),
            key=lambda one: sort_key(one.label),
        )
    )


def _place(measure: PlannedMeasure, label: str, before: Figure | None, after: Figure | None) -> Place:
    difference = ""
    if before is not None and after is not None and before.value is not None and after.value is not None:
        difference = pages.value_words(after.value - before.value, measure.measure.decimals)
    return Place(label, pages.cell_of(measure, before), pages.cell_of(measure, after), difference)


def _with_applications(session: Session, page: BreakPage) -> BreakPage:
    language = current_language()
    versions = versions_by_hash(session, [page.broken.before, page.broken.after])
    if len(versions) < 2:
        return page
    before, after = versions[page.broken.before], versions[page.broken.after]
    compared = compare(application_of(before), application_of(after))

    def words(answered: Answered) -> str:
        said = ANSWER_TEXTS[answered.answer].in_language(language)
        text = answered.text.in_language(language)
        if answered.answer is Answer.NOT_STATED and text:
            return text
        return f"{said}. {text}" if text else said

    sides = tuple(
        Stated(
            heading,
            application_of(version),
            version_url(version),
            version.content_hash,
            tuple((pair.text.in_language(language), words(getattr(pair, side))) for pair in compared.pairs),
        )
        for heading, version, side in (("before", before, "left"), ("after", after, "right"))
    )
    changed = tuple(pair for pair in compared.pairs if pair.verdict is Verdict.DIFFERENT)
    return replace(page, sides=(sides[0], sides[1]), changed=changed)


def _with_wordings(session: Session, page: BreakPage) -> BreakPage:
    """Of concepts their definitions; of a model what it says that the element is."""
    versions = versions_by_hash(session, [page.broken.before, page.broken.after])
    language = current_language()
    said = [
        (version, *_said(version, page.broken.element))
        for hash_ in (page.broken.before, page.broken.after)
        if (version := versions.get(hash_)) is not None
    ]
    lines = tuple(
        (f"{title.in_language(language)}, version {version.number}", version_url(version), version.content_hash, text)
        for version, title, text in said
    )
    texts = [text.in_language(language) if text else "" for _version, _title, text in said]
    return replace(page, wordings=lines, diff=tuple(word_diff(*texts)) if len(texts) > 1 else ())


def _said(version: Version, element: str) -> tuple[Text, Text | None]:
    if version.item.kind == CONCEPT:
        concept = concept_of(version)
        return concept.title, concept.definition
    model = model_of(version)
    return model.title, model.element(element).description if element in model.by_name else None


def _with_units(page: BreakPage) -> BreakPage:
    before, after = set(page.broken.before.split()), set(page.broken.after.split())
    measure = page.measure

    def words(codes: set[str]) -> tuple[str, ...]:
        if page.broken.region == COUNTRY:
            return tuple(sorted((charts.short_name(measure, code) for code in codes), key=sort_key))
        unit = measure.plan.unit or measure.plan.parts_at(0)
        labels = (measure.label(unit, code).in_language(current_language()) for code in codes)
        return tuple(sorted(labels, key=sort_key))

    return replace(page, came=words(after - before), left=words(before - after))
