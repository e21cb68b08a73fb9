"""The projections of a large change set, written before it is published: so that publishing holds the lock for seconds.

What follows from each version alone is written ahead, some hundred at a time. Readers ask for the versions that apply, and so
see nothing of it until the set is published. What changes for concepts that are published already is worked out ahead, and
written in the transaction that publishes (`index_ahead` gives what is left to be done there). That transaction sees that all that
is published is as it was (`registry.items.change_sets.examining.fingerprint_of`), so what was worked out still holds.

An attempt that was broken off leaves rows of versions that nobody reads; the next one writes them anew.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from registry import clock
from registry.db import reading, transaction
from registry.items import queries as items
from registry.items.change_sets.queries import is_member
from registry.items.lifecycle import State
from registry.items.tables import ChangeSet, Item, Version, Withdrawal
from termbank.bank import addresses
from termbank.bank.indexing import AT_ONCE, forget_rows, heal, write_own, write_search
from termbank.bank.neighbours import concept_of
from termbank.bank.search import words
from termbank.bank.tables import DefinitionUse, DefinitionWord, TermRow, TermStart
from termbank.concepts.concept import Definition, Term
from termbank.definitions.linking import Linker
from termbank.notions import CONCEPT, TermStatus

Told = Callable[[int, int], None]
Finish = Callable[[Session], None]
_Use = tuple[str, str, str]
"""A version, the language of its definition, and the concept that this uses."""


@dataclass(frozen=True, slots=True)
class _Set:
    """The concepts of a change set that is to be published from a day."""

    id: str
    first: date | None

    @property
    def own(self) -> ColumnElement[bool]:
        """The condition on `Version` for those that are to be published."""
        return and_(Version.change_set_id == self.id, is_member())

    @property
    def others(self) -> ColumnElement[bool]:
        """The condition for what is published and goes on beside them: not what the set withdraws, and what it replaces until
        the first day."""
        gone = select(Withdrawal.version_id).where(Withdrawal.change_set_id == self.id, Withdrawal.outcome.is_(None))
        goes_on = and_(items.not_ended(), Version.id.not_in(gone))
        if self.first is not None and self.first > clock.today():
            return and_(goes_on, ~self.own)
        return and_(goes_on, Version.item_id.not_in(select(Version.item_id).where(self.own)))


def index_ahead(set_id: str, first: date | None, told: Told = lambda *_: None) -> Finish:
    """Write ahead what follows from a set that is to be published from ``first``; gives what is left for the transaction that
    publishes it. For the edge: no transaction may be open.

    ``told`` gets how many versions are indexed, and how many there are.
    """
    with reading() as session:
        change_set = session.get_one(ChangeSet, set_id)
        chosen = _Set(change_set.id, first)
        own, others = (_ids(session, condition) for condition in (chosen.own, chosen.others))
    _write_rows(own, others, told)
    with reading() as session:
        linker = _linker(session, chosen)
        keys = dict(session.execute(select(Item.slug, Item.id).where(Item.kind == CONCEPT)).all())
        touched = _defined_with(session, chosen)
        uses = dict(_uses(session, touched, linker, keys))
        named = addresses.of_published(session, own, first)
    for some in _in_parts(own):
        with transaction(bookkeeping=True) as session:
            _write_uses(session, dict(_uses(session, some, linker, keys)))

    def finish(session: Session) -> None:
        for some in _in_parts(sorted(uses)):
            _write_uses(session, {one: uses[one] for one in some})
        for some in _in_parts(sorted(named)):
            session.execute(update(Item), [{"id": one, "address": named[one]} for one in some])
        heal(session, select(Item.id, Item.slug).join(Version, Version.item_id == Item.id).where(chosen.own))

    return finish


def _write_rows(own: Sequence[str], others: Sequence[str], told: Told) -> None:
    """The rows that follow from each version alone, and what everything is found by: compounds are cut by new words too."""
    is_begun, new = False, set[str]()
    for place, some in enumerate(_in_parts(own)):
        told(place * AT_ONCE, len(own))
        with transaction(bookkeeping=True) as session:
            is_begun = forget_rows(session, some) or is_begun
            versions = _versions(session, some)
            write_own(session, versions)
            new |= words.add(session, map(concept_of, versions))
    told(len(own), len(own))
    # What an attempt before this one added is no longer new, and may have cut nothing yet.
    for some in _in_parts([*own, *(others if new or is_begun else ())]):
        with transaction(bookkeeping=True) as session:
            write_search(session, _versions(session, some))


def _linker(session: Session, chosen: _Set) -> Linker:
    """All terms as they will be, for finding them in definitions."""
    terms = (
        select(TermRow.item_id, TermRow.text, TermRow.language, TermRow.status)
        .join(Version, Version.id == TermRow.version_id)
        .join(Item, Item.id == Version.item_id)
        .where(Item.kind == CONCEPT, or_(chosen.own, chosen.others))
        .order_by(TermRow.version_id, TermRow.position)
    )
    linker = Linker({})
    for item_id, text, language, status in session.execute(terms.execution_options(yield_per=5_000)):
        linker.add(item_id, (Term(text, language, TermStatus(status)),))
    return linker


def _defined_with(session: Session, chosen: _Set) -> list[str]:
    """What goes on beside the set, and has a definition with a word by which terms begin that were not there before, or are
    there no longer; by id."""
    before, after = (
        {tuple(row) for row in session.execute(_starts(condition))}
        for condition in (
            and_(
                Version.state == State.PUBLISHED,
                Version.item_id.in_(select(Version.item_id).where(chosen.own)),
                ~chosen.own,
            ),
            chosen.own,
        )
    )
    changed = {(language, start) for _, language, start in before ^ after}
    beside = select(Version.id).join(Item).where(Item.kind == CONCEPT, chosen.others)
    rows = select(DefinitionWord.version_id, DefinitionWord.language, DefinitionWord.word).where(
        DefinitionWord.version_id.in_(beside)
    )
    found = session.execute(rows.execution_options(yield_per=5_000))
    return sorted({version_id for version_id, language, word in found if (language, word) in changed})


def _starts(condition: ColumnElement[bool]) -> Select[str, str, str]:
    starts = select(TermStart.item_id, TermStart.language, TermStart.start)
    return starts.join(Version, Version.id == TermStart.version_id).where(condition)


def _uses(
    session: Session, ids: Sequence[str], linker: Linker, keys: dict[str, str]
) -> Iterator[tuple[str, list[_Use]]]:
    """The concepts that the definitions of versions use, by the version."""
    for some in _in_parts(ids):
        for version in _versions(session, some):
            yield (
                version.id,
                sorted(
                    {
                        (version.id, one.language, used)
                        for one in concept_of(version).definitions
                        for used in linker.uses(one.text, one.language, but=(version.item_id,), picks=_picks(one, keys))
                    }
                ),
            )


def _picks(definition: Definition, keys: dict[str, str]) -> dict[str, str]:
    """The chosen concepts by the words, as ids."""
    chosen = {link.words: link.target.item or keys.get(link.target.key, "") for link in definition.links}
    return {words_: item_id for words_, item_id in chosen.items() if item_id}


def _write_uses(session: Session, uses: dict[str, list[_Use]]) -> None:
    session.execute(delete(DefinitionUse).where(DefinitionUse.version_id.in_(list(uses))))
    rows = [
        {"version_id": version_id, "language": language, "item_id": used}
        for found in uses.values()
        for version_id, language, used in found
    ]
    if rows:
        session.execute(insert(DefinitionUse), rows)


def _ids(session: Session, condition: ColumnElement[bool]) -> list[str]:
    return list(
        session.scalars(select(Version.id).join(Item).where(Item.kind == CONCEPT, condition).order_by(Version.id))
    )


def _versions(session: Session, ids: Iterable[str]) -> list[Version]:
    return list(session.scalars(select(Version).where(Version.id.in_(list(ids))).order_by(Version.id)))


def _in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
