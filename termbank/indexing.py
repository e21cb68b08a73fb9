"""The projections of published concepts: written when a version is published, and made anew by command or at a start.

Handlers run in the transaction that publishes. Which other definitions use the new terms is looked up by their words, and
only where the terms are others than before.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, or_, select, tuple_, update
from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor
from registry.events import Happening
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from termbank.concepts import Concept
from termbank.linking import Linker
from termbank.neighbours import bearers, concept_of, keys_of, located
from termbank.notions import CONCEPT
from termbank.projection import definition_words, read_terms, spelled, starts
from termbank.search import tokens, words
from termbank.tables import (
    ConceptSearch,
    DefinitionUse,
    DefinitionWord,
    RelationRow,
    TermRow,
    TermStart,
    TermWord,
    WordTrigram,
)

PROJECTIONS = (TermRow, TermStart, RelationRow, DefinitionWord, DefinitionUse, ConceptSearch)
"""What is written of each version."""
WORDS = (TermWord, WordTrigram)
"""The words of all of them."""
AT_ONCE = 500


def index_published(session: Session, happening: Happening) -> None:
    """Handler of ``VersionPublished``."""
    if happening.data.get("kind") == CONCEPT:
        index_version(session, session.get_one(Version, str(happening.data["version"])))


def unindex_withdrawn(session: Session, happening: Happening) -> None:
    """Handler of ``VersionWithdrawn``: definitions no longer use the terms of a concept that is gone."""
    if happening.data.get("kind") != CONCEPT or happening.data.get("was") != State.PUBLISHED:
        return
    version = session.get_one(Version, str(happening.data["version"]))
    session.flush()
    _write_uses(session, _defined_with(session, starts(concept_of(version)), but=version.id))


def index_version(session: Session, version: Version) -> None:
    """Write the rows of a version that is published, and of those whom its terms and its key concern."""
    concept = _write(session, version)
    new = words.add(session, [concept])
    _write_search(session, [version])
    if new and (cut := words.versions_cut_by(session, new)):
        _write_search(session, [one for one in cut if one.id != version.id])
    session.execute(
        update(RelationRow)
        .where(RelationRow.target_key == version.item.slug, RelationRow.target_id.is_(None))
        .values(target_id=version.item_id)
    )
    _write_uses(session, [version])
    if others := starts(concept) ^ _starts_before(session, version):
        _write_uses(session, _defined_with(session, others, but=version.id))


def complete(session: Session, actor: Actor, now: datetime) -> int:
    """Write what is missing, as after an upgrade. Gives the number of versions; nothing happens where nothing is missing.

    What has no row of a term has no rows at all, but for a version without a readable term, or where somebody has meddled.
    """
    has_terms = select(TermRow.version_id).where(TermRow.version_id == Version.id)
    is_searched = select(ConceptSearch.version_id).where(ConceptSearch.version_id == Version.id)
    missing = _published(session, or_(~has_terms.exists(), ~is_searched.exists()))
    for start in range(0, len(missing), AT_ONCE):
        some = [version.id for version in missing[start : start + AT_ONCE]]
        for table in PROJECTIONS:
            session.execute(delete(table).where(table.version_id.in_(some)))
    for version in missing:
        _write(session, version)
    words.add(session, map(concept_of, missing))
    _write_search(session, missing)
    _write_uses(session, missing)
    if missing:
        events.record(
            session, "TermBankIndexed", actor=actor, now=now, subject="termbank:index", data={"versions": len(missing)}
        )
    return len(missing)  # fmt: skip


def rebuild(session: Session, actor: Actor, now: datetime) -> int:
    """Make every projection anew from what is published. Gives the number of versions."""
    for table in (*PROJECTIONS, *WORDS):
        session.execute(delete(table))
    return complete(session, actor, now)


def load_index(session: Session, actor: Actor, now: datetime) -> None:
    """The starter's step: an instance of an earlier release gets its projections."""
    complete(session, actor, now)


def _published(session: Session, *conditions: object) -> list[Version]:
    query = select(Version).join(Item).where(Item.kind == CONCEPT, Version.published_at.is_not(None), *conditions)  # type: ignore[arg-type]
    return list(session.scalars(query.order_by(Version.published_at, Version.id)))


def _starts_before(session: Session, version: Version) -> frozenset[tuple[str, str]]:
    """How the terms of the version before this one may begin; nothing where it is the first."""
    earlier = select(Version).where(
        Version.item_id == version.item_id, Version.number < version.number, Version.published_at.is_not(None)
    )
    before = session.scalar(earlier.order_by(Version.number.desc()).limit(1))
    return starts(concept_of(before)) if before else frozenset()


def _write(session: Session, version: Version) -> Concept:
    """The rows that follow from the version alone."""
    concept = concept_of(version)
    own = {"version_id": version.id, "item_id": version.item_id}
    _insert(
        session,
        TermRow,
        (
            {
                **own,
                "position": place,
                "text": one.term.text,
                "language": one.term.language,
                "status": one.term.status.value,
                "whole": tokens.whole(one.term.text),
                "reduced": tokens.reduced(one.term.text, one.term.language),
                "sort_key": one.sort_key,
                "initial": one.initial,
                "names_sv": "sv" in one.names,
                "names_en": "en" in one.names,
            }
            for place, one in enumerate(read_terms(concept))
        ),
    )
    _insert(session, TermStart, ({**own, "language": tag, "start": start} for tag, start in sorted(starts(concept))))
    ids = items_by_key(session, {relation.key for relation in concept.relations if relation.key})
    _insert(
        session,
        RelationRow,
        (
            {
                **own,
                "position": place,
                "kind": one.kind.value,
                "target_id": one.target.item or ids.get(one.key),
                "target_key": one.key[:120] or None,
                "target_iri": one.target.iri or None,
            }
            for place, one in enumerate(concept.relations)
        ),
    )
    said = sorted(definition_words(concept))
    _insert(session, DefinitionWord, ({"version_id": version.id, "language": tag, "word": word} for tag, word in said))
    return concept


def _write_search(session: Session, versions: Sequence[Version]) -> None:
    """What versions are found by, their compounds cut by the words of the term bank as they are now."""
    for start in range(0, len(versions), AT_ONCE):
        some = versions[start : start + AT_ONCE]
        read = [(version, concept_of(version)) for version in some]
        known = words.known_parts(session, [concept for _, concept in read])
        session.execute(delete(ConceptSearch).where(ConceptSearch.version_id.in_([version.id for version in some])))
        _insert(
            session,
            ConceptSearch,
            (
                {
                    "version_id": version.id,
                    "item_id": version.item_id,
                    "scheme_id": concept.scheme.item or None,
                    "scheme_key": concept.scheme.key or None,
                    "is_defined": bool(concept.definitions),
                    "labels": tokens.label_tokens(concept.terms, known),
                    "texts": tokens.text_tokens(concept),
                }
                for version, concept in read
            ),
        )


def _write_uses(session: Session, versions: Sequence[Version]) -> None:
    """Which concepts each definition uses, as terms are now."""
    for start in range(0, len(versions), AT_ONCE):
        some = versions[start : start + AT_ONCE]
        defined = [(version, concept_of(version)) for version in some]
        texts = [(one.language, one.text) for _, concept in defined for one in concept.definitions]
        around = bearers(session, spelled(texts))
        keys = keys_of(around)
        concepts = {version.item_id: located(concept_of(version), keys) for version in around}
        linker = Linker(concepts)
        ids = {slug: item_id for item_id, slug in keys.items()}
        session.execute(delete(DefinitionUse).where(DefinitionUse.version_id.in_([version.id for version in some])))
        rows = {
            (version.id, one.language, used)
            for version, concept in defined
            for one in located(concept, keys).definitions
            for used in linker.uses(
                one.text, one.language, but=(version.item_id,), picks={word: ids[key] for word, key in one.picks.items() if key in ids}
            )
        }  # fmt: skip
        _insert(session, DefinitionUse, ({"version_id": a, "language": b, "item_id": c} for a, b, c in sorted(rows)))


def _defined_with(session: Session, new: Iterable[tuple[str, str]], *, but: str) -> list[Version]:
    """Published versions in whose definitions one of these words stands."""
    found: dict[str, Version] = {}
    pairs = sorted(new)
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        named = select(DefinitionWord.version_id).where(tuple_(DefinitionWord.language, DefinitionWord.word).in_(some))
        query = select(Version).where(Version.id.in_(named), items.not_ended(), Version.id != but)
        found |= {version.id: version for version in session.scalars(query)}
    return list(found.values())


def items_by_key(session: Session, keys: set[str]) -> dict[str, str]:
    """The ids of concepts by key, as far as there are any; one statement."""
    if not keys:
        return {}
    rows = session.execute(select(Item.slug, Item.id).where(Item.kind == CONCEPT, Item.slug.in_(sorted(keys))))
    return dict(rows.all())


def _insert(session: Session, table: type, rows: Iterable[dict[str, object]]) -> None:
    if found := list(rows):
        session.execute(insert(table), found)
