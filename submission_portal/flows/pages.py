"""What the pages about flows show, put together from queries: plain values, ready for the templates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from information_models.presentation import PERIOD_LABELS
from information_models.queries import load_model
from registry import clock
from registry.actors import Actor
from registry.errors import NotFound
from registry.findings import Finding, Text
from registry.hands import Side
from registry.i18n import read as read_text
from registry.i18n import show_date
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items import steps, withdrawal_notices
from registry.items.kinds import Requirement
from registry.items.lifecycle import Change, Outcome
from registry.items.tables import Decision, Item, Version
from registry.items.withdrawal_notices import WithdrawalNotice
from submission_portal.flows import carried, division, suspending
from submission_portal.flows.content import Line, read
from submission_portal.flows.queries import FlowList, Standing, standing_of
from submission_portal.flows.standing import Consequence
from submission_portal.flows.tables import FlowStanding, FlowSuspension
from submission_portal.flows.uses.content import Use
from submission_portal.flows.uses.content import read as read_use
from submission_portal.flows.uses.queries import that_may_be_named


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A flow as one row of the list."""

    version: Version
    flow: Line
    discloser: Text
    recipient: Text
    notices: tuple[Finding, ...]
    refusal: Finding | None
    sunset: date


@dataclass(frozen=True, slots=True)
class ModelGroup:
    """The flows of one model."""

    title: Text
    url: str | None
    total: int
    """How many there are, on whatever page."""
    lines: list[FlowLine]


def grouped_flows(session: Session, listed: FlowList, names: Mapping[str, Organisation], on: date) -> list[ModelGroup]:
    """The flows of a page by model; three statements, whatever there is."""
    versions = listed.page.rows
    standing = standing_of(session, versions, on)
    pinned = items.versions_by_hash(session, sorted({one.flow.model_version for one in standing.values()}))
    uses = {key: that_may_be_named(one.uses, on) for key, one in standing.items()}
    of_uses = suspending.item_ids_of([use for some in uses.values() for use in some])
    stopped = suspending.lasting_of(session, [*(version.item_id for version in versions), *of_uses])
    groups: dict[str, ModelGroup] = {}
    for version in versions:
        flow = standing[version.id].flow
        if flow.model not in groups:
            model = pinned.get(flow.model_version)
            title = _model_title(model) if model else Text(flow.model, flow.model)
            url = items.kind_named(model.item.kind).url(model.item) if model else None
            groups[flow.model] = ModelGroup(title, url, listed.totals[flow.model], [])
        stop = suspending.as_finding(stopped.get(version.item_id, [])) or suspending.all_among(
            uses[version.id], stopped
        )
        groups[flow.model].lines.append(line(standing[version.id], names, stop))
    return list(groups.values())


def line(where: Standing, names: Mapping[str, Organisation], stop: Finding | None) -> FlowLine:
    """A row of the list. ``stop``: that the flow, or every use of it, is suspended."""
    flow = where.flow
    return FlowLine(
        where.version,
        flow,
        name_of(names, flow.discloser),
        name_of(names, flow.recipient),
        where.notices,
        where.refusal or stop,
        where.sunset,
    )


def organisation_names(session: Session) -> dict[str, Organisation]:
    """Every organisation by id, in Swedish order."""
    return {one.id: one for one in identity.organisations(session)}


def name_of(names: Mapping[str, Organisation], organisation_id: str) -> Text:
    return names[organisation_id].name if organisation_id in names else Text("", "")


@dataclass(frozen=True, slots=True)
class AspectDecision:
    """One thing that the recipient decides about a flow, and what was decided."""

    need: Requirement
    decision: Decision | None

    @property
    def kind(self) -> str:
        if self.decision is None:
            return "wait"
        return {Outcome.APPROVE: "ok", Outcome.RETURN: "warn", Outcome.REJECT: "stop"}[Outcome(self.decision.outcome)]

    @property
    def said(self) -> str:
        """What was decided, in words; empty where nothing is."""
        aspect = read_text(self.need.label)
        words: dict[str, str] = {
            "ok": _("%(aspect)s: approved", aspect=aspect),
            "warn": _("%(aspect)s: completion asked for", aspect=aspect),
            "stop": _("%(aspect)s: refused", aspect=aspect),
        }
        return words.get(self.kind, "")


def decisions(version: Version) -> list[AspectDecision]:
    """What is required of the recipient, with what was decided in the version's current round."""
    taken = {decision.aspect: decision for decision in steps.decisions_of_round(version)}
    needed = items.kind_named(version.item.kind).requirements_for(version.content)
    return [AspectDecision(need, taken.get(need.aspect)) for need in needed]


def earlier_decisions(version: Version) -> list[Decision]:
    """Decisions of rounds that ended with a return."""
    current = {decision.id for decision in steps.decisions_of_round(version)}
    return [decision for decision in version.decisions if decision.id not in current]


@dataclass(frozen=True, slots=True)
class OnRecord:
    """One successor, or one withdrawal, and what it meant for the flow, in words and with a link."""

    row: FlowStanding
    title: Text
    url: str | None
    comparison: str | None
    """Where the version that the flow rests on and its successor are compared, word by word."""
    must_reconfirm: bool
    withdrawal: WithdrawalNotice | None = None
    """By whom, when and why, where it was withdrawn."""
    overruling: str = ""
    """Why the successor is editorial though more was computed."""
    is_editorial: bool = False
    """Whether the successor itself changes nothing; it must be reconfirmed all the same where one before it did."""

    @property
    def status(self) -> tuple[str, str]:
        """A kind of status and its words."""
        applies_from = self.row.applies_from
        if self.row.is_withdrawal:
            return ("warn", _("Withdrawn, to be reconfirmed"))
        if not self.must_reconfirm:
            return ("ok", _("Carried over"))
        if applies_from and applies_from > clock.today():
            return ("warn", _("To be reconfirmed from %(day)s", day=show_date(applies_from)))
        return ("warn", _("To be reconfirmed"))

    @property
    def meaning(self) -> str:
        """What it means for the flow, in a sentence or two."""
        if self.row.is_withdrawal:
            words = _("The line goes on under what is approved, and moves only by a new decision.")
        elif not self.must_reconfirm:
            words = _("The change is editorial. The approval holds, and nobody had to be asked.")
            if self.overruling:
                more = _("The registry computed more than that. Why it is editorial all the same:")
                words = f"{words} {more} {self.overruling}"
        elif self.is_editorial:
            words = _(
                "The version itself is editorial, but comes after one that changed the meaning. The line goes on under"
                " what is approved, and moves only by a new decision."
            )
        else:
            words = _(
                "The new version changes the meaning. The line goes on under what is approved, and moves only by a new"
                " decision."
            )
        return str(words)


def on_record(session: Session, actor: Actor, rows: Iterable[FlowStanding]) -> list[OnRecord]:
    """What is on record about a flow version, with what came or went named; a bounded number of statements."""
    rows = list(rows)
    hashes = [each for row in rows for each in (row.successor_hash, row.superseded_hash) if each]
    versions = items.versions_by_hash(session, hashes)
    withdrawn = _withdrawals(session, actor, [row.superseded_hash for row in rows if row.is_withdrawal])
    found = []
    for row in rows:
        version = versions.get(row.successor_hash or row.superseded_hash)
        title = items.titled(version) if version else Text("", "")
        url = items.kind_named(version.item.kind).url(version.item) if version else None
        before = versions.get(row.superseded_hash)
        comparison = (
            url_for("items.compare", item_id=version.item_id, fran=before.number, till=version.number)
            if version and before and not row.is_withdrawal
            else None
        )
        must = row.consequence == Consequence.RECONFIRM
        told = withdrawn.get(row.superseded_hash) if row.is_withdrawal else None
        is_editorial = version is not None and version.change == Change.EDITORIAL
        found.append(
            OnRecord(row, title, url, comparison, must, told, version.overruling if version else "", is_editorial)
        )
    return found


def _withdrawals(session: Session, actor: Actor, hashes: list[str]) -> dict[str, WithdrawalNotice]:
    entries = items.withdrawals_by_hash(session, hashes) if hashes else {}
    return dict(zip(entries, withdrawal_notices.notices(session, actor, list(entries.values())), strict=True))


def version_steps(versions: Sequence[Version], shown: Version, page: str) -> list[dict[str, str]]:
    """The versions of a line or a use as steps of a strand, in the order given, with the one that the page shows marked.
    ``page``: the endpoint of a version's page."""
    return [
        {
            "title": _("Version %(number)s", number=one.number),
            "url": url_for(page, slug=one.item.slug, number=one.number),
            "text": _("valid from %(day)s", day=show_date(one.valid_from))
            if one.valid_from
            else show_date(one.created_at),
            "state": "here" if one.id == shown.id else "done" if one.published_at else "next",
        }
        for one in versions
    ]


def validity(first: str | None, last: str | None) -> str:
    """From when to when a flow is valid, in words; empty where a day is not stated. Days as they are in the content."""
    return _("%(first)s to %(last)s", first=show_date(first), last=show_date(last)) if first and last else ""


def _model_title(version: Version) -> Text:
    return items.kind_named(version.item.kind).title(version.content)


def flow_of(version: Version) -> Line:
    return read(version.content)


def part_names(session: Session, line: Line) -> dict[str, str]:
    """What people call the line's parts, by code; a code that the model does not know is called by itself."""
    if line.parts is None:
        return {}
    try:
        loaded = load_model(session, line.model_version)
    except NotFound:  # a draft may name a model that is not there; `services.check_against_register` says so
        return {}
    return {code: read_text(division.part_label(loaded, line.parts, code)) for code in line.parts.codes}


@dataclass(frozen=True, slots=True)
class Division:
    """How a line's periods are delivered, in words."""

    parts: tuple[str, ...]
    """The names of its parts; none where a period is delivered whole."""
    element: str
    """What divides them."""
    periods: str
    channels: str


def division_of(session: Session, line: Line) -> Division:
    """The same of a line; at most one statement."""
    names, element = part_names(session, line), ""
    if names and line.parts is not None:
        loaded = load_model(session, line.model_version)
        known = division.dividing_element(loaded, line.parts.element)
        element = read_text(known.label) if known is not None else line.parts.element
    periods = division.listed(PERIOD_LABELS[one] for one in line.periodicity)
    channels = division.listed(one.label for one in line.channels)
    return Division(tuple(names.values()), element, read_text(periods), read_text(channels))


def carried_use(version: Version) -> Use | None:
    """What a version from before lines and uses were told apart says of its recipient's use."""
    if not carried.is_carried(version.content):
        return None
    content, _found = carried.parse(version.content)
    return read_use(carried.first_use(content, version.item_id, version.content_hash))


@dataclass(frozen=True, slots=True)
class Suspension:
    """One side's suspension of the flow, as its page shows it. ``reason`` and ``person`` are for the two sides."""

    side: Text
    row: FlowSuspension
    reason: str
    person: Text | None
    objection: Finding | None
    """What forbids the reader, who decides for the side, to resume it."""
    may_resume: bool


@dataclass(frozen=True, slots=True)
class Suspended:
    """Whether a flow is suspended, and what the reader may do about it."""

    finding: Finding | None
    rows: tuple[Suspension, ...]
    ended: tuple[Suspension, ...]
    may_suspend: bool

    @property
    def resumable(self) -> tuple[Suspension, ...]:
        """The suspension that the reader may end, if any; whoever decides for both sides ends one after the other."""
        return tuple(one for one in self.rows if one.may_resume)[:1]


def suspended(session: Session, actor: Actor, item: Item, is_inside: bool) -> Suspended:
    """What the page of a flow says of its suspensions; a bounded number of statements."""
    rows = suspending.lasting(session, item.id)
    ended = suspending.history(session, item.id) if is_inside else ()
    own = suspending.sides_that_may_resume(session, actor, item) if actor.is_signed_in else []
    side = suspending.side_that_may_suspend(session, actor, item) if actor.is_signed_in else None
    is_told = is_inside or side is not None
    people = identity.person_labels(session, [one.suspended_by for one in [*rows, *ended]]) if is_told else {}

    def shown(one: FlowSuspension) -> Suspension:
        decides = one.side in own and one.resumed_at is None
        objection = suspending.resuming_objection(session, actor, item, one) if decides else None
        return Suspension(
            Side(one.side).label, one, one.reason if is_told else "", people.get(one.suspended_by), objection,
            decides and objection is None,
        )  # fmt: skip

    lasting = tuple(map(shown, rows))
    may_suspend = side is not None and not any(one.row.side == side or one.may_resume for one in lasting)
    return Suspended(suspending.as_finding(rows, item.kind), lasting, tuple(map(shown, ended)), may_suspend)
