"""The projections of published concepts follow them, can be made anew, and make a page cost the same however many there are."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.items import queries as items
from registry.items.lifecycle import Change
from registry.items.starter import load_published, publish_loaded
from registry.items.tables import Item, Version
from termbank import services
from termbank.bank import indexing, listing, neighbours
from termbank.bank.numbers import numbers_of
from termbank.bank.queries import term_banks
from termbank.bank.tables import ConceptSearch, DefinitionUse, DefinitionWord, RelationRow, TermRow, TermStart
from termbank.definitions.linking import Linker
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.concepts import concept, older

pytestmark = pytest.mark.usefixtures("term_bank")


def everything() -> dict[str, set[tuple[object, ...]]]:
    """All rows of all projections."""
    db.session.expire_all()
    return {
        table.__tablename__: {
            tuple(row)
            for row in db.session.execute(select(*(one for one in table.__table__.columns if one.name != "id")))
        }
        for table in (*indexing.PROJECTIONS, *indexing.WORDS)
    }


def published(one, organisations, slug=None) -> Version:
    with transaction() as session:
        owner = organisations["forvaltare"].id
        if slug:
            version = load_published(
                session, NOW, kind="concept", slug=slug, content=older(one), organisation_id=owner, valid_from=None
            )
        else:
            version = services.draft_concept(
                session, SYSTEM, NOW, item=None, concept=one, organisation_id=owner, reason=""
            )
            publish_loaded(session, NOW, version, change=Change.NEW, valid_from=date(2026, 1, 1))
        identifier = version.id
    return db.session.get_one(Version, identifier)


def uses() -> dict[str, set[str]]:
    """Which concepts the Swedish definitions use, by key, as the projection has it."""
    slugs = dict(db.session.execute(select(Item.id, Item.slug)).all())
    rows = db.session.execute(
        select(Version.item_id, DefinitionUse.item_id)
        .join(Version, Version.id == DefinitionUse.version_id)
        .where(DefinitionUse.language == "sv")
    )
    found: dict[str, set[str]] = {}
    for item_id, used in rows:
        found.setdefault(slugs[item_id], set()).add(slugs[used])
    return found


def linked() -> dict[str, set[str]]:
    """The same, as linking the whole term bank has it."""
    bank = term_banks.term_bank(db.session)
    linker = Linker(bank.known)
    found = {slug: set(linker.used_in(one.defined_in("sv"), but=(slug,))) for slug, one in bank.known.items()}
    return {slug: used for slug, used in found.items() if used}


def test_what_is_written_piece_by_piece_is_what_is_made_anew(app):
    before = everything()
    assert {name: bool(rows) for name, rows in before.items()} == dict.fromkeys(before, True)
    with transaction() as session:
        assert indexing.rebuild(session, SYSTEM, NOW) == 35
    assert everything() == before
    assert uses() == linked()
    result = app.test_cli_runner().invoke(args=["termbank", "reindex"])
    assert result.exit_code == 0 and "35 " in result.output
    assert everything() == before


def test_an_instance_without_projections_gets_them_once(app):
    before = everything()
    with transaction() as session:
        for table in indexing.PROJECTIONS:
            session.execute(delete(table))
        assert indexing.complete(session, SYSTEM, NOW) == 35
    assert everything() == before
    with transaction() as session:
        assert indexing.complete(session, SYSTEM, NOW) == 0


def test_a_version_that_has_lost_some_of_its_rows_gets_them_again(app):
    before = everything()
    with transaction() as session:
        session.execute(
            delete(TermRow).where(TermRow.version_id == select(TermRow.version_id).limit(1).scalar_subquery())
        )
        assert indexing.complete(session, SYSTEM, NOW) == 1
    assert everything() == before


def test_concepts_of_one_name_are_listed_in_the_order_of_their_numbers(organisations):
    slugs = [published(concept("rad", "row"), organisations).item.slug for _ in range(5)]
    listed = listing.page_of_letters(db.session, "sv", listing.Choice(), (), 1, 5, "R").rows
    offered, _are_all = listing.offered(db.session, "sv", (), "", 50)
    numbers = [int(slug) for slug in slugs]
    assert numbers == sorted(numbers)
    assert [db.session.get_one(Item, one.item_id).slug for one in listed if one.text == "rad"] == slugs
    assert [slug for _item_id, slug, name in offered if name == "rad"] == slugs


def test_a_new_term_is_found_in_the_definitions_that_were_there(organisations):
    assert "ny-term" not in str(uses())
    other = published(concept("platsägare", definition="den som äger en sovplätt"), organisations)
    assert other.item.slug not in uses()
    new = published(concept("sovplätt"), organisations)
    assert uses()[other.item.slug] == {new.item.slug}
    assert uses() == linked()
    item = items.item_by_slug(db.session, "concept", new.item.slug)
    assert neighbours.defined_with(db.session, item, "sv") == ([(other.item.address, "platsägare")], 1)


def test_a_key_that_led_nowhere_is_healed_when_its_item_is_published(organisations):
    below = published(concept("hylla", broader=("skapdel",)), organisations, "hylla")
    [row] = db.session.scalars(select(RelationRow).where(RelationRow.version_id == below.id))
    assert (row.target_id, row.target_key) == (None, "skapdel")
    above = published(concept("skåpdel"), organisations, "skapdel")
    db.session.expire_all()
    [row] = db.session.scalars(select(RelationRow).where(RelationRow.version_id == below.id))
    assert row.target_id == above.item_id
    around = term_banks.bank_around(db.session, above.item, term_banks.concept_of(above))
    assert around.narrower["skapdel"] == ("hylla",)


@pytest.mark.parametrize("number", [1, 3, 5, 6, 23, 33, 35])
def test_a_page_shows_of_its_neighbours_what_the_whole_bank_would(number):
    bank = term_banks.term_bank(db.session)
    slug = numbers_of(db.session, bank.concepts)
    here = next(key for key, one in slug.items() if one == number)
    around = term_banks.bank_around(db.session, bank.versions[here].item, bank.concepts[here])
    assert around.narrower.get(here, ()) == bank.narrower.get(here, ())
    assert around.related[here] == bank.related[here]
    one = bank.concepts[here]
    texts = [(said.text, said.language) for said in one.definitions]
    texts += [(said.text, said.language) for note in (*one.notes, *one.problems) for said in note.texts]
    for text, language in texts:
        assert around.linker.pieces(text, language) == bank.linker.pieces(text, language)
    for above in one.broader:
        assert around.narrower[above] == bank.narrower[above]


def test_a_term_of_each_version_names_it_in_each_language():
    rows = db.session.scalars(select(TermRow)).all()
    for language in ("names_sv", "names_en"):
        named = [row.version_id for row in rows if getattr(row, language)]
        assert len(named) == len(set(named)) == len({row.version_id for row in rows})


COPIED = (TermRow, TermStart, RelationRow, DefinitionWord, ConceptSearch)


def add_copies(first: int, last: int) -> None:
    """Concepts like one of the starter's, of these places: items, published versions and their rows, without events."""
    pattern = items.current_by_slug(db.session, "concept", "disponibel-vardplats")
    kept = {
        table: [_values(row) for row in db.session.scalars(select(table).where(table.version_id == pattern.id))]
        for table in COPIED
    }
    rows = {table: [] for table in (Item, Version, *COPIED)}
    for place in range(first, last):
        ids = {"item_id": f"{place:032x}", "version_id": f"{place + 10**6:032x}"}
        rows[Item].append({**_values(pattern.item), "id": ids["item_id"], "slug": f"kopia-{place:05}"})
        text = pattern.content_text.replace("disponibel vårdplats", f"xkopia{place:05}")
        rows[Version].append(
            {
                **_values(pattern),
                "id": ids["version_id"],
                "item_id": ids["item_id"],
                "content_text": text,
                "content_hash": f"{place:064x}",
            }
        )
        for table in COPIED:
            for row in kept[table]:
                own = {name: value for name, value in ids.items() if name in row}
                spelled = {"start": f"{row['start']}{place}"} if "start" in row else {}
                rows[table].append(
                    {**row, **own, **spelled, **({"id": 10**6 + place} if table is ConceptSearch else {})}
                )
    with by_hand() as session:
        for table, found in rows.items():
            for start in range(0, len(found), 2_000):
                session.execute(
                    table.__table__.insert(), [_columns(table, one) for one in found[start : start + 2_000]]
                )


def _values(row) -> dict[str, object]:
    return {one.key: getattr(row, one.key) for one in row.__mapper__.column_attrs}


def _columns(table, values) -> dict[str, object]:
    return {table.__mapper__.columns[name].name: value for name, value in values.items()}


def cost(client, counted, address) -> tuple[int, int]:
    client.get(address)
    with counted() as statements:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(statements), len(answer.data)


PUBLIC = (
    "/termbank/begrepp/6-faststalld-vardplats/", "/termbank/begrepp/33-vardplats/version/1/", "/termbank/", "/termbank/?sida=3",
    "/termbank/?bokstav=D", "/termbank/?visa=definierade&system=vardplatser", "/termbank/?q=disponibel", "/termbank/?q=v%C3%A5rdplatz",
    "/termbank/traffar?q=disp", "/termbank/?ordning=hierarki", "/termbank/?ordning=hierarki&under=vardplats",
    "/termbank/?ordning=fristaende",
)  # fmt: skip
WRITING = ("/termbank/nytt", "/termbank/begrepp/vardplats/andra")


@pytest.mark.parametrize("more", [1_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_a_page_costs_the_same_however_many_concepts_there_are(
    client, signed_in, terminologist, statements_counted, more
):
    writer = signed_in(terminologist)
    add_copies(0, 500)
    reading = {**dict.fromkeys(PUBLIC, client), **dict.fromkeys(WRITING, writer)}
    before = {address: cost(reader, statements_counted, address) for address, reader in reading.items()}
    add_copies(500, more)
    now = {address: cost(reader, statements_counted, address) for address, reader in reading.items()}
    differing = {
        address: (before[address], now[address])
        for address in reading
        if before[address][0] != now[address][0]
        or abs(before[address][1] - now[address][1]) > before[address][1] * 0.05
    }
    assert differing == {}
