"""Acts on change sets, each in a transaction of its own, as an edge takes them."""

from datetime import date

from registry.db import db, transaction
from registry.items import services
from registry.items.change_sets import queries, rebasing, writing
from registry.items.change_sets.acts import Decide, Publish, Submit
from registry.items.change_sets.jobs import take
from registry.items.lifecycle import Outcome
from registry.items.tables import ChangeSet, Item, Version
from tests.conftest import NOW

FIRST_DAY = date(2027, 1, 1)


def make_set(who, organisation_id, title="Sängar", *, is_imported=False) -> str:
    with transaction() as session:
        return writing.create(
            session, who, NOW, organisation_id=organisation_id, title=title, is_imported=is_imported
        ).id


def begin_in(who, set_id, item_id, **more) -> str:
    with transaction() as session:
        found = session.get_one(ChangeSet, set_id)
        return writing.begin(session, who, NOW, found, session.get_one(Item, item_id), **more).id


def put_in(who, set_id, version_id) -> None:
    with transaction() as session:
        writing.put_in(session, who, NOW, session.get_one(ChangeSet, set_id), session.get_one(Version, version_id))


def revise(who, version_id, content, **more) -> None:
    with transaction() as session:
        services.revise_draft(session, who, NOW, session.get_one(Version, version_id), content=content, **more)


def submit_set(who, set_id) -> None:
    take(set_id, who, Submit(), NOW)


def decide_set(who, set_id, aspect="wording", outcome=Outcome.APPROVE, *, seen=None, reason="Rätt.") -> None:
    seen = seen or db.session.get_one(ChangeSet, set_id).manifest_hash or ""
    take(set_id, who, Decide(aspect, outcome, reason, seen), NOW)


def publish_set(who, set_id, valid_from=FIRST_DAY) -> None:
    take(set_id, who, Publish(valid_from), NOW)


def rebase(who, version_id, chosen=None) -> str:
    with transaction() as session:
        version = session.get_one(Version, version_id)
        found = rebasing.three_ways(session, version)
        onto = found.theirs.content_hash if found else ""
        return rebasing.rebase(session, who, NOW, version, onto=onto, chosen=chosen or {}).id


def states_in(set_id) -> list[str]:
    db.session.rollback()
    found = db.session.get_one(ChangeSet, set_id)
    return [str(found.state), *(str(one.version.state) for one in queries.members_of(db.session, found))]
