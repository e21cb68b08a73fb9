"""Objects lie under their organisation's prefix and are kept for as long as their class says."""

import pytest

from registry import events, storage
from registry.db import db, transaction
from registry.errors import NotFound
from registry.identity.actors import SYSTEM
from registry.storage import Retention
from tests.conftest import NOW


def _put(organisation, data, retention=Retention.DRAFT):
    with transaction() as session:
        events.record(session, "Kept", actor=SYSTEM, now=NOW, subject="object:1")
        stored = storage.put(
            session, organisation.id, "file", data, media_type="text/csv", retention=retention, now=NOW
        )
        return stored.key


def test_the_same_bytes_of_two_organisations_are_two_objects(any_app, organisations):
    first, second = _put(organisations["24"], b"a;b"), _put(organisations["25"], b"a;b")
    assert first != second
    assert first.startswith(organisations["24"].id)
    assert storage.read(db.session, second) == b"a;b"


def test_a_draft_can_be_erased_and_is_gone(any_app, organisations):
    key = _put(organisations["25"], b"draft")
    with transaction() as session:
        events.record(session, "Erased", actor=SYSTEM, now=NOW, subject="object:1")
        storage.remove(session, key)
    with pytest.raises(NotFound):
        storage.read(db.session, key)


def test_a_record_cannot_be_erased(any_app, organisations):
    key = _put(organisations["25"], b"received", Retention.RECORD)
    with pytest.raises(ValueError, match="record"), transaction() as session:
        storage.remove(session, key)
    assert storage.read(db.session, key) == b"received"


def test_a_draft_that_is_sent_becomes_a_record(any_app, organisations):
    key = _put(organisations["25"], b"file")
    assert _put(organisations["25"], b"file", Retention.RECORD) == key
    with pytest.raises(ValueError, match="record"), transaction() as session:
        storage.remove(session, key)
