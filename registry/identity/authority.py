"""Who may give which roles, and see to whose account.

A region's roles are its own administrator's to give; those of recipients and stewards are the central administrators'.
An account is seen to by who may give every role that it holds: a link to choose a password is a way into all of them.
Closing is the exception, since it gives nobody anything: a central administrator closes any account at once.
"""

from collections.abc import Iterable

from registry.actors import Actor, Role
from registry.errors import Forbidden, Refused
from registry.finding_texts import FINDINGS
from registry.findings import Text
from registry.identity.tables import Organisation, Person

REGION = "region"


def may_give_roles(actor: Actor, organisation: Organisation) -> bool:
    """Whether the organisation's roles are this actor's to give and take. The registry itself may: what it ships."""
    if actor.is_system:
        return True
    if organisation.kind == REGION:
        return actor.may_decide(Role.REGION_ADMINISTRATOR, organisation_id=organisation.id)
    return is_central(actor)


def is_central(actor: Actor) -> bool:
    """Whether this is one of the registry's own administrators, a person, or the registry itself."""
    return actor.is_system or (actor.counts_as_person and actor.has_role(Role.ADMINISTRATOR))


def require_role_giver(actor: Actor, organisation: Organisation) -> None:
    """See that the actor may change the organisation's roles. Raises `Refused`, with who may, for a central administrator
    where it is a region; `Forbidden` for others."""
    if may_give_roles(actor, organisation):
        return
    if organisation.kind == REGION and is_central(actor):
        raise Refused(FINDINGS.found("USER-011", {"name": organisation.name}))
    raise Forbidden(Role.REGION_ADMINISTRATOR if organisation.kind == REGION else Role.ADMINISTRATOR)


def governs(actor: Actor, person: Person) -> bool:
    """Whether the actor may give every role that the person holds; of who holds none, a central administrator."""
    places = places_of(person)
    return all(may_give_roles(actor, one) for one in places) if places else is_central(actor)


def may_see(actor: Actor, person: Person) -> bool:
    """Whether the person's account is any of this administrator's business."""
    return is_central(actor) or any(may_give_roles(actor, one) for one in places_of(person))


def may_close(actor: Actor, person: Person) -> bool:
    return is_central(actor) or governs(actor, person)


def require_governor(actor: Actor, person: Person) -> None:
    """See that the actor governs the account. Raises `Refused` with whose it is, `Forbidden` for who may not know of it."""
    if governs(actor, person):
        return
    if not may_see(actor, person):
        raise Forbidden(Role.ADMINISTRATOR)
    others = {one.id: one for one in places_of(person) if not may_give_roles(actor, one)}
    raise Refused(FINDINGS.found("USER-014", {"login": person.login, "names": _listed(others.values())}))


def require_closer(actor: Actor, person: Person) -> None:
    if not may_close(actor, person):
        require_governor(actor, person)


def places_of(person: Person) -> list[Organisation]:
    """Where somebody holds roles, each organisation once."""
    return list({held.organisation_id: held.organisation for held in person.memberships}.values())


def belongs_to_a_region(person: Person) -> bool:
    """Whether the account holds a role in a region, so that it is not the central administrators' alone to see to."""
    return any(one.kind == REGION for one in places_of(person))


def _listed(organisations: Iterable[Organisation]) -> Text:
    names = [one.name for one in organisations]
    return Text(", ".join(one.sv for one in names), ", ".join(one.en for one in names))
