"""Reading editions: which there are, whose rows may be seen, and the resources of a file, always so many at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, union
from sqlalchemy.orm import Session, aliased

from registry.actors import Actor
from registry.content.canonical import canonical
from registry.errors import NotFound
from registry.findings import Language, Text
from registry.items import queries as items
from registry.items.lifecycle import OPEN, State
from registry.items.tables import Item, Version
from registry.paging import Page, page_of
from termbank.bank.tables import RelationRow
from termbank.editions import content
from termbank.editions.rows import COLLECTION, CONCEPT, LISTED, ORDERED, SCHEME
from termbank.editions.tables import (
    EditionFile,
    EditionRelation,
    EditionResource,
    EditionStatement,
    EditionText,
    Reading,
)
from termbank.editions.triples import DOWNWARDS, HAS_TOP, IN_SCHEME, MAPPED, MEMBER, RELATED, TOP_OF, UPWARDS
from termbank.notions import CONCEPT as CONCEPT_KIND
from termbank.notions import EDITION, MAPPINGS, RelationKind

COLLECTIONS = (COLLECTION, ORDERED)
MOST_NAMED, MOST_FOUND = 200, 60
"""IRIs that a concept's page looks up in editions, and resources that it takes with them."""
MOST_TEXTS = 1_000
"""So many texts of a resource are shown, and so many statements: there are files with 100,000 labels on one concept."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The relations by which others are found from a resource: as it states them, and as they state them of it."""

    stated: tuple[str, ...]
    told: tuple[str, ...] = ()


_EXACT, _CLOSE, _BROAD, _NARROW, _RELATED_MATCH = MAPPED
_KINDS = dict(zip(MAPPED, MAPPINGS, strict=True))
GROUPS: Mapping[str, Ways] = {
    "broader": Ways(UPWARDS, DOWNWARDS),
    "narrower": Ways(DOWNWARDS, UPWARDS),
    "related": Ways((RELATED,), (RELATED,)),
    "exact": Ways((_EXACT,), (_EXACT,)),
    "close": Ways((_CLOSE,), (_CLOSE,)),
    "broad": Ways((_BROAD,), (_NARROW,)),
    "narrow": Ways((_NARROW,), (_BROAD,)),
    "relatedMatch": Ways((_RELATED_MATCH,), (_RELATED_MATCH,)),
    "listed": Ways((LISTED,)),
    "members": Ways((MEMBER,)),
    "collections": Ways((), (MEMBER, LISTED)),
    "schemes": Ways((IN_SCHEME, TOP_OF), (HAS_TOP,)),
    "tops": Ways((HAS_TOP,), (TOP_OF,)),
}
"""How resources hang together, as pages and drafts see it, whichever of the two says so."""


def published(session: Session, number: int) -> Page[Version]:
    """A page of the editions that are in force or coming, the newest first."""
    query = select(Version).join(Item).where(Item.kind == EDITION, Version.state == State.PUBLISHED)
    return page_of(session, query.order_by(Version.published_at.desc(), Version.id), number)


def being_worked_on(session: Session, actor: Actor, number: int = 1) -> Page[Version]:
    """A page of the editions that are drafts or in review and that the actor may see, the newest first."""
    query = select(Version).join(Item).where(Item.kind == EDITION, items.is_open(), items.visible(actor))
    return page_of(session, query.order_by(Version.changed_at.desc(), Version.id), number)


def sent_in(session: Session, actor: Actor, number: int = 1) -> Page[EditionFile]:
    """A page of the files that the actor's organisations have sent in, the newest first."""
    query = select(EditionFile).where(EditionFile.organisation_id.in_(actor.organisations()))
    return page_of(session, query.order_by(EditionFile.sent_at.desc(), EditionFile.id), number)


def sent_file(session: Session, actor: Actor, file_id: int) -> EditionFile:
    """A file that was sent in by the actor's organisation. Raises ``NotFound``."""
    file = session.get(EditionFile, file_id)
    if file is None or not actor.belongs_to(file.organisation_id):
        raise NotFound("file")
    return file


def file_of(session: Session, version: Version) -> EditionFile | None:
    """The file that a version names, with its rows; ``None`` where it is not read, or its rows are gone."""
    edition = content.read(version.content)
    return session.scalar(
        select(EditionFile).where(
            EditionFile.organisation_id == version.organisation_id,
            EditionFile.sha256 == edition.file.sha256,
            EditionFile.base == edition.base,
            EditionFile.state == Reading.READY,
        )
    )


def resting_on(session: Session, file: EditionFile) -> Version | None:
    """A version that rests on the rows of a file: one that is open, or was published."""
    lives = or_(Version.state.in_(OPEN), Version.published_at.is_not(None))
    candidates = session.scalars(
        select(Version)
        .join(Item)
        .where(
            Item.kind == EDITION,
            Version.organisation_id == file.organisation_id,
            Version.content_text.contains(file.sha256, autoescape=True),
            lives,
        )
    )
    return next((one for one in candidates if content.read(one.content).base == file.base), None)


def title_of(version: Version) -> Text:
    return content.title(version.content)


def before(versions: Sequence[Version], version: Version) -> Version | None:
    """Of an item's versions, the edition that was published last before this one."""
    earlier = [one for one in versions if one.number < version.number and one.published_at is not None]
    return max(earlier, key=lambda one: one.number, default=None)


def resource(session: Session, file: EditionFile, iri: str) -> EditionResource:
    """The resource with this IRI. Raises ``NotFound``."""
    query = select(EditionResource).where(EditionResource.iri == iri, EditionResource.file_id == file.id)
    found = session.scalar(query) if "\0" not in iri else None  # PostgreSQL takes no text with a null character
    if found is None:
        raise NotFound("resource")
    return found


def sort_of(language: Language) -> ColumnElement[bytes]:
    """What resources are sorted by for those who read this language."""
    return EditionResource.sort_sv if language == "sv" else EditionResource.sort_en  # type: ignore[return-value]


def listed(session: Session, file: EditionFile, kinds: Sequence[str], language: Language, number: int) -> Page[EditionResource]:  # fmt: skip
    """A page of the resources of these kinds, in the order of their names."""
    query = select(EditionResource).where(EditionResource.file_id == file.id, EditionResource.kind.in_(kinds))
    return page_of(session, query.order_by(sort_of(language), EditionResource.number), number)


def tops(session: Session, file: EditionFile, language: Language, number: int) -> Page[EditionResource]:
    """A page of the concepts that have no broader one."""
    query = select(EditionResource).where(EditionResource.file_id == file.id, EditionResource.is_top)
    return page_of(session, query.order_by(sort_of(language), EditionResource.number), number)


def texts(session: Session, one: EditionResource, *kinds: str) -> list[EditionText]:
    """What is said of a resource in words (of these kinds), in the file's order; the first `MOST_TEXTS`."""
    query = select(EditionText).where(EditionText.file_id == one.file_id, EditionText.resource == one.number)
    if kinds:
        query = query.where(EditionText.kind.in_(kinds))
    return list(session.scalars(query.order_by(EditionText.number).limit(MOST_TEXTS)))


def statements(session: Session, one: EditionResource) -> list[EditionStatement]:
    """What else is said of a resource; the first `MOST_TEXTS`."""
    query = select(EditionStatement).where(
        EditionStatement.file_id == one.file_id, EditionStatement.resource == one.number
    )
    return list(session.scalars(query.order_by(EditionStatement.number).limit(MOST_TEXTS)))


def groups_of(session: Session, one: EditionResource) -> list[str]:
    """By which groups of relations others are found from a resource. Two statements."""
    stated, told = (
        set(session.scalars(select(EditionRelation.kind).where(EditionRelation.file_id == one.file_id, end == one.number).distinct()))
        for end in (EditionRelation.resource, EditionRelation.target)
    )  # fmt: skip
    found = [name for name, ways in GROUPS.items() if stated & set(ways.stated) or told & set(ways.told)]
    return [name for name in found if name != "members" or "listed" not in found]


def others(session: Session, one: EditionResource, group: str, language: Language, number: int, size: int) -> Page[EditionResource]:  # fmt: skip
    """A page of the resources that a group of relations leads to from a resource, by name; a list in its own order."""
    if group == "listed":
        return page_of(session, _in_order(one), number, size)
    query = select(EditionResource).where(
        EditionResource.file_id == one.file_id, EditionResource.number.in_(_ends(one, GROUPS[group]))
    )
    return page_of(session, query.order_by(sort_of(language), EditionResource.number), number, size)


def _in_order(one: EditionResource) -> Select[EditionResource]:
    target = and_(EditionResource.file_id == EditionRelation.file_id, EditionResource.number == EditionRelation.target)
    return (
        select(EditionResource)
        .join(EditionRelation, target)
        .where(
            EditionRelation.file_id == one.file_id,
            EditionRelation.resource == one.number,
            EditionRelation.kind == LISTED,
        )
        .order_by(EditionRelation.number)
    )


def _ends(one: EditionResource, ways: Ways) -> Select[int]:
    in_file = EditionRelation.file_id == one.file_id
    stated = select(EditionRelation.target.label("end")).where(
        in_file, EditionRelation.resource == one.number, EditionRelation.kind.in_(ways.stated)
    )
    told = select(EditionRelation.resource.label("end")).where(
        in_file, EditionRelation.target == one.number, EditionRelation.kind.in_(ways.told)
    )
    ends = union(stated, told).subquery()
    return select(ends.c.end).where(ends.c.end != one.number)


def described(session: Session, file: EditionFile) -> Mapping[str, str]:
    """What a file says of itself (title, licence, date, publisher), of its first schemes: what a form can begin with."""
    schemes = session.scalars(
        select(EditionResource)
        .where(EditionResource.file_id == file.id, EditionResource.kind == SCHEME)
        .order_by(EditionResource.sort_sv, EditionResource.number)
        .limit(5)
    ).all()
    found: dict[str, str] = {}
    for scheme in schemes:
        for said in statements(session, scheme):
            if (name := _OF_ITSELF.get(said.predicate)) is not None:
                found.setdefault(name, _plain(said.object))
        found.setdefault("title", scheme.name_sv)
    return found


_DC = ("http://purl.org/dc/terms/", "http://purl.org/dc/elements/1.1/")
_OF_ITSELF = {
    **{f"{space}{name}": "title" for space in _DC for name in ("title",)},
    **{f"{space}{name}": "licence" for space in _DC for name in ("license", "rights")},
    **{f"{space}{name}": "source" for space in _DC for name in ("publisher", "creator")},
    **{f"{space}{name}": "date" for space in _DC for name in ("issued", "modified", "date")},
}


def _plain(written: str) -> str:
    """The text of an object as N-Triples writes it, or its IRI.

    >>> _plain('"Möbler"@sv'), _plain("<https://a.example/>")
    ('Möbler', 'https://a.example/')
    """
    if written.startswith("<"):
        return written[1:-1]
    text = written[1 : written.rfind('"')]
    return text.replace('\\"', '"').replace("\\n", " ").replace("\\\\", "\\")


@dataclass(frozen=True, slots=True)
class InEdition:
    """A resource of an edition that is in force."""

    version: Version
    resource: EditionResource


def found_as(session: Session, iris: Collection[str]) -> dict[str, InEdition]:
    """The concepts of editions in force that have these IRIs, by IRI; the newest edition's. Two statements, none without IRIs."""
    wanted = sorted(iri for iri in iris if "\0" not in iri)[:MOST_NAMED]
    if not wanted:
        return {}
    found = session.scalars(
        select(EditionResource)
        .where(EditionResource.iri.in_(wanted), EditionResource.kind == CONCEPT)
        .limit(MOST_FOUND)
    ).all()
    return {one.resource.iri: one for one in _in_editions(session, found)}


def mapped_to(session: Session, iri: str) -> list[tuple[RelationKind, InEdition]]:
    """The concepts of editions in force that are mapped to an IRI, each with the kind of mapping that it states; two statements."""
    target = aliased(EditionResource)
    rows = session.execute(
        select(EditionRelation.kind, EditionResource)
        .join(target, and_(target.file_id == EditionRelation.file_id, target.number == EditionRelation.target))
        .join(
            EditionResource,
            and_(
                EditionResource.file_id == EditionRelation.file_id, EditionResource.number == EditionRelation.resource
            ),
        )
        .where(target.iri == iri, EditionRelation.kind.in_(MAPPED))
        .order_by(EditionResource.file_id.desc(), EditionResource.sort_sv)
        .limit(MOST_FOUND)
    ).all()
    there = {one.resource: one for one in _in_editions(session, [resource for _kind, resource in rows])}
    return [(_KINDS[kind], there[resource]) for kind, resource in rows if resource in there]


def _in_editions(session: Session, found: Sequence[EditionResource]) -> list[InEdition]:
    """Those of the resources whose file an edition in force names, the oldest first; one statement, none for nothing."""
    if not found:
        return []
    files = session.scalars(
        select(EditionFile).where(
            EditionFile.id.in_({one.file_id for one in found}), EditionFile.state == Reading.READY
        )
    ).all()
    versions = session.scalars(
        select(Version)
        .join(Item)
        .where(
            Item.kind == EDITION, items.in_force(),
            or_(*(Version.content_text.contains(file.sha256, autoescape=True) for file in files)) if files else false(),
        )
        .order_by(Version.published_at)
    ).all()  # fmt: skip
    named = [(version, content.read(version.content)) for version in versions]
    of_file = {
        file.id: version
        for file in files
        for version, edition in named
        if (version.organisation_id, edition.file.sha256, edition.base)
        == (file.organisation_id, file.sha256, file.base)
    }
    order = {version: place for place, version in enumerate(versions)}
    there = [InEdition(of_file[one.file_id], one) for one in found if one.file_id in of_file]
    return sorted(there, key=lambda one: order[one.version])


def adopted_as(session: Session, actor: Actor, iri: str) -> list[Version]:
    """Versions of our own concepts that are mapped exactly to this IRI: those in force, and those that are being written."""
    mapped = (
        select(RelationRow.version_id)
        .where(RelationRow.target_iri == iri, RelationRow.kind == RelationKind.EXACT.value)
        .scalar_subquery()
    )
    in_force = select(Version).join(Item).where(Version.id.in_(mapped), items.in_force(), items.visible(actor))
    written = (
        select(Version)
        .join(Item)
        .where(
            Item.kind == CONCEPT_KIND,
            items.is_open(),
            items.visible(actor),
            Version.content_text.contains(canonical(iri), autoescape=True),
        )
    )
    return [*session.scalars(in_force.limit(20)), *session.scalars(written.limit(20))]
