"""What the pages of editions show: rows with ready texts and addresses, so many at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.findings import Finding, Language, Text
from registry.i18n import show_datetime, show_figure, show_size
from registry.items.diff import word_diff
from registry.items.tables import Version
from registry.jobs import OPEN, Job
from registry.paging import Page
from registry.web.problems import readable
from termbank.concepts.concept import is_web_address
from termbank.editions import comparing, content, queries, rewording
from termbank.editions.adopting import Mirrored, SaidText
from termbank.editions.comparing import Difference
from termbank.editions.content import Edition
from termbank.editions.files import READ
from termbank.editions.rewording import Text as Worded
from termbank.editions.rows import ALTERNATIVE, DEFINITION, HIDDEN, LABELS, LISTED, NOTATION, PREFERRED
from termbank.editions.searching import Hit
from termbank.editions.tables import EditionFile, EditionRelation, EditionResource, EditionText, Reading

LONGEST_COMPARED = 5_000
"""Letters of a text that are compared word by word."""
SHOWN = 20
"""So many others of each relation are shown on a concept's page; all of them have an address of their own."""
GROUP_TEXTS = {
    "broader": Text("Överordnade begrepp", "Broader concepts"),
    "narrower": Text("Underordnade begrepp", "Narrower concepts"),
    "related": Text("Relaterade begrepp", "Related concepts"),
    "exact": Text("Samma begrepp i andra vokabulärer", "Exact matches"),
    "close": Text("Nästan samma begrepp i andra vokabulärer", "Close matches"),
    "broad": Text("Vidare begrepp i andra vokabulärer", "Broad matches"),
    "narrow": Text("Snävare begrepp i andra vokabulärer", "Narrow matches"),
    "relatedMatch": Text("Närliggande begrepp i andra vokabulärer", "Related matches"),
    "listed": Text("Medlemmar, i ordning", "Members, in order"),
    "members": Text("Medlemmar", "Members"),
    "collections": Text("Ingår i samlingar", "Member of collections"),
    "schemes": Text("Begreppssystem", "Concept schemes"),
    "tops": Text("Toppbegrepp", "Top concepts"),
}
KIND_TEXTS = {
    PREFERRED: Text("Term", "Preferred label"),
    ALTERNATIVE: Text("Synonym", "Alternative label"),
    HIDDEN: Text("Dold sökform", "Hidden label"),
    DEFINITION: Text("Definition", "Definition"),
    "note": Text("Anmärkning", "Note"),
    "scopeNote": Text("Anmärkning om omfattning", "Scope note"),
    "historyNote": Text("Historik", "History note"),
    "changeNote": Text("Ändring", "Change note"),
    "editorialNote": Text("Redaktionell anmärkning", "Editorial note"),
    "example": Text("Exempel", "Example"),
    NOTATION: Text("Kod", "Notation"),
}
RESOURCE_TEXTS = {
    "concept": Text("Begrepp", "Concept"),
    "collection": Text("Samling", "Collection"),
    "ordered": Text("Ordnad samling", "Ordered collection"),
    "scheme": Text("Begreppssystem", "Concept scheme"),
    "other": Text("Något som vokabulären pekar på", "Something that the vocabulary points at"),
}
DIFFERENCE_TEXTS = {
    Difference.NEW: Text("Nya", "New"),
    Difference.CHANGED: Text("Ändrade", "Changed"),
    Difference.GONE: Text("Borttagna", "Gone"),
}
STATES = {
    Reading.WAITING: ("wait", Text("Väntar på att läsas in", "Waits to be read")),
    Reading.READING: ("wait", Text("Läses in", "Being read")),
    Reading.READY: ("ok", Text("Inläst", "Read")),
    Reading.FAILED: ("stop", Text("Kan inte läsas", "Cannot be read")),
    Reading.REMOVED: ("idle", Text("Tas bort", "Being removed")),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A resource as a line: what it is called, in which language, and where it is shown. ``href`` is empty for what the file
    only points at and that is no address on the web."""

    name: str
    language: str
    href: str
    note: str = ""
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Others that a resource leads to by one kind of relation; the first of them, and where all are."""

    key: str
    label: str
    rows: Sequence[Named]
    total: int
    href: str


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its label; ``language`` is its tag, which is shown too."""

    label: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """A version of an edition with its rows: what everything on its pages is shown from."""

    version: Version
    edition: Edition
    file: EditionFile
    language: Language

    @property
    def slug(self) -> str:
        return self.version.item.slug

    @property
    def title(self) -> Text:
        return content.title(self.version.content)

    def address(self, endpoint: str = "edition_version", **values: Any) -> str:
        return url_for(f"termbank.{endpoint}", slug=self.slug, number=self.version.number, **values)

    def named(self, one: EditionResource, note: str = "") -> Named:
        """A resource as a line of one of this edition's pages."""
        if one.kind == "other" and is_web_address(one.iri):
            return Named(one.iri, "", one.iri, note, is_outside=True)
        name, language = name_of(one, self.language)
        return Named(name, language, self.address("edition_resource", iri=one.iri), note)


def name_of(one: EditionResource, language: Language) -> tuple[str, str]:
    """What a resource is called for those who read this language, and the language that this is."""
    name, spoken = (one.name_sv, one.language_sv) if language == "sv" else (one.name_en, one.language_en)
    return (name, spoken if spoken != language else "") if name else (one.iri, "")


def hit_row(shown: ShownEdition) -> Callable[[Hit], Named]:
    """How a hit of a search is shown: what it was found as, where that is not its name."""

    def row(hit: Hit) -> Named:
        note = ""
        if hit.label is not None:
            kind = KIND_TEXTS[hit.label.kind].in_language(shown.language).lower()
            note = _("Found as %(term)s (%(kind)s).", term=hit.label.text[:200], kind=kind)
        return shown.named(hit.resource, note)

    return row


def groups(session: Session, shown: ShownEdition, one: EditionResource) -> list[Group]:
    """All that a resource leads to, each kind of relation with its beginning."""
    found = []
    for key in queries.groups_of(session, one):
        page = queries.others(session, one, key, shown.language, 1, SHOWN)
        if page.total:
            href = shown.address("edition_resource", iri=one.iri, relation=key)
            found.append(
                Group(key, GROUP_TEXTS[key].in_language(shown.language), _named(shown, page), page.total, href)
            )
    return found


def texts(session: Session, shown: ShownEdition, one: EditionResource) -> tuple[list[Said], list[Said]]:
    """Labels, and what else is said in words: the reader's language first, then the other of the interface."""
    order = {"sv": 1, "en": 1, shown.language: 0}
    rows = sorted(queries.texts(session, one), key=lambda row: (order.get(row.language[:2], 2), row.language))
    labels = [_said(row, shown.language) for kind in LABELS for row in rows if row.kind == kind]
    rest = [_said(row, shown.language) for kind in KIND_TEXTS if kind not in LABELS for row in rows if row.kind == kind]
    return list(dict.fromkeys(labels)), list(dict.fromkeys(rest))


@dataclass(frozen=True, slots=True)
class Reworded:
    """A text that differs from that of the edition before, word by word."""

    label: str
    language: str
    tokens: Sequence[tuple[str, str]]


def rewordings(session: Session, shown: ShownEdition, one: EditionResource, before: EditionResource) -> tuple[list[Reworded], int]:  # fmt: skip
    """What has changed in the words of a concept since the edition before, and how many changes are not shown."""
    was, now = (
        [Worded(row.kind, row.language, row.text) for row in queries.texts(session, each)] for each in (before, one)
    )
    found = [each for each in rewording.rewordings(was, now) if each.kind in KIND_TEXTS]
    rows = [
        Reworded(KIND_TEXTS[each.kind].in_language(shown.language), each.language, word_diff(each.before[:LONGEST_COMPARED], each.after[:LONGEST_COMPARED]))
        for each in found[: rewording.MOST]
    ]  # fmt: skip
    return rows, len(found) - len(rows)


def statements(session: Session, one: EditionResource) -> list[tuple[str, str]]:
    """What else the file says: the predicate, and the object as N-Triples writes it."""
    return [(row.predicate, row.object) for row in queries.statements(session, one)]


def differences(session: Session, shown: ShownEdition, before: EditionFile) -> list[tuple[str, str, str, str]]:
    """(key, label, number, address) of what is new, changed and gone since an edition before."""
    counted = comparing.counts(session, before, shown.file)
    return [
        (one.value, DIFFERENCE_TEXTS[one].in_language(shown.language), show_figure(counted[one]), shown.address("edition_differences", visa=one.value))
        for one in Difference
    ]  # fmt: skip


def counted(counts: Mapping[str, int], language: Language) -> list[tuple[str, str]]:
    """What a file holds, in labels and figures."""
    return [
        (label.in_language(language), show_figure(counts[kind]))
        for kind, label in content.COUNTS.items()
        if kind in counts
    ]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that was sent in, as its page and the list of files show it."""

    file: EditionFile
    status: tuple[str, str]
    about: str
    href: str
    is_under_way: bool
    fault: object | None
    stages: Sequence[tuple[str, str, str, str]] = ()


def file_row(session: Session, file: EditionFile, language: Language) -> FileRow:
    """The file with how far it has come."""
    kind, word = STATES[Reading(file.state)]
    is_under_way = file.state in (Reading.WAITING, Reading.READING)
    said = word.in_language(language)
    return FileRow(
        file,
        (kind, said),
        f"{show_size(file.size)}, {show_datetime(file.sent_at)}",
        url_for("termbank.edition_file", file_id=file.id),
        is_under_way,
        readable(Finding.from_dict(file.fault)) if file.fault else None,
        ((_("Reading the file"), kind, said, _told(session, file) if is_under_way else ""),),
    )


def _told(session: Session, file: EditionFile) -> str:
    """How many texts the worker has written so far."""
    job = session.scalar(
        select(Job).where(Job.kind == READ, Job.state.in_(OPEN), Job.payload == {"file": file.id}).limit(1)
    )
    done = int((job.progress or {}).get("done", 0)) if job is not None else 0
    return _("%(number)s texts so far", number=show_figure(done)) if done else ""


def mirrored(session: Session, one: EditionResource) -> Mirrored:
    """A concept with everything that its file says of it, for a draft of ours. Blank nodes get addresses of this instance."""
    found = session.execute(
        select(EditionRelation.kind, EditionResource.iri)
        .join(EditionResource, (EditionResource.file_id == EditionRelation.file_id) & (EditionResource.number == EditionRelation.target))
        .where(EditionRelation.file_id == one.file_id, EditionRelation.resource == one.number, EditionRelation.kind != LISTED)
        .order_by(EditionRelation.number)
        .limit(queries.MOST_TEXTS)
    ).all()  # fmt: skip
    base = f"{current_app.config['BASE_ADDRESS']}/.well-known/genid/edition-{one.file_id}-"

    def skolem(name: str) -> str:
        return base + name[2:] if name.startswith("_:") else name

    return Mirrored(
        skolem(one.iri),
        [SaidText(text.kind, text.text, text.language, text.datatype) for text in queries.texts(session, one)],
        [(kind, skolem(iri)) for kind, iri in found],
        [
            (row.predicate, f"<{skolem(row.object)}>" if row.object.startswith("_:") else row.object)
            for row in queries.statements(session, one)
        ],
    )


def _said(row: EditionText, language: Language) -> Said:
    return Said(KIND_TEXTS[row.kind].in_language(language), row.text, row.language)


def _named(shown: ShownEdition, page: Page[EditionResource]) -> list[Named]:
    return [shown.named(one) for one in page.rows]
