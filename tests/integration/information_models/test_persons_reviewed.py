"""A model that says otherwise of persons than is known is decided by a legal reviewer as well."""

import pytest

from information_models.kinds import MODEL
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid
from registry.items import queries as items
from registry.items import services
from registry.items.change_sets import writing
from registry.items.lifecycle import Change, Outcome, State
from registry.items.tables import Version
from registry.starter import RECIPIENT
from tests.conftest import NOW
from tests.pages import read

DAILY = "dagliga-vardplatser-per-avdelning"
REASON = {"sv": "Bara sängar räknas här.", "en": "Only beds are counted here."}


@pytest.fixture
def reviewer(models, actor):
    return actor("rattsgranskare", (Role.LEGAL_REVIEWER, RECIPIENT))


def drafted(modeller, reason=None) -> str:
    with transaction() as session:
        item = items.item_by_slug(session, MODEL, DAILY)
        content = items.current_by_slug(session, MODEL, DAILY).content
        element = next(one for one in content["elements"] if one["name"] == "overbelaggningar")
        element["concerns_persons"] = False
        if reason:
            content.update(content_schema="model/3", thresholds=None)
            element["persons_reason"] = reason
        return services.draft_successor(session, modeller, NOW, item=item, content=content, reason="Prov.").id


def sent(modeller, version_id) -> Version:
    with transaction() as session:
        services.submit(session, modeller, NOW, session.get_one(Version, version_id), change=Change.DIFFERENT)
    db.session.expire_all()
    return db.session.get_one(Version, version_id)


def decided(who, version_id, requirement) -> State:
    with transaction() as session:
        version = session.get_one(Version, version_id)
        services.decide(
            session, who, NOW, version, requirement=requirement, outcome=Outcome.APPROVE, reason="Så är det."
        )
    db.session.expire_all()
    return State(db.session.get_one(Version, version_id).state)


def test_a_flag_is_not_turned_off_without_a_word(modeller):
    with pytest.raises(Invalid) as refused:
        sent(modeller, drafted(modeller))
    assert [one.code for one in refused.value.findings] == ["MOD-029"]
    assert refused.value.findings[0].params["who"].sv == "versionen före"


def test_with_a_reason_the_recipients_legal_reviewer_decides_as_well(signed_in, modeller, colleague, reviewer):
    version_id = drafted(modeller, REASON)
    assert sent(modeller, version_id).state == State.IN_REVIEW
    assert decided(colleague, version_id, "model") == State.IN_REVIEW
    with pytest.raises(Forbidden):
        decided(colleague, version_id, "persons")
    page = read(signed_in(reviewer).get(f"/granskning/version/{version_id}"))
    assert REASON["sv"] in page.text and "Ditt beslut: Om personer" in page.text
    assert "Bara sängar räknas här." in read(signed_in(modeller).get(f"/modeller/{DAILY}/version/2/")).text
    assert decided(reviewer, version_id, "persons") == State.DECIDED


def test_a_change_set_does_not_decide_on_it(signed_in, modeller):
    author, version_id = signed_in(modeller), drafted(modeller, REASON)
    with transaction() as session:
        version = session.get_one(Version, version_id)
        made = writing.create(session, modeller, NOW, organisation_id=version.organisation_id, title="Paket")
        writing.put_in(session, modeller, NOW, made, version)
        set_id = made.id
    answer = author.post(f"/andringspaket/{set_id}/skicka", data={f"klass-{version_id}": "different"})
    assert "beslutas för sig" in read(answer, status=409).text
    db.session.expire_all()
    assert db.session.get_one(Version, version_id).state == State.DRAFT
