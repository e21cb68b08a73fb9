"""The keys that the instance signs with: made the first time, rotated, published, and never told."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from registry.actors import SYSTEM
from registry.backup import signing_keys
from registry.backup.kept import Copying
from registry.db import db, transaction
from registry.errors import Refused
from registry.events import Event
from registry.signing import private_files, services
from registry.signing.keys import read_ring

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ADDRESS = "/.well-known/signing-keys.json"


def _signer(instance: Path) -> services.Signer:
    with transaction() as session:
        return services.signer(session, SYSTEM, NOW, instance)


def _types() -> list[str]:
    query = select(Event.type).where(Event.type.like("SigningKey%")).order_by(Event.number)
    return list(db.session.scalars(query))


def test_a_key_is_made_once_kept_for_its_owner_and_published_without_its_private_half(any_app, tmp_path):
    first, again = _signer(tmp_path), _signer(tmp_path)
    assert first.kid == again.kid
    (file,) = (tmp_path / private_files.FOLDER).iterdir()
    assert file.stat().st_mode & 0o077 == 0
    answer = any_app.test_client().get(ADDRESS)
    ring = read_ring(answer.data)
    ring.verify(first.kid, b"said", first.sign(b"said"))
    assert file.read_text() not in answer.text
    assert file.read_text() not in json.dumps([event.data for event in db.session.scalars(select(Event))])
    assert _types() == ["SigningKeyMade"]


def test_what_a_retired_key_signed_is_still_verified_and_its_private_half_is_gone(app, tmp_path):
    app.config["INSTANCE"], kept = tmp_path, app.config["INSTANCE"]
    try:
        before = _signer(tmp_path)
        signature = before.sign(b"said in spring")
        result = app.test_cli_runner().invoke(args=["keys", "rotate"])
        assert result.exit_code == 0, result.output
        after = _signer(tmp_path)
        listed = app.test_cli_runner().invoke(args=["keys", "list", "--json"])
        exported = app.test_cli_runner().invoke(args=["keys", "export"])
    finally:
        app.config["INSTANCE"] = kept
    assert after.kid != before.kid
    ring = read_ring(app.test_client().get(ADDRESS).data)
    assert ring.by_kid.keys() == {before.kid, after.kid}
    assert read_ring(exported.output.encode()).by_kid.keys() == ring.by_kid.keys()
    assert [key["kid"] for key in json.loads(listed.output)["keys"] if "retired_at" in key] == [before.kid]
    ring.verify(before.kid, b"said in spring", signature)
    assert [file.name for file in (tmp_path / private_files.FOLDER).iterdir()] == [private_files.file_name(after.kid)]
    assert _types() == ["SigningKeyMade", "SigningKeyRetired", "SigningKeyMade"]


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_text("00" * 32)])
def test_a_machine_without_the_private_half_says_so_and_makes_no_other_key(app, tmp_path, spoil):
    kid = _signer(tmp_path).kid
    spoil(tmp_path / private_files.FOLDER / private_files.file_name(kid))
    with pytest.raises(Refused) as refused:
        _signer(tmp_path)
    assert refused.value.finding.code == "SIG-001"
    assert _types() == ["SigningKeyMade"]


def test_a_backup_has_the_key_in_use_and_says_where_it_is_missing(app, tmp_path):
    instance, target = tmp_path / "instance", tmp_path / "copy"
    kid = _signer(instance).kid
    assert signing_keys.named(db.session) == [kid]
    copying = Copying(instance / private_files.FOLDER, target)
    assert signing_keys.copy([kid], copying) == []
    assert private_files.find(tmp_path, kid, b"") is None
    assert (target / private_files.file_name(kid)).read_text() == (
        instance / private_files.FOLDER / private_files.file_name(kid)
    ).read_text()
    private_files.forget(instance, kid)
    assert [one.code for one in signing_keys.copy([kid], Copying(instance / private_files.FOLDER, tmp_path / "b"))] == [
        "BACK-012"
    ]
