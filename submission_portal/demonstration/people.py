"""The accounts of a demonstration: named after their roles, nobody's, and only where the database says demonstration.

They share one password, made at random for this instance and kept in its folder.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from registry.actors import SYSTEM, Actor, Role
from registry.identity import appointing, password_links, queries, services
from registry.identity.tables import Organisation, Person
from registry.starter import RECIPIENT, STEWARD

EXAMPLE_REGION = "99"
PASSWORD_FILE = "demonstration_password"  # noqa: S105  (a file's name)


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration account: a role in an organisation, by the organisation's kind and code."""

    login: str
    name: str
    kind: str
    code: str
    roles: tuple[Role, ...]
    is_shown: bool = True


def accounts(regions: list[Organisation]) -> list[Account]:
    """Every account: two terminologists and two modellers (nobody decides on their own), the recipient's reviewers,
    two central administrators, and for each region an administrator, a data officer and a disclosing officer. Those that a visitor is told of are ``is_shown``."""
    made = [
        Account("terminolog", "Terminolog (demonstration)", "steward", STEWARD, (Role.TERMINOLOGIST,)),
        Account("terminolog-2", "Terminolog, andra (demonstration)", "steward", STEWARD, (Role.TERMINOLOGIST,)),
        Account("informatiker", "Informatiker (demonstration)", "steward", STEWARD, (Role.MODELLER,)),
        Account("informatiker-2", "Informatiker, andra (demonstration)", "steward", STEWARD, (Role.MODELLER,)),
        Account("kvalitetsgranskare", "Kvalitetsgranskare (demonstration)", "recipient", RECIPIENT, (Role.QUALITY_REVIEWER,)),
        Account("rattsgranskare", "Rättsgranskare (demonstration)", "recipient", RECIPIENT, (Role.LEGAL_REVIEWER,)),
        Account("mottagare", "Mottagare (demonstration)", "recipient", RECIPIENT, (Role.RECIPIENT,)),
        Account("administrator", "Administratör (demonstration)", "steward", STEWARD, (Role.ADMINISTRATOR,)),
        Account("administrator-2", "Administratör, andra (demonstration)", "steward", STEWARD, (Role.ADMINISTRATOR,)),
        Account("atergivare", "Återgivare av publicerade uppgifter (demonstration)", "steward", STEWARD, (Role.DATA_OFFICER,), False),
        Account("utlamnare", "Utlämnare av publicerade uppgifter (demonstration)", "steward", STEWARD, (Role.DISCLOSING_OFFICER,), False),
    ]  # fmt: skip
    for region in regions:
        shown = region.code in ("25", EXAMPLE_REGION)
        place = region.name_sv.removesuffix(" (påhittad)")
        made.append(
            Account(f"regionadministrator-{region.code}", f"Regionadministratör, {place} (demonstration)", "region", region.code, (Role.REGION_ADMINISTRATOR,), shown)
        )  # fmt: skip
        made.append(
            Account(f"uppgiftslamnare-{region.code}", f"Uppgiftslämnare, {place} (demonstration)", "region", region.code, (Role.DATA_OFFICER,), shown)
        )  # fmt: skip
        made.append(
            Account(f"utlamnare-{region.code}", f"Utlämnare, {place} (demonstration)", "region", region.code, (Role.DISCLOSING_OFFICER,), shown)
        )  # fmt: skip
    return made


def load(session: Session, now: datetime, password_hash: str) -> None:
    """Mark the instance as a demonstration, and its organisations; make the accounts, whose password is the one with
    this hash. Idempotent."""
    services.mark_demonstration(session, SYSTEM, now)
    services.create_organisation(
        session, SYSTEM, now, kind="region", code=EXAMPLE_REGION, name_sv="Exempelregionen (påhittad)", name_en="Example Region (made up)"
    )  # fmt: skip
    organisations = {(one.kind, one.code): one for one in queries.organisations(session)}
    for organisation in organisations.values():
        organisation.is_demonstration = True
    regions = [one for (kind, _), one in sorted(organisations.items()) if kind == "region"]
    for account in accounts(regions):
        if queries.person_by_login(session, account.login):
            continue
        person = services.create_person(
            session,
            SYSTEM,
            now,
            login=account.login,
            name=account.name,
            password_hash=password_hash,
            is_demonstration=True,
        )
        place = organisations[account.kind, account.code]
        if Role.REGION_ADMINISTRATOR in account.roles:
            _appoint(session, now, place, person, password_hash)
            continue
        giver = actor(session, f"regionadministrator-{account.code}") if account.kind == "region" else SYSTEM
        for role in account.roles:
            services.give_role(session, giver, now, person=person, organisation=place, role=role)


def _appoint(session: Session, now: datetime, region: Organisation, person: Person, password_hash: str) -> None:
    """As in life: one central administrator proposes, the other confirms, and the person chooses a password with what both
    give. Nobody objects to what is made up."""
    first, second = (actor(session, login) for login in ("administrator", "administrator-2"))
    proposed = appointing.propose(
        session, first, now, organisation=region, person=person, reason="Demonstrationens egen administratör."
    )
    link = appointing.confirm(session, second, now, proposed.appointment)
    if link is not None:
        password_links.use(session, now, code=link, password_hash=password_hash, second=proposed.code or "")


def actor(session: Session, login: str) -> Actor:
    """The demonstration account with this user name. Raises ``LookupError`` where there is none."""
    found = queries.actor_by_login(session, login)
    if found is None:
        raise LookupError(f"no demonstration account {login}")
    return found


def renew_passwords(session: Session, now: datetime, password_hash: str) -> None:
    """Give the accounts that there are the password with this hash: where the instance came without the file of the old one."""
    regions = queries.organisations(session, "region")
    for account in accounts(regions):
        person = queries.person_by_login(session, account.login)
        if person is not None and person.is_demonstration:
            services.set_password(session, SYSTEM, now, person=person, password_hash=password_hash)


def has_password(instance: Path) -> bool:
    """Whether the file with the demonstration's password is there."""
    return (instance / PASSWORD_FILE).exists()


def password(instance: Path) -> str:
    """The demonstration's password: made the first time, readable by the owner only."""
    path = instance / PASSWORD_FILE
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("-".join(secrets.token_hex(2) for _ in range(4)))
    return path.read_text().strip()
