"""The thread on real figures, for the public start page: the first series that a changed application broke.

Everything comes from the register and the published table: the wording, both statements, both deliveries, both figures.
An instance without such a series has no story, and its start page says nothing in its place.
"""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from registry.actors import PUBLIC
from registry.i18n import current_language, read, show_date
from registry.items.queries import kind_named, versions_by_hash
from registry.items.tables import Version
from registry.provenance import Provenance
from submission_portal.followup import charts, pages
from submission_portal.followup.addresses import version_url
from submission_portal.followup.breaks import Break, Cause, of_region
from submission_portal.followup.comparisons import BreakPage, break_page
from submission_portal.followup.compilations.gate import shown_to
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.figures import Figure
from submission_portal.followup.gateway import current_tables
from submission_portal.followup.plans import PlannedMeasure, planned
from submission_portal.followup.queries import breaks_of, figures_of, periods_of
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.trace import deliveries_behind
from submission_portal.followup.windows import around, within_drawn
from termbank.bank.queries.term_banks import concept_of


def front(session: Session) -> Mapping[str, object]:
    """Variables of the public start page."""
    return {"story": story(session)}


def story(session: Session) -> Mapping[str, object] | None:
    """The story of one break, or ``None`` where no published series has one."""
    for _slug, table in sorted(current_tables(session, PUBLIC).items()):
        for one in breaks_of(table):
            if one.cause is Cause.APPLICATION:
                measure = planned(
                    session, versions_by_hash(session, [table.measure_version_hash])[table.measure_version_hash]
                )
                shown = shown_to(session, measure, table, PUBLIC)
                page = break_page(session, measure, shown, one.region, one.on, one.cause.value, one.concept)
                if page.sides and page.whole and page.changed and _are_shown(page.before, page.after):
                    return _told(session, measure, shown, one, page)
    return None


def _are_shown(*figures: Figure | None) -> bool:
    return all(one is not None and one.value is not None for one in figures)


def _told(
    session: Session, measure: PlannedMeasure, shown: ShownTable, broken: Break, page: BreakPage
) -> Mapping[str, object]:
    assert page.whole and page.sides and page.before and page.after  # noqa: S101  (story() has looked)
    language, table = current_language(), shown.table
    title = measure.measure.title.in_language(language)
    name = charts.short_name(measure, broken.region)
    before, after = page.whole.before.text, page.whole.after.text
    decision = page.sides[1].application.decision
    source = (
        _("%(body)s, reg. no. %(number)s", body=decision.body.in_language(language), number=decision.registry_number)
        if decision and decision.registry_number
        else measure.measure.description.in_language(language)
    )
    drawn = around(periods_of(shown, region=broken.region), broken.on)
    whole = figures_of(shown, region=broken.region, periods=drawn, are_whole=True)
    chart_title = _("%(measure)s in %(region)s", measure=title, region=name)
    svg = charts.time_chart(
        measure,
        [(name, whole)],
        within_drawn(drawn, of_region(breaks_of(table), broken.region, is_summed=False)),
        id_="berattelse-plot",
        title=chart_title,
        half=True,
    )
    cause = Markup('<a href="{}">{}</a>').format(
        pages.break_url(measure, broken), broken.cause.label.in_language(language).lower()
    )
    return {
        "heading": _(
            "%(before)s became %(after)s. Not a word of the definition was changed.", before=before, after=after
        ),
        "intro": _(
            "Follow the thread through %(measure)s in %(region)s. Every knot can be opened.",
            measure=title.lower(),
            region=name,
        ),
        "source": _source_words(table, source),
        "knots": _nodes(session, measure, table, broken, page),
        "figure": {
            "title": chart_title,
            "note": measure.measure.unit.in_language(language),
            "drawing": svg,
            "caption": Markup("{} {} {}.").format(_("The line is never drawn over a break."), _("Cause:"), cause),
        },
        "table": {
            "caption": _("The same figures as a table"),
            "note": measure.measure.unit.in_language(language),
            "head": [
                _("Place"),
                _("Until %(day)s", day=charts.short_period(page.before.period)),
                _("From %(day)s", day=charts.short_period(page.after.period)),
                _("Difference"),
            ],
            "rows": [[one.label, one.before.text, one.after.text, one.difference] for one in page.places],
            "foot": [name, before, after, page.whole.difference],
        },
    }


def _nodes(
    session: Session, measure: PlannedMeasure, table: TableVersion, broken: Break, page: BreakPage
) -> list[dict[str, Any]]:
    assert page.whole and page.sides and page.before and page.after  # noqa: S101
    language = current_language()
    releases = [*page.before.releases, *page.after.releases]
    behind = deliveries_behind(session, releases)
    hashes = [one.application.concept_version for one in page.sides]
    versions = versions_by_hash(session, [*hashes, *behind.flow_hashes, *behind.model_hashes])
    concept_version = versions.get(hashes[0])
    model, flow = versions.get(behind.model_hashes[0]), versions.get(behind.flow_hashes[0])
    first = page.changed[0]
    before, after = page.sides

    def answer(side: str) -> str:
        index = [pair[0] for pair in before.answers].index(first.text.in_language(language))
        said = (before if side == "before" else after).answers[index][1]
        return f"{first.text.in_language(language)} {said}"

    return [
        {
            "kind": "one",
            "heading": _("Concept"),
            "url": version_url(concept_version),
            "text": _wording(concept_version),
        },
        {
            "kind": "fork",
            "heading": _("Application"),
            "url": pages.break_url(measure, broken),
            "before": (
                _("Until %(day)s", day=show_date(before.application.valid_to or page.before.period.last)),
                answer("before"),
            ),
            "after": (_("From %(day)s", day=show_date(broken.on)), answer("after")),
            "text": _("The same words, read in two ways. Here the thread divides."),
        },
        {"heading": _("Information model"), "url": version_url(model), "text": _titled(model)},
        {"heading": _("Delivery line"), "url": version_url(flow), "text": _titled(flow)},
        {
            "heading": _("Delivery"),
            "url": url_for("followup.trace", ref=behind.numbers[0]) if behind.numbers else None,
            "text": ngettext(
                "%(num)d file, for both applications", "%(num)d files, one for each application", len(behind.numbers)
            ),
        },
        {
            "heading": _("Decision"),
            "url": page.whole.after.url + "#spar" if page.whole.after.url else None,
            "text": _("The region on disclosure, the recipient on receipt"),
        },
        {
            "kind": "end",
            "heading": _("Figure"),
            "url": url_for("followup.region", slug=measure.slug, code=broken.region),
            "before": (page.whole.before.text, _("before"), page.whole.before.url),
            "after": (page.whole.after.text, _("after"), page.whole.after.url),
            "text": _("The series is shown broken, with the cause beside it."),
        },
    ]


def _source_words(table: TableVersion, source: str) -> str:
    if table.provenance == Provenance.REPRODUCED:
        words = _(
            "The figures are reproduced from a published source: %(source)s. Line, delivery and decisions are shown as a "
            "demonstration.",
            source=source,
        )
    elif table.provenance == Provenance.MADE_UP:
        words = _("The figures are made up.")
    else:
        words = _("Source: %(source)s.", source=source)
    return str(words)


def _wording(version: Version | None) -> Markup | str:
    if version is None:
        return ""
    concept, language = concept_of(version), current_language()
    term = concept.title.in_language(language)
    if concept.definition is None:
        return Markup('<span class="wording">{}</span>').format(term)
    return Markup('<span class="wording">{}: {}</span>').format(term, escape(concept.definition.in_language(language)))


def _titled(version: Version | None) -> str:
    if version is None:
        return ""
    title = read(kind_named(version.item.kind).title(version.content))
    return str(_("%(title)s, version %(number)s", title=title, number=version.number))
