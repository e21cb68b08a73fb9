"""What the page of a change set shows: its members with what they change, what was found, and how far the decisions are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.finding_catalogue import ReadableFinding
from registry.findings import Severity, Text
from registry.i18n import current_language, read, show_date, show_figure
from registry.items.change_sets import queries
from registry.items.change_sets.examining import Told
from registry.items.change_sets.jobs import CHECKING, READYING, WRITING
from registry.items.change_sets.queries import Aspect, Member
from registry.items.diff import FieldDiff, outline_diff
from registry.items.lifecycle import CHANGE_LABELS, CLASSES, Change, Outcome, State
from registry.items.mentions import names_of
from registry.items.tables import ChangeSet, Decision, Version
from registry.jobs import Job
from registry.pages.items import edit_url_of
from registry.pages.warnings import warned
from registry.web.problems import readable


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One item's part in a set, ready to be shown."""

    id: str
    name: str
    kind: Text
    act: tuple[str, str]
    """A status and its words: published, changed or withdrawn."""
    change: Change | None
    choices: tuple[tuple[str, str], ...]
    """Classes to choose among, where there is something to choose."""
    is_new: bool
    fields: Sequence[FieldDiff]
    url: str
    edit_url: str | None
    move_url: str | None
    """Where the change is moved to what was published after it was begun."""
    reason: str
    transition_until: date | None = None
    findings: Sequence[ReadableFinding] = field(default=())
    remarks: Sequence[ReadableFinding] = field(default=())
    """What is said for information, which stops nothing and is folded."""

    @property
    def change_label(self) -> str:
        """What it changes, in the words of whoever sent it, and by when what rests on it ought to have moved."""
        if not self.change or self.is_new:
            return ""
        told = read(CHANGE_LABELS[self.change]).capitalize()
        if self.transition_until is None:
            return told
        until = _("What rests on it ought to have moved by %(day)s.", day=show_date(self.transition_until))
        return f"{told}. {until}"

    @property
    def changed(self) -> list[FieldDiff]:
        return [one for one in self.fields if self.is_new or one.is_changed]


def member_rows(
    session: Session,
    actor: Actor,
    change_set: ChangeSet,
    members: Sequence[Member],
    told: Told | None,
    *,
    writes: bool,
) -> list[MemberRow]:
    """Members as rows; a bounded number of statements, however many there are: of kinds that warn, some for each on the page."""
    bases = _bases(session, members)
    outlines = {
        member.version.id: (
            member.kind.outline(base.content) if (base := bases.get(member.version.id)) else (),
            member.kind.outline(member.version.content),
        )
        for member in members
    }
    names = names_of(session, actor, [row for both in outlines.values() for rows in both for row in rows])
    found = {item_id: [readable(one) for one in some] for item_id, some in (told.of_items if told else {}).items()}
    written = [member for member in members if change_set.is_open and member.withdrawal is None]
    said = warned(session, actor, [(member.kind, member.version) for member in written])
    for member in written:
        of_set = found.get(member.version.item_id, ())
        found[member.version.item_id] = [*said.get(member.version.id, ()), *of_set]
    standing = _standing(session, members)
    rows = []
    for member in members:
        version, kind = member.version, member.kind
        before, after = outlines[version.id]
        is_overtaken = (
            member.withdrawal is None
            and version.is_open
            and standing.get(version.item_id, version.base_hash) != version.base_hash
        )
        is_new = version.base_hash is None
        is_open = writes and change_set.is_being_written and member.withdrawal is None
        rows.append(
            MemberRow(
                id=version.id,
                name=_("%(name)s, version %(number)s", name=read(kind.title(version.content)), number=version.number),
                kind=kind.label,
                act=_act(member, State(change_set.state)),
                change=None if member.withdrawal else Change(version.change or Change.MEANING),
                choices=tuple((one.value, read(CHANGE_LABELS[one])) for one in CLASSES)
                if is_open and not is_new
                else (),
                is_new=is_new or member.withdrawal is not None,
                fields=outline_diff(before, after, current_language(), names) if member.withdrawal is None else (),
                url=url_for("items.review", version_id=version.id),
                edit_url=edit_url_of(kind, version) if is_open else None,
                move_url=url_for("items.move_version", version_id=version.id) if is_overtaken else None,
                reason=member.withdrawal.reason if member.withdrawal else version.reason,
                transition_until=version.transition_until if member.withdrawal is None else None,
                findings=[one for one in found.get(version.item_id, ()) if one.severity is not Severity.INFO],
                remarks=[one for one in found.get(version.item_id, ()) if one.severity is Severity.INFO],
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class AspectOfSet:
    """How far the decisions on one aspect are: for all that has it, or for none."""

    aspect: Aspect
    status: tuple[str, str]
    decision: Decision | None
    is_awaited: bool = True
    is_sent_back: bool = False
    """Whether the set has come back with this decision, and its author goes on with it."""

    @property
    def label(self) -> Text:
        return self.aspect.requirement.label


def aspect_rows(session: Session, change_set: ChangeSet) -> list[AspectOfSet]:
    """The aspects with the decision that was last taken on each in the review that the set is in, or was in last."""
    is_awaited = queries.is_awaited(session, change_set)
    found = []
    for one in queries.aspects_in(session, change_set):
        taken = queries.decision_on(session, change_set, one)
        is_back = change_set.state == State.RETURNED and taken is not None and taken.outcome == Outcome.RETURN
        found.append(
            AspectOfSet(one, _status(change_set, one, taken, is_awaited=is_awaited), taken, is_awaited, is_back)
        )
    return found


def deciding(session: Session, actor: Actor, change_set: ChangeSet, rows: Sequence[AspectOfSet]) -> list[Aspect]:
    """What this actor may decide now: in their role, without having had a hand in anything in the set."""
    if change_set.state != State.IN_REVIEW or actor.person_id in queries.contributors(session, change_set):
        return []
    if any(row.decision and row.decision.person_id == actor.person_id for row in rows):
        return []
    return [
        row.aspect
        for row in rows
        if row.decision is None
        and actor.may_decide(row.aspect.requirement.role, organisation_id=row.aspect.organisation_id)
        and row.is_awaited
    ]


def _status(change_set: ChangeSet, aspect: Aspect, decision: Decision | None, *, is_awaited: bool) -> tuple[str, str]:
    if decision is not None:
        words = {Outcome.APPROVE: _("Approved"), Outcome.RETURN: _("Returned"), Outcome.REJECT: _("Rejected")}
        outcome = Outcome(decision.outcome)
        return ("ok" if outcome is Outcome.APPROVE else "stop", words[outcome])
    if not is_awaited:
        return ("ok", _("Approved"))
    if change_set.state == State.IN_REVIEW:
        return ("wait", _("Waits for %(role)s", role=read(aspect.requirement.role.label)))
    return ("idle", _("Not asked yet"))


def _act(member: Member, state: State) -> tuple[str, str]:
    """What the set does with an item; what it would have done, where it was rejected or called back."""
    is_undone = state in (State.REJECTED, State.WITHDRAWN)
    if member.withdrawal is not None:
        return ("info", _("Would be withdrawn")) if is_undone else ("stop", _("Is withdrawn"))
    if member.version.base_hash is None:
        return ("info", _("Would be new")) if is_undone else ("info", _("New"))
    return ("info", _("Would be changed")) if is_undone else ("info", _("Is changed"))


def _bases(session: Session, members: Sequence[Member]) -> Mapping[str, Version]:
    """The versions that members were begun from, by the id of the member's version; one statement."""
    hashes = sorted({one.version.base_hash for one in members if one.version.base_hash})
    rows = session.scalars(
        select(Version)
        .where(Version.content_hash.in_(hashes), Version.published_at.is_not(None))
        .order_by(Version.number)
    )
    by_item = {(version.item_id, version.content_hash): version for version in rows}
    found = {one.version.id: by_item.get((one.version.item_id, one.version.base_hash or "")) for one in members}
    return {version_id: base for version_id, base in found.items() if base is not None}


def _standing(session: Session, members: Sequence[Member]) -> Mapping[str, str]:
    rows = session.execute(
        select(Version.item_id, Version.content_hash).where(
            Version.item_id.in_([one.version.item_id for one in members]), Version.state == State.PUBLISHED
        )
    )
    return {row.item_id: row.content_hash for row in rows}


STAGES = {
    CHECKING: _l("It is being checked"),
    READYING: _l("It is being prepared for search"),
    WRITING: _l("It is being written"),
}


def work_stages(job: Job) -> list[tuple[str, str, str, str, tuple[int, int] | None]]:
    """What the worker does with the set, and how far it has come."""
    said = job.progress or {}
    stage, done, total = said.get("stage"), int(said.get("done", 0)), int(said.get("total", 0))
    order = list(STAGES)
    reached = order.index(stage) if stage in STAGES else -1
    found = []
    for place, (name, label) in enumerate(STAGES.items()):
        status = ("ok", _("Done")) if place < reached else ("wait", _("Under way")) if place == reached else None
        count = (done, total) if name == stage and total else None
        text = _("%(done)s of %(total)s changes", done=show_figure(done), total=show_figure(total)) if count else ""
        found.append((str(label), *(status or ("idle", _("Not begun"))), text, count))
    return found


def counted(count: int) -> str:
    """How many changes, in words."""
    return str(ngettext("One change", "%(num)d changes", count))
