"""Who acts: a person (or the registry itself) with the roles held in organisations."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.findings import Text


class Role(StrEnum):
    """What a person may do in an organisation. Reading what is public needs none."""

    TERMINOLOGIST = "terminologist"
    MODELLER = "modeller"
    DATA_OFFICER = "data_officer"
    DISCLOSING_OFFICER = "disclosing_officer"
    QUALITY_REVIEWER = "quality_reviewer"
    LEGAL_REVIEWER = "legal_reviewer"
    RECIPIENT = "recipient"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Text:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.TERMINOLOGIST: Text("terminolog", "terminologist"),
    Role.MODELLER: Text("informatiker", "modeller"),
    Role.DATA_OFFICER: Text("uppgiftslämnare", "data officer"),
    Role.DISCLOSING_OFFICER: Text("utlämnare", "disclosing officer"),
    Role.QUALITY_REVIEWER: Text("kvalitetsgranskare", "quality reviewer"),
    Role.LEGAL_REVIEWER: Text("rättsgranskare", "legal reviewer"),
    Role.RECIPIENT: Text("mottagare", "recipient"),
    Role.ADMINISTRATOR: Text("administratör", "administrator"),
}


ROLES_OF: Mapping[str, tuple[Role, ...]] = {
    "region": (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER),
    "recipient": (Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER, Role.RECIPIENT),
    "steward": (
        Role.TERMINOLOGIST,
        Role.MODELLER,
        Role.ADMINISTRATOR,
        Role.DATA_OFFICER,
        Role.DISCLOSING_OFFICER,
    ),
}
"""The roles that mean something in each kind of organisation. A steward delivers too: what others have published and
is reproduced here."""


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """A role held in an organisation."""

    organisation_id: str
    role: Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks or acts. ``person_id`` is opaque; ``None`` for the public."""

    person_id: str | None
    memberships: frozenset[Held] = frozenset()
    is_system: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None and not self.is_system

    def has_role(self, *roles: Role, organisation_id: str | None = None) -> bool:
        """Whether any of ``roles`` is held, in ``organisation_id`` where that is given."""
        return any(held.role in roles and organisation_id in (None, held.organisation_id) for held in self.memberships)

    def organisations(self, *roles: Role) -> frozenset[str]:
        """Organisations in which any of ``roles`` (default: any role at all) is held."""
        return frozenset(held.organisation_id for held in self.memberships if not roles or held.role in roles)

    def belongs_to(self, organisation_id: str) -> bool:
        return organisation_id in self.organisations()


PUBLIC = Actor(None)
"""Anybody, not signed in."""

SYSTEM = Actor("0" * 32, is_system=True)
"""The registry itself: starter content, jobs, deliveries that go straight through."""

SYSTEM_DECIDER = Actor("0" * 31 + "1", is_system=True)
"""The registry's second identity: decides on the starter content that the first one loads."""

SYSTEM_IDS = frozenset({SYSTEM.person_id, SYSTEM_DECIDER.person_id})
