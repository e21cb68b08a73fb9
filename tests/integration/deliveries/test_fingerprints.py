"""A hash must not give away a small number: who may read the hashes of a delivery that counts persons."""

from datetime import date

import pytest

import wsgi
from registry.db import db
from submission_portal.deliveries.tables import Delivery
from submission_portal.demonstration import people
from tests.conftest import Browser
from tests.demonstration import copied


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    app = wsgi.create_app(
        {"INSTANCE": copied(tmp_path_factory, "fingerprints"), "TESTING": True, "WTF_CSRF_ENABLED": False}
    )
    app.test_client_class = Browser
    with app.app_context():
        yield app
        db.session.close()
        db.engine.dispose()


def _delivery(file_name: str) -> Delivery:
    return db.session.query(Delivery).filter(Delivery.file_name.startswith(file_name)).order_by(Delivery.number).first()


def _pages(client, delivery: Delivery) -> str:
    number = delivery.number
    addresses = (
        f"/leveranser/{number}/",
        f"/leveranser/{number}/kvittens.json",
        f"/spar/{number}",
        f"/spar/delivery:{delivery.id}",
    )
    return "".join(
        client.get(address, follow_redirects=True).get_data(as_text=True).replace(" ", "") for address in addresses
    )


def test_the_public_gets_no_hash_of_a_delivery_that_counts_persons(served):
    delivery = _delivery("dagliga")
    seen = _pages(served.test_client(), delivery)
    assert delivery.number in seen
    for secret in (delivery.file_sha256, delivery.content_hash):
        assert secret not in seen
        assert secret[:8] not in seen


def test_a_guess_at_the_file_is_not_confirmed(served):
    delivery = _delivery("dagliga")
    assert served.test_client().get(f"/spar/{delivery.file_sha256}").status_code == 404


def test_the_region_keeps_the_proof_of_what_it_sent(served):
    delivery = _delivery("dagliga")
    client = served.test_client()
    password = people.password(served.config["INSTANCE"])
    client.post("/logga-in", data={"login": "uppgiftslamnare-99", "password": password})
    assert client.get(f"/leveranser/{delivery.number}/kvittens.json").json["file_sha256"] == delivery.file_sha256


def test_beds_are_not_persons_and_their_hashes_are_public(served):
    delivery = _delivery("faststallda")
    assert (
        served.test_client().get(f"/leveranser/{delivery.number}/kvittens.json").json["file_sha256"]
        == delivery.file_sha256
    )
    assert delivery.period_first == date(2018, 2, 28)
