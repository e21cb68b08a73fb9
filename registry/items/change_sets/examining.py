"""Checking a change set as a whole: before the lock, with a fingerprint of all that was read, compared within it.

A small set is checked when it is asked for. A large one, which only an import makes, is checked by the worker, and the
outcome is kept with it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from registry.content import canonical as canonical_content
from registry.finding_texts import FINDINGS
from registry.findings import Finding, Severity
from registry.items import queries as items
from registry.items.change_sets import queries
from registry.items.change_sets.parts import Part, by_kind, parts_of, standing_in
from registry.items.change_sets.queries import Member
from registry.items.kinds import ItemKind, MemberFinding, SetMember
from registry.items.lifecycle import State
from registry.items.manifests import MemberAct, manifest
from registry.items.tables import ChangeSet, ChangeSetFinding, Version

AT_MOST, AT_MOST_IMPORTED = 500, 20_000
"""How many changes a set may have; the second where an import made it."""
MOST_TOLD = 50
"""Of what was found of a set as a whole, so much is on its page."""
_AT_ONCE = 500
"""Ids in one statement."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What a check of the whole found. ``fingerprint`` stands for everything that it read."""

    fingerprint: str
    findings: tuple[MemberFinding, ...]
    is_kept: bool = False
    """Whether it was read from what was kept with the set: of a large one, its errors alone."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one.finding for one in self.findings if one.finding.severity is Severity.ERROR)


def keep(session: Session, change_set: ChangeSet, examination: Examination) -> None:
    """Keep with the set what a check found, instead of what the one before did."""
    session.execute(delete(ChangeSetFinding).where(ChangeSetFinding.change_set_id == change_set.id))
    rows = [
        {
            "change_set_id": change_set.id,
            "number": number,
            "item_id": one.item_id,
            "is_error": one.finding.severity is Severity.ERROR,
            "finding": one.finding.as_dict(),
        }
        for number, one in enumerate(examination.findings)
    ]
    if rows:
        session.execute(insert(ChangeSetFinding), rows)
    change_set.examination = {
        "fingerprint": examination.fingerprint,
        "errors": len(examination.errors),
        "findings": len(rows),
    }
    session.flush()


def keep_for(session: Session, change_set: ChangeSet, examination: Examination, fingerprint: str) -> None:
    """Keep what was found as that of a set that has another fingerprint by now, though it says the same."""
    if examination.is_kept and change_set.examination:
        change_set.examination = {**change_set.examination, "fingerprint": fingerprint}
        session.flush()
    else:
        keep(session, change_set, Examination(fingerprint, examination.findings))


def kept(session: Session, change_set: ChangeSet) -> Examination | None:
    """What the last check that was kept with the set found to be wrong: what else it said is read page by page (`told`)."""
    if not change_set.examination:
        return None
    wrong = _kept(change_set).where(ChangeSetFinding.is_error).order_by(ChangeSetFinding.number)
    return Examination(
        change_set.examination["fingerprint"], tuple(map(_as_found, session.scalars(wrong))), is_kept=True
    )


@dataclass(frozen=True, slots=True)
class Told:
    """As much of an examination as a page shows: what was found of some items, the first of what was found of the whole, and
    how much that is, and how many errors there are in all."""

    of_items: Mapping[str, Sequence[Finding]]
    of_the_whole: Sequence[Finding]
    number_of_the_whole: int
    errors: int


def told(session: Session, change_set: ChangeSet, item_ids: Sequence[str]) -> Told | None:
    """What was kept of these items, and of the whole; three statements."""
    if not change_set.examination:
        return None
    of_items = session.scalars(_kept(change_set).where(ChangeSetFinding.item_id.in_(item_ids)))
    of_none = _kept(change_set).where(ChangeSetFinding.item_id.is_(None))
    number = session.scalar(of_none.with_only_columns(func.count())) or 0
    first = session.scalars(of_none.order_by(ChangeSetFinding.number).limit(MOST_TOLD))
    found = [*map(_as_found, of_items), *map(_as_found, first)]
    return _told(found, item_ids, number, change_set.examination["errors"])


def told_of(examination: Examination, item_ids: Sequence[str]) -> Told:
    """The same of an examination that was just made."""
    whole = [one for one in examination.findings if one.item_id is None]
    of_items = [one for one in examination.findings if one.item_id is not None]
    return _told([*of_items, *whole[:MOST_TOLD]], item_ids, len(whole), len(examination.errors))


def _told(found: Sequence[MemberFinding], item_ids: Sequence[str], number: int, errors: int) -> Told:
    of_items: dict[str, list[Finding]] = {item_id: [] for item_id in item_ids}
    for one in found:
        if one.item_id in of_items:
            of_items[one.item_id].append(one.finding)
    return Told(of_items, [one.finding for one in found if one.item_id is None], number, errors)


def _kept(change_set: ChangeSet) -> Select[ChangeSetFinding]:
    return select(ChangeSetFinding).where(ChangeSetFinding.change_set_id == change_set.id)


def _as_found(row: ChangeSetFinding) -> MemberFinding:
    return MemberFinding(row.item_id, Finding.from_dict(row.finding))


def is_large(number: int) -> bool:
    """Whether a set of so many changes is checked, decided and published by the worker."""
    return number > AT_MOST


def examine(session: Session, change_set: ChangeSet, told: Callable[[int, int], None] = lambda *_: None) -> Examination:
    """Check the whole set, reading only. What was read is named by the fingerprint, asked for before the rest is read.

    ``told`` gets how many changes have been looked at by themselves, and how many there are.
    """
    fingerprint = fingerprint_of(session, change_set, parts_of(session, change_set))
    standing = standing_in(session, change_set)
    members = queries.members_of(session, change_set)
    alone: list[MemberFinding] = []
    for start in range(0, len(members), _AT_ONCE):
        told(start, len(members))
        alone += _each_by_itself(session, members[start : start + _AT_ONCE], standing)
    told(len(members), len(members))
    return Examination(fingerprint, _each_once((*alone, *_together(session, members))))


def _each_once(found: Iterable[MemberFinding]) -> tuple[MemberFinding, ...]:
    """Findings without repetition: what is said of an item by itself may be said once more of the whole."""
    kept: dict[object, MemberFinding] = {}
    for one in found:
        kept.setdefault((one.item_id, canonical_content.canonical(one.finding.as_dict())), one)
    return tuple(kept.values())


def fingerprint_of(session: Session, change_set: ChangeSet, parts: Sequence[Part]) -> str:
    """A hash of what is in the set and of the published versions that a check of it reads. Cheap enough for within a lock."""
    read: dict[str, str] = {**standing_in(session, change_set)}
    for name, ours in by_kind(parts).items():
        check = items.kind_named(name).check_set
        if check is not None:
            read |= (
                check.everything(session)
                if is_large(len(parts))
                else check.neighbours(session, _checked(session, ours))
            )
    lines = manifest(one.line for one in parts)
    return canonical_content.content_hash(canonical_content.canonical({"manifest": lines, "read": read}))


def _checked(session: Session, parts: Sequence[Part]) -> list[SetMember]:
    ids = [one.id for one in parts]
    versions = {one.id: one for one in session.scalars(select(Version).where(Version.id.in_(ids)))}
    return [SetMember(versions[one.id], one.is_withdrawn) for one in parts]


def _each_by_itself(
    session: Session, members: Sequence[Member], standing: Mapping[str, str]
) -> Iterable[MemberFinding]:
    for member in members:
        version = member.version
        if member.act is MemberAct.WITHDRAW:
            if version.state != State.PUBLISHED:
                yield MemberFinding(version.item_id, FINDINGS.found("SET-012"))
            continue
        is_elsewhere = version.is_open and standing.get(version.item_id, version.base_hash) != version.base_hash
        if is_elsewhere and (newer := items.overtaken_by(session, version)) is not None:
            yield MemberFinding(version.item_id, FINDINGS.found("SET-011", {"number": newer.number}))
        for finding in member.kind.parse(version.content)[1]:
            yield MemberFinding(version.item_id, finding)


def _together(session: Session, members: Sequence[Member]) -> Iterable[MemberFinding]:
    if not members:
        yield MemberFinding(None, FINDINGS.found("SET-001"))
    for kind, ours in _by_kind(members):
        if kind.check_set is not None:
            yield from kind.check_set.findings(session, [_as_checked(one) for one in ours])


def _by_kind(members: Sequence[Member]) -> list[tuple[ItemKind, list[Member]]]:
    found: dict[str, list[Member]] = {}
    for one in members:
        found.setdefault(one.version.item.kind, []).append(one)
    return [(items.kind_named(name), ours) for name, ours in sorted(found.items())]


def _as_checked(member: Member) -> SetMember:
    return SetMember(member.version, is_withdrawn=member.act is MemberAct.WITHDRAW)
