"""Change sets that an import makes, and the road that one takes: read, made, checked, sent, decided, published.

The vocabulary is made up as national ones are: compounds, several terms, definitions that use concepts that come before,
a hierarchy, associations between neighbours, notes and notations.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry import clock, jobs
from registry.actors import Actor
from registry.db import db
from registry.items.change_sets import jobs as set_jobs
from registry.items.change_sets.acts import Decide, Publish, SetAct, Submit
from registry.items.lifecycle import Outcome
from registry.items.tables import ChangeSet, Item
from termbank.file_texts.searching import SearchedFile
from termbank.imports import files
from termbank.imports.tables import ConceptImport
from termbank.notions import SCHEME
from tests.by_hand import by_hand
from tests.factories.many_concepts import BELOW, name_of

SCHEME_KEY = "vardplatser"


def vocabulary(number: int, note: str = "påhittat") -> bytes:
    """So many concepts in Turtle; with another note each of them is another."""
    lines = ["@prefix skos: <http://www.w3.org/2004/02/skos/core#> .", "<https://v.example/s> a skos:ConceptScheme ."]
    for place in range(number):
        name, relations = name_of(place), ""
        if place:
            relations = f"; skos:broader <https://v.example/{(place - 1) // BELOW}> "
        if place % BELOW in (1, 4) and place + 1 < number:
            relations += f"; skos:related <https://v.example/{place + 1}> "
        lines.append(
            f"<https://v.example/{place}> a skos:Concept ; skos:inScheme <https://v.example/s> ; "
            f'skos:prefLabel "{name}"@sv, "{name} in English"@en ; skos:altLabel "annan {name_of(place + 7)}"@sv ; '
            f'skos:definition "företeelse nummer {place} intill {_other(place, place * 7 // 11)} och {_other(place, place * 13 // 17)}"@sv ; '
            f'skos:scopeNote "{note} om {name_of(place * 3 % number)}"@sv ; skos:notation "A{place}" {relations}.'
        )
    return "\n".join(lines).encode()


def _other(place: int, other: int) -> str:
    own, name = name_of(place), name_of(other)
    return "annat" if own in name or name in own else name


@dataclass(frozen=True)
class Road:
    """The way of imported change sets, by whoever writes and whoever decides. Each step begins what the worker does."""

    writer: Actor
    decider: Actor

    def read(self, data: bytes, *, is_whole: bool = False) -> str:
        """Send a file in; gives the import."""
        with by_hand() as session:
            scheme = session.scalars(select(Item).where(Item.kind == SCHEME, Item.slug == SCHEME_KEY)).one()
            one = files.receive(
                session, self.writer, clock.now(), scheme=scheme, file=SearchedFile("a.ttl", data), is_whole=is_whole
            )
            import_id, waits = one.id, one.work_id is None
        if waits:
            files.tell(import_id)
        return import_id

    def make(self, import_id: str, title: str = "Import") -> None:
        """Ask for the change set of what was told."""
        with by_hand() as session:
            one = session.get_one(ConceptImport, import_id)
            assert one.stopped is None, one.stopped
            is_now = files.ask_to_make(session, self.writer, clock.now(), one, title=title, seen=one.fingerprint or "")
        if is_now:
            files.make(import_id, self.writer)

    def set_of(self, import_id: str) -> str:
        db.session.rollback()
        one = db.session.get_one(ConceptImport, import_id)
        assert one.change_set_id, one.stopped
        return one.change_set_id

    def check(self, set_id: str) -> None:
        with by_hand() as session:
            set_jobs.ask(session, clock.now(), session.get_one(ChangeSet, set_id))

    def submit(self, set_id: str) -> None:
        self._take(set_id, self.writer, Submit())

    def decide(self, set_id: str) -> None:
        seen = db.session.get_one(ChangeSet, set_id).manifest_hash or ""
        self._take(set_id, self.decider, Decide("wording", Outcome.APPROVE, "Rätt.", seen))

    def publish(self, set_id: str, first: date | None = None) -> None:
        self._take(set_id, self.decider, Publish(first))

    def _take(self, set_id: str, actor: Actor, act: SetAct) -> None:
        set_jobs.take(set_id, actor, act)
        db.session.rollback()

    def whole(self, data: bytes, *, is_whole: bool = False) -> str:
        """All the way; gives the set."""
        import_id = self.read(data, is_whole=is_whole)
        work()
        self.make(import_id)
        work()
        set_id = self.set_of(import_id)
        for step in (self.submit, self.decide, self.publish):
            step(set_id)
            work()
            stopped = db.session.get_one(ChangeSet, set_id).stopped
            assert stopped is None, (step, stopped)
        return set_id


def work() -> None:
    """What a worker does until there is nothing more."""
    jobs.drain()
    db.session.rollback()
    db.session.expire_all()
