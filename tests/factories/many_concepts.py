"""A term bank with many concepts more, made up: published in bulk, as a large import leaves them.

add(500)       within an application's context
"""

from collections.abc import Iterator
from datetime import date

from registry import clock
from registry.actors import SYSTEM
from registry.content import canonical as canonical_content
from registry.db import transaction
from registry.items.lifecycle import Change, State
from registry.items.tables import Item, Version
from registry.provenance import Provenance
from termbank.bank.indexing import complete
from termbank.bank.numbers import next_number
from termbank.bank.queries import published_schemes
from termbank.bank.tables import ConceptNumber
from termbank.concepts.concept import Concept, Definition, Relation, Target, Term
from termbank.notions import CONCEPT, Origin, RelationKind
from termbank.starter.load import steward_organisation

FIRST = [
    "vård", "sjuk", "hjärt", "lung", "barn", "dag", "natt", "akut", "hem", "öppen", "sluten", "psyk", "medicin",
    "kirurg", "ögon", "hud", "rygg", "knä", "blod", "njur",
]  # fmt: skip
LAST = [
    "plats", "enhet", "tid", "kontakt", "besök", "avdelning", "process", "mätning", "behandling", "utredning",
    "bedömning", "grad", "patient", "lista",
]  # fmt: skip
"""The beginnings and the ends of made-up compounds."""
BELOW = 8
"""Narrower concepts of each."""


def add(number: int, scheme: str = "vardplatser") -> None:
    """Publish so many concepts in the scheme, each under another and with a definition that uses one."""
    with transaction() as session:
        target = next(one for one in published_schemes.schemes(session) if one.slug == scheme)
        now, first = clock.now(), next_number(session)
        owner = steward_organisation(session).id
        made = [
            Item(kind=CONCEPT, slug=str(first + place), organisation_id=owner, created_at=now)
            for place in range(number)
        ]
        session.add_all(made)
        session.flush()
        session.add_all([ConceptNumber(item_id=one.id, number=int(one.slug)) for one in made])
        for item, one in zip(made, _concepts(made, Target(item=target.item)), strict=True):
            text = canonical_content.canonical(one.as_content())
            session.add(
                Version(
                    item_id=item.id, organisation_id=owner, number=1, state=State.PUBLISHED, content_text=text,
                    content_hash=canonical_content.content_hash(text), change=Change.NEW, author_id="made-up", round=1,
                    valid_from=date(2020, 1, 1), created_at=now, changed_at=now, submitted_at=now, decided_at=now, published_at=now,
                )
            )  # fmt: skip
        session.flush()
        complete(session, SYSTEM, now)


def _concepts(made: list[Item], scheme: Target) -> Iterator[Concept]:
    for place, item in enumerate(made):
        name = name_of(place)
        above = (Relation(RelationKind.GENERIC, Target(item=made[(place - 1) // BELOW].id)),) if place else ()
        yield Concept(
            scheme, Origin.PROPOSAL, False, Provenance.MADE_UP,
            terms=(Term(f"{name} in English", "en"), Term(name, "sv")),
            definitions=(Definition(f"företeelse nummer {place} intill {name_of(place * 7 % len(made))}", "sv"),),
            relations=above, item=item.id,
        )  # fmt: skip


def name_of(place: int) -> str:
    """
    >>> name_of(0), name_of(281), name_of(100_000)
    ('vårdplats', 'sjukplats 1', 'vårdtid 357')
    """
    word = FIRST[place % len(FIRST)] + LAST[place // len(FIRST) % len(LAST)]
    number = place // (len(FIRST) * len(LAST))
    return f"{word} {number}" if number else word
