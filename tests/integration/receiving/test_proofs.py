"""Receipts and heads of the log, checked by whoever holds them: with the registry's command, and with another program."""

import base64
import copy
import hashlib
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from registry.actors import SYSTEM
from registry.auditing import proofs
from registry.auditing.jobs import sign_log
from registry.auditing.verifying import audit
from registry.db import db, transaction
from registry.signing import private_files, services
from registry.signing.keys import read_ring
from submission_portal.deliveries.fingerprints import with_proof
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.deliveries import beds_csv

KEYS = "/.well-known/signing-keys.json"


@pytest.fixture
def signed(app, world):
    """A receipt as its parties have it, in a registry that has a key to sign with."""
    sign_log(NOW)
    receipt = world.delivery(world.sent()).receipt
    return json.loads(json.dumps(with_proof(db.session, receipt)))


def _ring(app):
    return read_ring(app.test_client().get(KEYS).data)


def _by_another_program(receipt, jwks):
    """What docs/api/receipts.md says, with nothing of the registry: raises where the receipt is not proven."""

    def hashed(value):
        return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())

    proof = receipt["proof"]
    event, head = proof["event"], proof["head"]
    claims = {name: value for name, value in receipt.items() if name != "proof"}
    assert event["data"]["claims"] == hashed(claims).hexdigest()
    found = hashlib.sha256(
        b"\x00" + hashed({"content_schema": "event/2", **event}).digest() + bytes.fromhex(event["salt"])
    ).digest()
    place, last = event["number"] - 1, head["size"] - 1
    for step in map(bytes.fromhex, proof["path"]):
        if place % 2 or place == last:
            found = hashlib.sha256(b"\x01" + step + found).digest()
            while not place % 2 and place:
                place, last = place // 2, last // 2
        else:
            found = hashlib.sha256(b"\x01" + found + step).digest()
        place, last = place // 2, last // 2
    assert last == 0 and found.hex() == head["root"]
    (key,) = (one for one in jwks["keys"] if one["kid"] == head["kid"])
    said = {name: head[name] for name in ("content_schema", "root", "signed_at", "size")}
    text = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    raw, signature = (base64.urlsafe_b64decode(one + "=" * (-len(one) % 4)) for one in (key["x"], head["signature"]))
    Ed25519PublicKey.from_public_bytes(raw).verify(signature, text)


def test_a_receipt_is_proven_by_its_file_and_the_public_keys_alone(any_app, world):
    sign_log(NOW)
    signed = json.loads(json.dumps(with_proof(db.session, world.delivery(world.sent()).receipt)))
    proven = proofs.check(signed, _ring(any_app))
    assert proven.number == signed["proof"]["event"]["number"]
    _by_another_program(signed, any_app.test_client().get(KEYS).json)
    assert audit(db.session).evidence.holds


def _changed(name):
    def change(receipt):
        receipt[name] = "0" * 64

    return change


def _in_event(receipt):
    receipt["proof"]["event"]["person_id"] = None


def _claims_to_fit(receipt):
    receipt["rows"] = 1
    claims = {name: value for name, value in receipt.items() if name != "proof"}
    receipt["proof"]["event"]["data"]["claims"] = proofs.claims_hash(claims)


def _other_root(receipt):
    receipt["proof"]["head"]["signature"] = receipt["proof"]["head"]["signature"][::-1]


def _without(*names):
    def change(receipt):
        inside = receipt
        for name in names[:-1]:
            inside = inside[name]
        inside.pop(names[-1])

    return change


def _set(value, *names):
    def change(receipt):
        inside = receipt
        for name in names[:-1]:
            inside = inside[name]
        inside[names[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_changed("file_sha256"), "claims_differ"),
        (_set(9, "rows"), "claims_differ"),
        (_in_event, "not_in_log"),
        (_claims_to_fit, "not_in_log"),
        (_set([], "proof", "path"), "not_in_log"),
        (_set(["00" * 32], "proof", "path"), "not_in_log"),
        (_set(99, "proof", "event", "number"), "not_in_log"),
        (_set("00" * 32, "proof", "head", "root"), "not_in_log"),
        (_other_root, "not_signed"),
        (_set("2020-01-01T00:00:00.000000+00:00", "proof", "head", "signed_at"), "not_signed"),
        (_set("x" * 43, "proof", "head", "kid"), "unknown_key"),
        (_set(None, "proof", "head"), "no_head"),
        (_without("proof"), "no_proof"),
        (_set([], "proof"), "not_readable"),
        (_set("yesterday", "proof", "event", "recorded_at"), "not_readable"),
        (_set("abc", "proof", "event", "salt"), "not_readable"),
        (_set([1], "proof", "path"), "not_readable"),
        (_without("proof", "event", "data"), "not_readable"),
        (_set(0.5, "rows"), "not_readable"),
        (_set({"content_schema": "head/2"}, "proof", "head"), "not_readable"),
    ],
)
def test_a_receipt_that_was_changed_is_refused_with_the_reason(app, signed, change, fault):
    changed = copy.deepcopy(signed)
    change(changed)
    with pytest.raises(proofs.NotProven) as caught:
        proofs.check(changed, _ring(app))
    assert caught.value.fault == fault


def test_the_command_says_whether_a_receipt_is_genuine(app, signed, tmp_path):
    keys, kept = tmp_path / "keys.json", tmp_path / "kvittens.json"
    keys.write_bytes(app.test_client().get(KEYS).data)
    kept.write_text(json.dumps(signed))
    runner = app.test_cli_runner()
    genuine = runner.invoke(args=["receipts", "verify", str(kept), "--keys", str(keys)])
    assert genuine.exit_code == 0 and signed["number"] in genuine.output
    assert runner.invoke(args=["audit", "verify", "--receipt", str(kept)]).exit_code == 0
    kept.write_text(json.dumps({**signed, "rows": 7}))
    changed = runner.invoke(args=["receipts", "verify", str(kept), "--keys", str(keys), "--json"])
    assert (changed.exit_code, json.loads(changed.output)) == (1, {"proven": False, "fault": "claims_differ"})
    assert runner.invoke(args=["audit", "verify", "--receipt", str(kept)]).exit_code == 1
    for unreadable in (b"[]", b"{", b"\xff", b'{"a": 1, "a": 2}', b"[" * 100_000):
        kept.write_bytes(unreadable)
        assert runner.invoke(args=["receipts", "verify", str(kept), "--keys", str(keys)]).exit_code == 2
        assert runner.invoke(args=["receipts", "verify", str(keys), "--keys", str(kept)]).exit_code == 2
        assert runner.invoke(args=["audit", "verify", "--consistency", str(kept)]).exit_code == 2
    assert runner.invoke(args=["audit", "verify", "--consistency", str(keys)]).exit_code == 2


def test_without_a_key_a_delivery_is_received_and_its_receipt_is_signed_later(any_app, world):
    receipt = world.delivery(world.sent()).receipt
    assert with_proof(db.session, receipt)["proof"]["head"] is None
    with pytest.raises(proofs.NotProven, match="no_head"):
        proofs.check(with_proof(db.session, receipt), _ring_of_a_new_key(any_app))
    sign_log(NOW + timedelta(days=1))
    proofs.check(with_proof(db.session, receipt), _ring(any_app))


def _ring_of_a_new_key(app):
    with transaction() as session:
        services.signer(session, SYSTEM, NOW, app.config["INSTANCE"])
    return _ring(app)


def test_a_key_that_is_lost_holds_no_delivery_up_and_the_next_one_signs_what_was_not(app, world):
    sign_log(NOW)
    with transaction() as session:
        kid = services.signer(session, SYSTEM, NOW, app.config["INSTANCE"]).kid
    private_files.forget(app.config["INSTANCE"], kid)
    receipt = world.delivery(world.sent()).receipt
    assert with_proof(db.session, receipt)["proof"]["head"] is None
    with transaction() as session:
        services.rotate(session, SYSTEM, NOW, app.config["INSTANCE"])
    sign_log(NOW)
    assert proofs.check(with_proof(db.session, receipt), _ring(app)).head.kid != kid
    assert audit(db.session).evidence.holds


def test_the_salt_is_for_the_parties_alone(app, signed):
    stranger = app.test_client().get(f"/leveranser/{signed['number']}/kvittens.json")
    assert stranger.status_code == 200, "what figures lead back to"
    assert "proof" not in stranger.json and signed["proof"]["event"]["salt"] not in stranger.text


def test_a_receipt_from_before_there_were_proofs_is_handed_out_as_it_was(app, world):
    receipt = world.delivery(world.sent()).receipt
    with by_hand():
        receipt.event_number = None
    assert with_proof(db.session, receipt) == receipt.body


def test_heads_are_published_and_each_later_log_is_proven_to_begin_with_the_earlier(app, world, signed):
    client = app.test_client()
    world.sent(beds_csv(day="2026-03-02"))
    page = client.get("/logg/")
    newest, first = client.get("/logg/huvud.json").json, signed["proof"]["head"]
    assert page.status_code == 200 and newest["root"][:8] in page.text
    assert client.get(f"/logg/huvuden/{first['size']}.json").json == first
    proof = client.get(f"/logg/huvuden/{first['size']}/{newest['size']}.json").json
    assert (proof["old"], proof["new"]) == (first, newest)
    path = [bytes.fromhex(step) for step in proof["path"]]
    roots = bytes.fromhex(first["root"]), bytes.fromhex(newest["root"])
    assert proofs.merkle.is_consistent(first["size"], newest["size"], *roots, path)
    for nothing in ("0", "1", "9" * 30, f"{newest['size']}/{first['size']}", f"{first['size']}/{'9' * 30}"):
        assert client.get(f"/logg/huvuden/{nothing}.json").status_code == 404
