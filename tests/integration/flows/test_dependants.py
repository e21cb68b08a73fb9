"""What rests on a version: counted and paged in the database, for each reader what a walk over every edge would find."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, tuple_

from information_models.starter.load import load_measures
from registry import dependants, references
from registry.actors import PUBLIC, SYSTEM
from registry.columns import new_id
from registry.db import db, transaction
from registry.items.tables import Item, Version
from registry.jobs import drain
from registry.paging import SIZE
from registry.references import BY_WAY_OF, Edge
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.tables import TableVersion
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.deliveries import DeliveryWorld, beds_csv
from tests.pages import read
from tests.snapshots import remembered
from tests.statements import counted

ASKED = (
    ("concept", "faststalld-vardplats"), ("code_list", "sjukhus"), ("model", "faststallda-vardplatser-per-sjukhus"),
    ("measure", "faststallda-vardplatser"),
)  # fmt: skip
_built: dict[str, DeliveryWorld] = {}


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    """A region that has delivered, with its published table; 45 deliveries more of its flow, and five that nobody else
    may see."""
    return load(organisations, actor)


def load(organisations, actor) -> DeliveryWorld:
    def build() -> None:
        world = DeliveryWorld.load(organisations, actor)
        with transaction() as session:
            load_measures(session, SYSTEM, NOW)
        first = world.sent(beds_csv(day="2026-03-01"))
        world.sent(beds_csv(day="2026-04-01"))
        drain()
        db.session.rollback()
        add_copies(first, 45)
        add_copies(first, 5, DeliveryState.IN_REVIEW)
        _built[str(db.engine.url)] = world

    remembered("dependants", build)
    return _built[str(db.engine.url)]


def add_copies(delivery_id: str, number: int, state: DeliveryState = DeliveryState.RELEASED) -> None:
    """Deliveries like one that was sent, with its edges, each sent a day after the one before."""
    with by_hand() as session:
        like = session.execute(select(*Delivery.__table__.c).where(Delivery.id == delivery_id)).one()._asdict()
        edges = references.edges_from(session, f"delivery:{delivery_id}")
        there = session.query(Delivery).count()
        for place in range(there, there + number):
            when = NOW + timedelta(days=place)
            own = {
                "id": new_id(), "number": f"L-2027-{place:04}", "state": state, "sent_at": when, "file_sha256": f"{place:064x}",
                "period_first": when.date(), "period_last": when.date(),
            }  # fmt: skip
            session.execute(insert(Delivery).values(like | own))
            for edge in edges:
                references.link(session, f"delivery:{own['id']}", edge.to_ref, edge.role, when)


def _walked(actor, ref):
    """The same by describing everything that a walk meets, as the pages once did."""
    steps = [step.ref for step in references.upwards(db.session, ref) if not step.ref.startswith("release:")]
    found: dict[str, set[str]] = {}
    for one, described in references.describe(db.session, actor, steps).items():
        found.setdefault(described.kind.sv, set()).add(one)
    return found


def _all(actor, ref, group):
    first = dependants.page_resting_on(db.session, actor, [ref], group.key, 1)
    rows = [row.ref for row in first.rows]
    for number in range(2, first.pages + 1):
        rows += [row.ref for row in dependants.page_resting_on(db.session, actor, [ref], group.key, number).rows]
    assert len(rows) == len(set(rows)) == first.total == group.total
    return set(rows)


def test_each_reader_is_told_of_what_a_walk_would_find_and_of_nothing_else(any_app, organisations, actor):
    world = load(organisations, actor)
    readers = {"public": PUBLIC, "own": world.officer, "another region": world.other, "recipient": world.flows.quality}
    kinds = set()
    with any_app.test_request_context():
        asked = select(Version.content_hash).join(Item).where(tuple_(Item.kind, Item.slug).in_(ASKED))
        for ref in [_flow(world).ref, *(f"version:{one}" for one in db.session.scalars(asked).all())]:
            for who, reader in [*readers.items(), ("the registry", SYSTEM)]:
                groups = dependants.resting_on(db.session, reader, [ref])
                told = {group.kind.label.sv: _all(reader, ref, group) for group in groups}
                assert told == _walked(reader, ref), (who, ref)
                kinds |= told.keys()
    assert kinds >= {"Leveranslinje", "Leverans", "Publicerad tabell", "Informationsmodell", "Mått"}


def _flow(world) -> Version:
    return db.session.scalars(select(Version).where(Version.item_id == world.item_id)).one()


def _deliveries(groups):
    return next((group.total, group.unseen) for group in groups if group.key == "delivery")


def test_deliveries_in_review_are_counted_for_their_sides_and_for_others_only_as_unseen(app, world):
    ref = _flow(world).ref
    readers = {"own": world.officer, "recipient": world.flows.quality, "other": world.other, "public": PUBLIC}
    with app.test_request_context():
        told = {who: _deliveries(dependants.affected(db.session, one, [ref])) for who, one in readers.items()}
    assert told == {"own": (52, 0), "recipient": (52, 0), "other": (47, 5), "public": (47, 5)}


def test_the_newest_twenty_are_shown_and_the_rest_is_a_link_away(world, client):
    model = world.flows.model()
    page = read(client.get(f"/modeller/{model.item.slug}/"))
    [deliveries] = page.find("//div[h3[contains(., 'Leverans') and not(contains(., 'linje'))]]")
    assert "47, de nyaste först" in deliveries.xpath("string(h3)")
    shown = [one.xpath("string()").split(",")[0] for one in deliveries.xpath(".//li/a")]
    assert shown == [f"L-2027-{place:04}" for place in range(46, 26, -1)]
    [whole] = deliveries.xpath("p/a")
    assert whole.text == "Leverans: visa alla 47"
    numbers = []
    for number in (1, 2, 3):
        page = read(client.get(f"{whole.get('href')}&sida={number}"))
        numbers += [one.xpath("string()").split(",")[0] for one in page.find("//ul[@class='uses']/li/a")]
    assert len(numbers) == len(set(numbers)) == 47
    assert set(shown) < set(numbers)
    assert page.find("string(//nav[@aria-label='Sidor']//*[@aria-current='page'])") == "Sida 3"


@pytest.mark.parametrize(
    "address", ["delivery", "table", "flow", "delivery?version=1", "delivery?sida=99", "delivery?fore=2"]
)
def test_the_lists_are_pages_in_both_languages(world, client, address):
    item = world.flows.model().item_id
    for language in ("sv", "en"):
        client.set_cookie("language", language)
        read(client.get(f"/granskning/sak/{item}/vilar-pa/{address}"))


@pytest.mark.parametrize("address", ["delivery?version=7", "delivery?fore=1", "sak", "decision"])
def test_a_list_that_there_is_not_is_not_found(world, client, address):
    assert client.get(f"/granskning/sak/{world.flows.model().item_id}/vilar-pa/{address}").status_code == 404


def test_the_list_of_an_item_that_one_may_not_see_is_not_found(world, signed_in):
    draft = world.flows.propose(title={"sv": "Ett till", "en": "One more"})
    item = db.session.get_one(Version, draft).item_id
    assert signed_in(world.other).get(f"/granskning/sak/{item}/vilar-pa/delivery").status_code == 404


def test_a_page_costs_the_same_statements_and_bytes_however_much_rests_on_it(world, client, signed_in):
    flow, model = _flow(world), world.flows.model()
    stated = db.session.scalars(
        select(Version).where(Version.item.has(kind="concept", slug="faststalld-vardplats"))
    ).first()
    pages = {
        f"/modeller/{model.item.slug}/": client,
        "/termbank/begrepp/faststalld-vardplats/version/1/": client,
        "/modeller/kodlistor/sjukhus/": client,
        f"/granskning/sak/{model.item_id}/vilar-pa/delivery?sida=2": client,
        f"/floden/{flow.item.slug}/version/{flow.number}": client,
        f"/granskning/version/{model.id}/atertagande/": signed_in(world.flows.norrbotten),
        f"/granskning/version/{stated.id}": client,
    }
    before = {address: _cost(who, address) for address, who in pages.items()}
    add_copies(db.session.scalars(select(Delivery.id).limit(1)).one(), 150)
    after = {address: _cost(who, address) for address, who in pages.items()}
    for address, (statements, size, status) in before.items():
        assert after[address][0] == statements, address
        assert abs(after[address][1] - size) < size * 0.05, address
        assert after[address][2] == status != 404, address


def _cost(client, address):
    client.get(address)
    with counted() as statements:
        answer = client.get(address)
    return len(statements), len(answer.data), answer.status_code


def test_a_table_is_summed_up_by_the_versions_of_its_deliveries_and_walks_pass_that_over(world):
    table = db.session.query(TableVersion).filter(TableVersion.published_at.is_not(None)).first()
    summed = select(Edge.to_ref).where(Edge.from_ref == table.ref, Edge.role == BY_WAY_OF)
    assert _flow(world).ref in db.session.scalars(summed).all()
    assert {step.role for step in references.downwards(db.session, table.ref)}.isdisjoint({BY_WAY_OF})
    assert BY_WAY_OF not in {edge.role for edge in references.edges_to(db.session, _flow(world).ref)}


def test_the_versions_above_a_version_are_found_without_its_deliveries(world):
    model = world.flows.model()
    with counted() as statements:
        above = dependants.versions_above_each(db.session, [model.ref])
    assert above[_flow(world).ref] == {model.ref}
    assert len(statements) == 1
    assert all(ref.startswith("version:") for ref in above)
    assert _flow(world).content_hash in db.session.scalars(dependants.versions_above([model.ref])).all()
    assert len(above) < SIZE


def test_what_rests_on_a_wording_through_others_says_through_which(world, client):
    page = read(client.get(f"/granskning/sak/{_concept().item_id}/vilar-pa/delivery"))
    rows = {" ".join(one.xpath("string()").split()) for one in page.find("//ul[@class='uses']/li")}
    model, flow = world.flows.model(), _flow(world)
    named = [f"{one.content['title']['sv']}, version {one.number}" for one in (model, flow)]
    assert any(row.endswith(f"genom {named[0]} (informationsmodell) → {named[1]} (leveranslinje)") for row in rows), (
        rows
    )


def _concept() -> Version:
    return db.session.scalars(
        select(Version).where(Version.item.has(kind="concept", slug="faststalld-vardplats"))
    ).first()


def test_a_way_by_what_a_reader_may_not_know_of_is_not_told(app, world, monkeypatch):
    with app.test_request_context():
        [first, *_others] = dependants.page_resting_on(db.session, SYSTEM, [_concept().ref], "delivery", 1).rows
        assert [one.kind.sv for one in first.way] == ["Informationsmodell", "Leveranslinje"]
        monkeypatch.setitem(app.extensions["registry"].resolvers, "version", lambda session, actor, hashes: {})
        [hidden, *_others] = dependants.page_resting_on(db.session, SYSTEM, [_concept().ref], "delivery", 1).rows
        assert hidden.way == () and not hidden.is_direct
