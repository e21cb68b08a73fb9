"""The life of an administered item: who may do what, and what stays fixed."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from registry import references
from registry.actors import PUBLIC, Role
from registry.content import shapes
from registry.content.schemas import ContentSchema
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, NotFound, Refused
from registry.events import Event
from registry.finding_texts import MISSHAPEN
from registry.findings import Text
from registry.items import queries, services, withdrawing
from registry.items.kinds import ItemKind, Requirement
from registry.items.lifecycle import Change, Outcome, State
from registry.items.tables import Decision, Version
from tests.conftest import NOW
from tests.factories.machine_clients import client_with_roles_of

KIND = ItemKind(
    name="sample",
    schema=ContentSchema(
        "sample/1",
        shapes.record(
            {"content_schema": {"const": "sample/1"}, "name": shapes.STRING},
            {"rests_on": shapes.list_of(shapes.STRING), "is_counted": shapes.BOOLEAN},
        ),
        MISSHAPEN,
    ),
    label=Text("Prov", "Sample"),
    author_roles=(Role.TERMINOLOGIST,),
    requirements=(
        Requirement(Role.TERMINOLOGIST, "owner", "wording", Text("Ordalydelsen", "The wording")),
        Requirement(Role.MODELLER, "owner", "use", Text("Användningen", "The use")),
    ),
    parse=lambda content: (content, ()),
    title=lambda content: Text(content["name"], content["name"]),
    url=lambda item: f"/prov/{item.slug}",
    outline=lambda content: [(Text("Namn", "Name"), content["name"])],
    depends_on=lambda content: content.get("rests_on", ()),
)


@pytest.fixture
def world(any_app, organisations, actor):
    any_app.extensions["registry"].item_kinds["sample"] = KIND
    yield {
        "author": actor("author", (Role.TERMINOLOGIST, "forvaltare")),
        "colleague": actor("colleague", (Role.TERMINOLOGIST, "forvaltare")),
        "modeller": actor("modeller", (Role.MODELLER, "forvaltare")),
        "stranger": actor("stranger", (Role.TERMINOLOGIST, "25"), (Role.MODELLER, "25")),
        "owner": organisations["forvaltare"].id,
    }
    del any_app.extensions["registry"].item_kinds["sample"]


def _draft(world, slug="bed", **content) -> str:
    with transaction() as session:
        version = services.create_item(
            session,
            world["author"],
            NOW,
            kind="sample",
            slug=slug,
            content={"content_schema": "sample/1", "name": "bed", **content},
            organisation_id=world["owner"],
        )
        return version.id


def _submit(world, version_id, change=Change.NEW) -> None:
    with transaction() as session:
        services.submit(session, world["author"], NOW, session.get_one(Version, version_id), change=change)


def _decide(actor, version_id, aspect, outcome=Outcome.APPROVE, reason="It is right.") -> None:
    with transaction() as session:
        services.decide(
            session,
            actor,
            NOW,
            session.get_one(Version, version_id),
            requirement=aspect,
            outcome=outcome,
            reason=reason,
        )


def _published(world, slug="bed", **content) -> str:
    version_id = _draft(world, slug, **content)
    _submit(world, version_id)
    _decide(world["colleague"], version_id, "wording")
    _decide(world["modeller"], version_id, "use")
    with transaction() as session:
        services.publish(
            session, world["author"], NOW, session.get_one(Version, version_id), valid_from=date(2026, 1, 1)
        )
    return version_id


def test_a_version_is_decided_when_every_requirement_is_approved(world):
    version_id = _draft(world)
    _submit(world, version_id)
    _decide(world["colleague"], version_id, "wording")
    assert db.session.get_one(Version, version_id).state == State.IN_REVIEW
    _decide(world["modeller"], version_id, "use")
    assert db.session.get_one(Version, version_id).state == State.DECIDED


def test_the_author_cannot_decide(world):
    version_id = _draft(world)
    _submit(world, version_id)
    with pytest.raises(Refused) as refusal:
        _decide(world["author"], version_id, "wording")
    assert refusal.value.finding.code == "ITEM-005"


def test_the_database_itself_keeps_the_author_from_deciding(world):
    version_id = _draft(world)
    with pytest.raises(IntegrityError), transaction() as session:
        person = world["author"].person_id
        session.add(
            Decision(version_id=version_id, side="owner", aspect="wording", organisation_id=world["owner"], person_id=person,
                     author_id=person, outcome=Outcome.APPROVE, reason="x", decided_at=NOW)
        )  # fmt: skip


def test_a_stranger_with_the_role_elsewhere_cannot_decide(world):
    version_id = _draft(world)
    _submit(world, version_id)
    with pytest.raises(Forbidden):
        _decide(world["stranger"], version_id, "wording")


def test_an_aspect_is_decided_once(world):
    version_id = _draft(world)
    _submit(world, version_id)
    _decide(world["colleague"], version_id, "wording")
    with pytest.raises(Refused) as refusal:
        _decide(world["colleague"], version_id, "wording")
    assert refusal.value.finding.code == "ITEM-006"


def test_a_returned_version_can_be_mended_and_decided_by_the_same_people(world):
    version_id = _draft(world)
    _submit(world, version_id)
    _decide(world["colleague"], version_id, "wording", Outcome.RETURN, "The English is missing.")
    with transaction() as session:
        version = session.get_one(Version, version_id)
        assert version.state == State.RETURNED
        services.revise_draft(
            session, world["author"], NOW, version, content={"content_schema": "sample/1", "name": "hospital bed"}
        )
    _submit(world, version_id)
    _decide(world["colleague"], version_id, "wording")
    _decide(world["modeller"], version_id, "use")
    assert db.session.get_one(Version, version_id).state == State.DECIDED


def test_a_rejected_version_is_called_rejected_and_another_can_be_written(world):
    first = _published(world)
    content = {"content_schema": "sample/1", "name": "cot"}
    with transaction() as session:
        item = session.get_one(Version, first).item
        second = services.draft_successor(session, world["author"], NOW, item=item, content=content).id
    _submit(world, second, Change.MEANING)
    _decide(world["colleague"], second, "wording", Outcome.REJECT, "It is no bed.")
    rejected = db.session.get_one(Version, second)
    assert (rejected.state, rejected.ended_at, rejected.is_open) == (State.REJECTED, NOW, False)
    with pytest.raises(NotFound):
        queries.version_for(db.session, PUBLIC, second)
    with transaction() as session:
        item = session.get_one(Version, first).item
        third = services.draft_successor(session, world["author"], NOW, item=item, content=content)
        assert (third.number, third.base_hash) == (3, session.get_one(Version, first).content_hash)


def test_the_database_itself_keeps_an_item_to_one_version_that_is_worked_on(world):
    version_id = _draft(world)
    with pytest.raises(IntegrityError), transaction() as session:
        first = session.get_one(Version, version_id)
        session.add(
            Version(item_id=first.item_id, organisation_id=first.organisation_id, number=2, state=State.RETURNED,
                    content_text=first.content_text, content_hash=first.content_hash, author_id="1", created_at=NOW, changed_at=NOW)
        )  # fmt: skip


def test_a_submitted_version_cannot_be_changed(world):
    version_id = _draft(world)
    _submit(world, version_id)
    with pytest.raises(Refused), transaction() as session:
        services.revise_draft(
            session,
            world["author"],
            NOW,
            session.get_one(Version, version_id),
            content={"content_schema": "sample/1", "name": "other"},
        )


def test_a_successor_supersedes_from_the_day_it_applies(world):
    first = _published(world)
    with transaction() as session:
        item = session.get_one(Version, first).item
        second = services.draft_successor(
            session, world["author"], NOW, item=item, content={"content_schema": "sample/1", "name": "bed, staffed"}
        ).id
    _submit(world, second, Change.MEANING)
    _decide(world["colleague"], second, "wording")
    _decide(world["modeller"], second, "use")
    with transaction() as session:
        services.publish(session, world["author"], NOW, session.get_one(Version, second), valid_from=date(2026, 7, 1))
    before, after = db.session.get_one(Version, first), db.session.get_one(Version, second)
    assert (before.state, before.valid_to) == (State.SUPERSEDED, date(2026, 6, 30))
    assert (after.state, after.valid_from) == (State.PUBLISHED, date(2026, 7, 1))


def test_publication_records_what_the_version_rests_on(world):
    base = db.session.get_one(Version, _published(world)).content_hash
    above = db.session.get_one(Version, _published(world, "ward", name="ward", rests_on=[base]))
    assert [step.ref for step in references.upwards(db.session, f"version:{base}")] == [above.ref]


def test_drafts_are_seen_by_their_own_organisation_only(world):
    _draft(world)
    visible = lambda actor: db.session.query(Version).where(queries.visible(actor)).count()  # noqa: E731
    assert visible(world["colleague"]) == 1
    assert visible(world["stranger"]) == 0
    assert visible(PUBLIC) == 0


def test_every_step_leaves_an_event(world):
    _published(world)
    types = [event.type for event in db.session.query(Event).order_by(Event.number)]
    assert types[-5:] == ["DraftCreated", "VersionSubmitted", "VersionDecided", "VersionDecided", "VersionPublished"]


def test_a_change_that_no_event_tells_of_cannot_be_committed(world):
    version_id = _draft(world)
    with pytest.raises(RuntimeError, match="no event"), transaction() as session:
        session.get_one(Version, version_id).reason = "in silence"


NUMBER = "19121212-1212"


@pytest.mark.parametrize(
    "write",
    [
        lambda session, who, one: services.comment(session, who["colleague"], NOW, one, text=f"se {NUMBER}"),
        lambda session, who, one: withdrawing.withdraw(session, who["author"], NOW, one, reason=NUMBER),
        lambda session, who, one: services.revise_draft(
            session, who["author"], NOW, one, content={"content_schema": "sample/1", "name": NUMBER}
        ),
        lambda session, who, one: services.revise_draft(
            session, who["author"], NOW, one, content={"content_schema": "sample/1", "name": "säng"}, reason=NUMBER
        ),
    ],
)
def test_no_identity_number_is_kept_in_what_people_write_beside_or_in_an_item(world, write):
    version_id = _draft(world)
    with pytest.raises(Refused) as refusal, transaction() as session:
        write(session, world, session.get_one(Version, version_id))
    assert refusal.value.finding.code == "TXT-001" and NUMBER not in str(refusal.value.finding)
    with pytest.raises(Refused):
        _draft(world, slug="other", name=NUMBER)


def test_a_text_that_turns_the_direction_of_writing_is_kept_nowhere(world):
    version_id = _draft(world)
    turned, honest = "säng \u202egnäs", "säng, \u2067סדין\u2069"
    with pytest.raises(Refused) as refusal, transaction() as session:
        services.comment(session, world["colleague"], NOW, session.get_one(Version, version_id), text=turned)
    assert (refusal.value.finding.code, refusal.value.finding.params) == ("TXT-004", {"sign": "U+202E"})
    with pytest.raises(Refused):
        _draft(world, slug="other", name=turned)
    _draft(world, slug="another", name=honest)


def test_a_hash_is_not_taken_for_an_identity_number(world):
    _draft(world, rests_on=["1912121212" + "a" * 54])


def test_a_machine_client_does_not_decide_whatever_roles_it_was_given(world):
    version_id = _draft(world)
    _submit(world, version_id)
    with pytest.raises(Forbidden):
        _decide(client_with_roles_of(world["colleague"]), version_id, "wording")
    assert db.session.query(Decision).all() == []


@pytest.mark.parametrize(
    ("wrong", "path"),
    [({"is_counted": "no"}, "is_counted"), ({"is_conted": False}, "is_conted"), ({"name": 7}, "name")],
)
def test_content_that_does_not_fit_its_schema_is_kept_by_no_act_and_not_as_a_draft_either(world, wrong, path):
    good = {"content_schema": "sample/1", "name": "bed"}
    version_id = _draft(world)
    published = _published(world, "chair")
    with transaction() as session:
        item = session.get_one(Version, published).item
    acts = (
        lambda session: services.create_item(
            session, world["author"], NOW, kind="sample", slug="new", content={**good, **wrong},
            organisation_id=world["owner"],
        ),
        lambda session: services.revise_draft(
            session, world["author"], NOW, session.get_one(Version, version_id), content={**good, **wrong}
        ),
        lambda session: services.draft_successor(
            session, world["author"], NOW, item=session.get_one(type(item), item.id), content={**good, **wrong}
        ),
    )  # fmt: skip
    for act in acts:
        with pytest.raises(Invalid) as refusal, transaction() as session:
            act(session)
        assert [finding.places[0].field for finding in refusal.value.findings] == [path]
    assert queries.item_by_slug(db.session, "sample", "new") is None
    assert db.session.get_one(Version, version_id).content == good
