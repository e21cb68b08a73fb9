"""Machine clients: what a system of an organisation is to a service."""

from dataclasses import dataclass
from typing import ClassVar

from registry.actors import Actor, MachineClient, Person, Scope

CLIENT_ID = "c" * 32


def client_of(organisation_id: str, *scopes: Scope) -> MachineClient:
    """A machine client of an organisation; with every scope where none is named."""
    return MachineClient(CLIENT_ID, organisation_id, frozenset(scopes or Scope))


@dataclass(frozen=True, slots=True)
class _WithRoles(Person):
    counts_as_person: ClassVar[bool] = False


def client_with_roles_of(person: Actor) -> Actor:
    """A machine client that was given a person's roles, which no client should be: it still counts as nobody."""
    assert isinstance(person, Person)
    return _WithRoles(CLIENT_ID, person.memberships)
