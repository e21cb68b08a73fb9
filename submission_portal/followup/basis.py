"""What a table version rests on, read from the register: releases, wordings, application statements, policies.

Read once, before anything is composed, and read again within the writing transaction: a table version is kept only if
its basis is still the same, so that no figure is published on a release that was withdrawn a moment ago.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models.footing import Footings, Shift
from registry.content.canonical import canonical, content_hash
from registry.findings import Finding, Text
from registry.identity.tables import Organisation
from registry.items.queries import versions_by_hash
from registry.provenance import Provenance
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.audiences import NARROWEST_FIRST, Audience
from submission_portal.flows.content import Line
from submission_portal.flows.content import read as read_flow
from submission_portal.followup.breaks import Declared, Statement
from submission_portal.followup.figures import Days
from submission_portal.followup.footings import footings_of
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.small_number_rules import (
    PROTECTED,
    AudienceRules,
    StatedPolicy,
    disagreements,
    rules_for,
)
from submission_portal.followup.tables import SourceChange
from submission_portal.followup.wordings import Wordings
from submission_portal.forwarding.queries import amendments
from submission_portal.forwarding.tables import Release
from termbank.applications import statement as applications
from termbank.applications.statement import Application
from termbank.bank.queries.statements import applications_of

METHOD = 5
"""Raise it when figures, breaks, findings or protection are composed in another way: an upgrade then has every table
composed again (`recomposing`)."""
WEAKEST_FIRST = (Provenance.MADE_UP, Provenance.REPRODUCED, Provenance.OWN)


@dataclass(frozen=True)
class Basis:
    """Everything that a measure's table is made from, but for the rows themselves."""

    measure: PlannedMeasure
    releases: tuple[Release, ...]
    newest_first: tuple[str, ...]
    amends: Mapping[str, str]
    """For releases that correct single rows of another: which one."""
    statements: tuple[Statement, ...]
    applications: Mapping[str, Application]
    """The statements in full, by version hash."""
    source_changes: tuple[Declared, ...]
    footings: Footings
    """What each release's model version lets its elements stand on."""
    wordings: Wordings
    policies: tuple[StatedPolicy, ...]
    provenance: Provenance
    recipient_id: str
    """The recipient whose table it is."""
    audiences: tuple[Audience, ...] = NARROWEST_FIRST
    """Whom a table on these releases is for: others of the same recipient may rest on fewer."""

    @property
    def rules(self) -> AudienceRules:
        return {audience: rules_for(audience, self.policies) for audience in PROTECTED}

    def policy_findings(self, audience: Audience) -> tuple[Finding, ...]:
        """What reviewers are told where the policies of an audience differ."""
        return disagreements(audience, self.policies)

    @property
    def basis_hash(self) -> str:
        """The same basis, the same table. So does another with the same `hash_within`: that needs to know what is in the table."""
        return self._hash(self.statements)

    def hash_within(self, days: Days) -> str:
        """The basis of a table whose figures are of these days, by region: statements of other regions or times are not in it."""
        return self._hash(self.statements_within(days))

    def statements_within(self, days: Days) -> tuple[Statement, ...]:
        """The statements that apply to these days, by region: the last one that had begun on the first of them, and those that
        began since, so that a break between two of them has both."""
        found: list[Statement] = []
        by_series: dict[tuple[str, str], list[Statement]] = {}
        for one in self.statements:
            by_series.setdefault((one.region, one.concept), []).append(one)
        for (region, _concept), of_region in by_series.items():
            if region not in days:
                continue
            first, last = days[region]
            ordered = sorted(of_region, key=lambda one: one.valid_from or date.min)
            begun = [place for place, one in enumerate(ordered) if (one.valid_from or date.min) <= first]
            since = ordered[begun[-1] if begun else 0 :]
            found += [one for one in since if (one.valid_from or date.min) <= last]
        return tuple(found)

    def _hash(self, statements: Sequence[Statement]) -> str:
        rules = self.rules
        public, others = rules[Audience.PUBLIC], [one for one in rules if rules[one] != rules[Audience.PUBLIC]]
        for_others = {"audiences": {one.value: rules[one].as_dict() for one in others}} if others else {}
        return content_hash(
            canonical(
                {
                    "method": METHOD,
                    "measure": self.measure.version_hash,
                    "releases": sorted(release.id for release in self.releases),
                    "statements": sorted(statement.version_hash for statement in statements),
                    "sources": [[one.region, one.on.isoformat(), one.note.sv] for one in self.source_changes],
                    "regions": self.measure.regions_hash,
                    "threshold": public.threshold,
                    "zeros": public.zeros_are_sensitive,
                    **for_others,
                }
            )
        )

    @property
    def elements(self) -> tuple[str, ...]:
        """The elements whose meaning the measure's figures rest on: what is counted, over what, where and when, which rows; and
        whatever else is bound to one of its concepts."""
        measure, model = self.measure.measure, self.measure.model
        region = (self.measure.plan.region,) if self.measure.plan.region else ()
        bound = (element.name for element in model.elements if element.concept in measure.concepts)
        named = (
            *measure.counted,
            measure.period_element,
            *region,
            *measure.dimensions,
            *(measure.where or {}),
            *model.key,
        )
        return tuple(dict.fromkeys((*named, *bound)))

    @cached_property
    def readable(self) -> tuple[Release, ...]:
        """The releases that have the elements without which the measure has no figure of them; those of older or newer
        versions of the model may not."""
        measure = self.measure.measure
        region = {self.measure.plan.region} if self.measure.plan.region else set()
        wanted = {*measure.counted, measure.period_element} | region
        lacking = {one.version_hash for one in self.footings.versions if not wanted <= one.footings.keys()}
        lacking |= {
            one.version_hash
            for one in self.footings.versions
            if not all(name in one.footings and one.footings[name].is_number for name in measure.counted)
        }
        return tuple(one for one in self.releases if one.model_version_hash not in lacking)

    @cached_property
    def groups(self) -> Mapping[str, int]:
        """Group by release id, where there is more than one: values of one group may be added."""
        known = {one.version_hash for one in self.footings.versions}
        models = [one.model_version_hash for one in self.readable if one.model_version_hash in known]
        by_model = self.footings.groups(sorted(set(models)), self.measure.measure.counted)
        if len(set(by_model.values())) < 2:
            return {}
        return {one.id: by_model[one.model_version_hash] for one in self.readable if one.model_version_hash in by_model}

    def shifts(self, before: str, after: str) -> tuple[Shift, ...]:
        """What the measure's elements stand on otherwise in one model version than in another; nothing is known of one that
        was not published here."""
        if (before, after) not in self._shifts:
            known = {one.version_hash for one in self.footings.versions}
            is_known = {before, after} <= known
            self._shifts[before, after] = self.footings.shifts(before, after, self.elements) if is_known else ()
        return self._shifts[before, after]

    @cached_property
    def _shifts(self) -> dict[tuple[str, str], tuple[Shift, ...]]:
        """What `shifts` has found: it is asked of every figure."""
        return {}


def basis_of(
    session: Session,
    measure: PlannedMeasure,
    releases: Sequence[Release],
    *,
    owner: str,
    policies: Sequence[StatedPolicy],
    audiences: tuple[Audience, ...] = NARROWEST_FIRST,
) -> Basis:
    """The basis of a recipient's table of a measure on these releases."""
    amends = amendments(session, releases)
    used = {release.model_version_hash for release in releases} | {measure.model_hash}
    footings, wordings = footings_of(session, measure.model_slug, used, measure.measure.concepts)
    stated = _applications(session, measure.measure.concepts)
    return Basis(
        measure=measure,
        releases=tuple(releases),
        newest_first=newest_first(releases, amends),
        amends=amends,
        statements=_statements(stated),
        applications=stated,
        source_changes=_source_changes(session, measure.slug),
        footings=footings,
        wordings=wordings,
        policies=tuple(policies),
        provenance=provenance_of(session, releases),
        recipient_id=owner,
        audiences=audiences,
    )


def provenance_of(session: Session, releases: Sequence[Release]) -> Provenance:
    """The weakest of what some releases and their flows are."""
    flows = versions_by_hash(session, sorted({release.flow_version_hash for release in releases}))
    return _weakest(session, [read_flow(flow.content) for flow in flows.values()], releases)


def _weakest(session: Session, flows: Sequence[Line], releases: Sequence[Release]) -> Provenance:
    """A file sent by hand in a demonstration is made up, whatever its flow says: the deliveries are asked too."""
    wanted = {release.delivery_id for release in releases}
    sent = session.scalars(select(Delivery.provenance).where(Delivery.id.in_(wanted)).distinct())
    found = {flow.provenance for flow in flows} | set(sent)
    return next((one for one in WEAKEST_FIRST if one in found), Provenance.OWN)


def newest_first(releases: Sequence[Release], amends: Mapping[str, str]) -> tuple[str, ...]:
    """Release ids, the one released last first; what corrects another always stands before it."""

    def depth(release_id: str) -> int:
        return 1 + depth(amends[release_id]) if release_id in amends else 0

    ordered = sorted(releases, key=lambda one: (one.released_at, depth(one.id), one.id), reverse=True)
    return tuple(release.id for release in ordered)


def _applications(session: Session, concepts: Sequence[str]) -> dict[str, Application]:
    return {
        version.content_hash: applications.read(version.content)
        for concept in concepts
        for version in applications_of(session, concept)
    }


def _statements(stated: Mapping[str, Application]) -> tuple[Statement, ...]:
    found = [
        Statement(
            version_hash,
            one.concept,
            one.region,
            one.valid_from,
            one.valid_to,
            tuple(sorted((answered.question, answered.answer.value) for answered in one.answers)),
        )
        for version_hash, one in stated.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.region, one.concept, one.valid_from or date.min, one.version_hash)))


def _source_changes(session: Session, measure_slug: str) -> tuple[Declared, ...]:
    rows = session.execute(
        select(SourceChange, Organisation.code)
        .join(Organisation, Organisation.id == SourceChange.organisation_id)
        .where(SourceChange.measure_slug == measure_slug, SourceChange.withdrawn_at.is_(None))
        .order_by(SourceChange.changed_on, Organisation.code)
    )
    return tuple(Declared(code, change.changed_on, Text(change.note_sv, change.note_en)) for change, code in rows)
