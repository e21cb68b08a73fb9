"""Who may do what: persons with roles, machine clients with scopes, the registry itself, and the public."""

import pytest

from registry.actors import PUBLIC, SYSTEM, SYSTEM_DECIDER, Actor, Held, Person, Role, Scope
from registry.errors import Forbidden, NotFound
from tests.factories.machine_clients import client_of, client_with_roles_of

HERE, ELSEWHERE = "a" * 32, "b" * 32
OFFICER = Person("1" * 32, frozenset({Held(HERE, Role.DATA_OFFICER)}))
DISCLOSER = Person("2" * 32, frozenset({Held(HERE, Role.DISCLOSING_OFFICER)}))


def test_a_role_is_required_in_the_organisation():
    OFFICER.require(Role.DATA_OFFICER, organisation_id=HERE)
    OFFICER.require(Role.DISCLOSING_OFFICER, Role.DATA_OFFICER, organisation_id=HERE)


def test_one_of_the_organisation_without_the_role_is_told_which_is_missing():
    with pytest.raises(Forbidden, match=r"^disclosing_officer$"):
        OFFICER.require(Role.DISCLOSING_OFFICER, organisation_id=HERE)


@pytest.mark.parametrize("who", [OFFICER, PUBLIC, Actor("3" * 32), client_of(HERE)])
def test_others_are_not_told_that_the_thing_exists_unless_all_may_know(who):
    with pytest.raises(NotFound):
        who.require(Role.DATA_OFFICER, Scope.PREPARE_DELIVERIES, organisation_id=ELSEWHERE)
    with pytest.raises(Forbidden, match=r"^data_officer$"):
        who.require(Role.DATA_OFFICER, Scope.PREPARE_DELIVERIES, organisation_id=ELSEWHERE, is_known=True)


def test_a_machine_client_may_do_what_its_scopes_say_where_it_belongs():
    client = client_of(HERE, Scope.PREPARE_DELIVERIES)
    client.require(Role.DATA_OFFICER, Scope.PREPARE_DELIVERIES, organisation_id=HERE)
    with pytest.raises(Forbidden):
        client.require(Role.DATA_OFFICER, Scope.SEND_DELIVERIES, organisation_id=HERE)
    assert client.belongs_to(HERE)
    assert not client.belongs_to(ELSEWHERE)


def test_a_machine_client_holds_no_role_whatever_its_scopes():
    client = client_of(HERE)
    assert not client.has_role(*Role)
    assert not client.has_role(*Role, organisation_id=HERE)
    assert client.organisations(*Role) == frozenset()
    with pytest.raises(Forbidden):
        client.require(*Role, organisation_id=HERE)


def test_a_machine_client_never_counts_as_a_person_even_with_roles():
    DISCLOSER.require_decider(Role.DISCLOSING_OFFICER, organisation_id=HERE)
    client = client_with_roles_of(DISCLOSER)
    client.require(Role.DISCLOSING_OFFICER, organisation_id=HERE)
    with pytest.raises(Forbidden, match=r"^disclosing_officer$"):
        client.require_decider(Role.DISCLOSING_OFFICER, organisation_id=HERE)
    with pytest.raises(NotFound):
        client.require_decider(Role.DISCLOSING_OFFICER, organisation_id=ELSEWHERE)
    assert not client.may_decide(Role.DISCLOSING_OFFICER, organisation_id=HERE)


def test_the_registry_itself_needs_no_role_and_is_nobody():
    for one in (SYSTEM, SYSTEM_DECIDER):
        one.require_decider(Role.LEGAL_REVIEWER, organisation_id=HERE)
        assert not one.counts_as_person
        assert not one.is_signed_in
        assert not one.belongs_to(HERE)


def test_persons_count_and_the_public_does_not():
    assert (OFFICER.counts_as_person, PUBLIC.counts_as_person, client_of(HERE).counts_as_person) == (True, False, False)
    assert (OFFICER.is_signed_in, PUBLIC.is_signed_in) == (True, False)
