"""Checking a change set as a whole: before the lock, with a fingerprint of all that was read, compared within it.

A small set is checked when it is asked for. A large one, which only an import makes, is checked by the worker, and the
outcome is kept with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.content import canonical as canonical_content
from registry.finding_texts import FINDINGS
from registry.findings import Finding, Severity
from registry.items import queries as items
from registry.items.change_sets import queries
from registry.items.change_sets.queries import Member
from registry.items.kinds import ItemKind, MemberFinding, SetMember
from registry.items.lifecycle import State
from registry.items.manifests import MemberAct, manifest
from registry.items.tables import ChangeSet, Version

AT_MOST, AT_MOST_IMPORTED = 500, 20_000
"""How many changes a set may have; the second where an import made it."""
_AT_ONCE = 500
"""Ids in one statement."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What a check of the whole found. ``fingerprint`` stands for everything that it read."""

    fingerprint: str
    findings: tuple[MemberFinding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one.finding for one in self.findings if one.finding.severity is Severity.ERROR)

    def as_dict(self) -> dict[str, Any]:
        return {
            "fingerprint": self.fingerprint,
            "findings": [{"item": one.item_id, **one.finding.as_dict()} for one in self.findings],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Examination":
        found = tuple(MemberFinding(one["item"], Finding.from_dict(one)) for one in data["findings"])
        return cls(data["fingerprint"], found)


def kept(change_set: ChangeSet) -> Examination | None:
    """What the last check that was kept with the set found."""
    return Examination.from_dict(change_set.examination) if change_set.examination else None


def is_large(members: Sequence[Member]) -> bool:
    """Whether the set is checked by the worker."""
    return len(members) > AT_MOST


def examine(session: Session, change_set: ChangeSet) -> Examination:
    """Check the whole set, reading only. What was read is named by the fingerprint, asked for before the rest is read."""
    members = queries.members_of(session, change_set)
    fingerprint = fingerprint_of(session, members)
    return Examination(fingerprint, (*_each_by_itself(session, members), *_together(session, members)))


def fingerprint_of(session: Session, members: Sequence[Member]) -> str:
    """A hash of what is in the set and of the published versions that a check of it reads. Cheap enough for within a lock."""
    read: dict[str, str] = {**_standing(session, [one.version.item_id for one in members])}
    for kind, ours in _by_kind(members):
        if kind.check_set is not None:
            read |= kind.check_set.neighbours(session, [_as_checked(one) for one in ours])
    lines = manifest(one.line for one in members)
    return canonical_content.content_hash(canonical_content.canonical({"manifest": lines, "read": read}))


def _each_by_itself(session: Session, members: Sequence[Member]) -> Iterable[MemberFinding]:
    standing = _standing(session, [one.version.item_id for one in members])
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


def _standing(session: Session, item_ids: Sequence[str]) -> dict[str, str]:
    """What is published of these items, by item."""
    found: dict[str, str] = {}
    for start in range(0, len(item_ids), _AT_ONCE):
        rows = session.execute(
            select(Version.item_id, Version.content_hash).where(
                Version.item_id.in_(item_ids[start : start + _AT_ONCE]), Version.state == State.PUBLISHED
            )
        )
        found |= {row.item_id: row.content_hash for row in rows}
    return found
