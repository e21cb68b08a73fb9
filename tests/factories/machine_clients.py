"""Machine clients: what a system of an organisation is to a service."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from registry import clock
from registry.actors import Actor, MachineClient, Person, Scope
from registry.db import transaction
from registry.identity.clients import services
from registry.identity.tables import Organisation

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


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A client that is registered, with what it shows who it is by."""

    client_id: str
    secret: str

    def token(self, browser, scope: str = "") -> str:
        """A token, asked for as clients do."""
        form = {"grant_type": "client_credentials"} | ({"scope": scope} if scope else {})
        answer = browser.post("/oauth/token", data=form, auth=(self.client_id, self.secret))
        assert answer.status_code == 200, answer.text
        return answer.json["access_token"]

    def headers(self, browser, scope: str = "") -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(browser, scope)}"}


def registered_client(
    administrator: Actor, organisation: Organisation, *scopes: Scope, now: datetime | None = None, public_key: str = ""
) -> KnownClient:
    """A client of an organisation, made by one who may; with every scope where none is named."""
    now = now or clock.now()
    with transaction() as session:
        made = services.create_client(
            session,
            administrator,
            now,
            organisation=session.get_one(Organisation, organisation.id),
            name="Export",
            scopes=scopes or tuple(Scope),
            expires_on=clock.today(now) + timedelta(days=365),
            public_key=public_key,
        )
    return KnownClient(made.client_id, made.secret or "")
