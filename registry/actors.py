"""Who acts: principals (a person with roles, a machine client with scopes), the registry itself, and the public."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from registry.errors import Forbidden, NotFound
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
    """Of the registry: accounts, the roles of recipients and stewards, and with a second one a region's first administrator."""
    REGION_ADMINISTRATOR = "region_administrator"
    """Of a region: gives and takes the region's roles."""

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
    Role.REGION_ADMINISTRATOR: Text("regionadministratör", "region administrator"),
}


ROLES_OF: Mapping[str, tuple[Role, ...]] = {
    "region": (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER, Role.REGION_ADMINISTRATOR),
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


class Scope(StrEnum):
    """What a machine client may do for its organisation, as far as a standing decision covers it (ADR 23)."""

    READ_DELIVERIES = "read_deliveries"
    """Lines, uses and deliveries of its organisation, with their findings and receipts."""
    PREPARE_DELIVERIES = "prepare_deliveries"
    SEND_DELIVERIES = "send_deliveries"

    @property
    def label(self) -> Text:
        return SCOPE_LABELS[self]


SCOPE_LABELS = {
    Scope.READ_DELIVERIES: Text(
        "läsa linjer, användningar, leveranser och kvittenser", "read lines, uses, deliveries and receipts"
    ),
    Scope.PREPARE_DELIVERIES: Text("förbereda leveranser", "prepare deliveries"),
    Scope.SEND_DELIVERIES: Text("sända leveranser", "send deliveries"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks or acts: a principal (`Person`, `MachineClient`), the registry itself, or, as here, somebody who holds
    nothing: the public, or one who is known by an id alone.

    ``person_id`` is opaque, and what an act is recorded under (the columns have that name since all who acted were
    persons); ``None`` for the public.
    """

    person_id: str | None
    is_system: ClassVar[bool] = False
    counts_as_person: ClassVar[bool] = False
    """Whether this may be one of the persons that separation of duties demands."""

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None and not self.is_system

    def has_role(self, *roles: Role, organisation_id: str | None = None) -> bool:
        """Whether any of ``roles`` is held, in ``organisation_id`` where that is given."""
        return False

    def has_scope(self, scope: Scope, *, organisation_id: str) -> bool:
        """Whether this is a machine client of the organisation with ``scope``."""
        return False

    def organisations(self, *roles: Role) -> frozenset[str]:
        """Organisations in which any of ``roles`` (default: any role at all) is held."""
        return frozenset()

    def belongs_to(self, organisation_id: str) -> bool:
        """Whether this acts for the organisation in any way."""
        return organisation_id in self.organisations()

    def may(self, *needed: Role | Scope, organisation_id: str) -> bool:
        """Whether any of ``needed`` is held in the organisation; the registry itself needs nothing."""
        roles = [one for one in needed if isinstance(one, Role)]
        scopes = [one for one in needed if isinstance(one, Scope)]
        return (
            self.is_system
            or self.has_role(*roles, organisation_id=organisation_id)
            or any(self.has_scope(one, organisation_id=organisation_id) for one in scopes)
        )

    def require(self, *needed: Role | Scope, organisation_id: str, is_known: bool = False) -> None:
        """See that any of ``needed`` is held in the organisation.

        Raises `NotFound` for one who is not of the organisation, and so may not know that the thing exists, and
        `Forbidden`, with the first of ``needed``, for one who is. ``is_known``: everybody may know of the thing, and is told
        `Forbidden`.
        """
        if self.may(*needed, organisation_id=organisation_id):
            return
        if not is_known and not self.belongs_to(organisation_id):
            raise NotFound(organisation_id)
        raise Forbidden(needed[0].value)

    def may_decide(self, *roles: Role, organisation_id: str) -> bool:
        """As `may`, for what separation of duties reserves for persons. The registry itself decides on what it ships."""
        return (self.counts_as_person or self.is_system) and self.may(*roles, organisation_id=organisation_id)

    def require_decider(self, *roles: Role, organisation_id: str, is_known: bool = False) -> None:
        """As `require`, for what separation of duties reserves for persons: others are refused, whatever they hold."""
        self.require(*roles, organisation_id=organisation_id, is_known=is_known)
        if not self.may_decide(*roles, organisation_id=organisation_id):
            raise Forbidden(roles[0].value)


@dataclass(frozen=True, slots=True)
class Person(Actor):
    """A person, with the roles held in organisations."""

    memberships: frozenset[Held] = frozenset()
    counts_as_person: ClassVar[bool] = True

    def has_role(self, *roles: Role, organisation_id: str | None = None) -> bool:
        return any(held.role in roles and organisation_id in (None, held.organisation_id) for held in self.memberships)

    def organisations(self, *roles: Role) -> frozenset[str]:
        return frozenset(held.organisation_id for held in self.memberships if not roles or held.role in roles)


@dataclass(frozen=True, slots=True)
class MachineClient(Actor):
    """A system of one organisation, with scopes instead of roles. It decides nothing, and counts as nobody's second pair of
    eyes: what it sends rests on decisions that persons took."""

    organisation_id: str
    scopes: frozenset[Scope] = frozenset()

    def has_scope(self, scope: Scope, *, organisation_id: str) -> bool:
        return scope in self.scopes and organisation_id == self.organisation_id

    def organisations(self, *roles: Role) -> frozenset[str]:
        return frozenset() if roles else frozenset((self.organisation_id,))


Principal = Person | MachineClient
"""Who acts for an organisation."""


@dataclass(frozen=True, slots=True)
class RegistryItself(Actor):
    """The registry, which needs no role and stands for no organisation."""

    is_system: ClassVar[bool] = True


PUBLIC = Actor(None)
"""Anybody, not signed in."""

SYSTEM = RegistryItself("0" * 32)
"""The registry itself: starter content, jobs, deliveries that go straight through."""

SYSTEM_DECIDER = RegistryItself("0" * 31 + "1")
"""The registry's second identity: decides on the starter content that the first one loads."""

SYSTEM_IDS = frozenset({SYSTEM.person_id, SYSTEM_DECIDER.person_id})
