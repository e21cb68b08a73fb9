"""A published table version as a source of files, for pages and commands alike."""

from collections.abc import Sequence
from functools import cache

from flask import current_app, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.findings import Finding, Language
from registry.formats import Format, Options
from registry.period import Period
from registry.provenance import Provenance
from registry.web.downloads import Offer, offers
from submission_portal.flows.audiences import Audience
from submission_portal.followup.breaks import Break, of_region
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.downloads import Origin
from submission_portal.followup.figures import Figure
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.formats import FORMATS, TableSource
from submission_portal.followup.incomparable_pairs import incomparables
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.queries import breaks_of, figures_of, made_from, periods_of, regions_of
from submission_portal.followup.schemas import TableSchema
from submission_portal.followup.tables import TableVersion
from submission_portal.forwarding.queries import delivered_by
from submission_portal.forwarding.tables import Release

OWN_FIGURES = "FOL-027"


def table_source(session: Session, planned: PlannedMeasure, shown: ShownTable) -> TableSource:
    """What is written of a table as it is shown. Needs a request or its like, for the table's own address."""
    table = shown.table
    measure, address, remarks = planned.measure, _address(planned.slug, table), _remarks(shown)

    def breaks(options: Options) -> Sequence[Break]:
        found = breaks_of(table)
        return found if options.region is None else of_region(found, options.region, planned.plan.is_summed)

    def figures(options: Options) -> Sequence[Figure]:
        periods = None if options.period is None else [Period.parse(options.period)]
        return figures_of(shown, region=options.region, periods=periods)

    return TableSource(
        measure=planned.slug,
        about=TableSchema().dump(
            {
                "measure": planned.slug,
                "title": measure.title,
                "unit": measure.unit,
                "table": table,
                "source": measure.source if table.provenance == Provenance.REPRODUCED else None,
                "address": address,
                "findings": remarks,
            }
        ),
        remarks=remarks,
        closed=lambda options: shown.closed_of(region=options.region or "", period=options.period or ""),
        breaks=breaks,
        figures=figures,
        names=planned.names,
        origin=lambda language: _origin(session, planned, table, address, language),
        not_comparable=cache(lambda: len(incomparables(session, measure.concepts, measure.concept_versions).pairs)),
    )


def _remarks(shown: ShownTable) -> tuple[Finding, ...]:
    """What a file says of its table. One with a region's own figures says so first: it may be passed on by mistake."""
    own = (FINDINGS.found(OWN_FIGURES),) if shown.table.audience == Audience.OWN_REGION else ()
    return (*own, *shown.findings)


def table_offers(session: Session, planned: PlannedMeasure, shown: ShownTable) -> list[Offer]:
    """The files of a table version, for its pages to offer."""

    def address(one: Format[TableSource]) -> str:
        return url_for("followup.table_file", slug=planned.slug, extension=one.extension, version=shown.table.number)

    return [*offers(FORMATS, table_source(session, planned, shown), address), _comparability_offer(planned.slug)]


def _comparability_offer(slug: str) -> Offer:
    about = _("which regions cannot be compared, from when and why, as it is known today")
    return Offer(_("Comparability (JSON)"), url_for("followup.comparability_file", slug=slug), about)


def has_region(shown: ShownTable, region: str) -> bool:
    return region in regions_of(shown)


def has_period(shown: ShownTable, period: str) -> bool:
    """Whether the table has the period that is written so."""
    return any(str(one) == period for one in periods_of(shown))


def file_stem(table: TableVersion) -> str:
    """What the files of a table version are called, before the extension. A region's own figures are told apart by it."""
    of_region = "-egen-region" if table.audience == Audience.OWN_REGION else ""
    return f"{table.measure_slug}-version-{table.number}{of_region}"


def _origin(session: Session, planned: PlannedMeasure, table: TableVersion, address: str, language: Language) -> Origin:
    """Where a table's figures come from: the deliveries, or the publication that they were reproduced from.

    What a measure names otherwise is the source of the measure, not of what was counted.
    """
    source = planned.measure.source if table.provenance == Provenance.REPRODUCED else None
    publication = " ".join(str(source[part]) for part in ("title", "url") if source.get(part)) if source else ""
    delivered = {} if publication else delivered_by(session, Release.id.in_(made_from(table)))
    words = {release: f"{name.in_language(language)}, {number}" for release, (name, number) in delivered.items()}
    return Origin(table.provenance, address, publication, words)


def _address(slug: str, table: TableVersion) -> str:
    path = url_for("followup.version", slug=slug, number=table.number)
    return str(current_app.config["BASE_ADDRESS"]).rstrip("/") + path
