"""The private keys that the instance signs with: files that rows of `registry.signing.tables.SigningKey` name."""

from collections.abc import Sequence

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from registry.backup.finding_texts import FINDINGS
from registry.backup.kept import Copying, KeptStore
from registry.findings import Finding, Place
from registry.signing.private_files import FOLDER, file_name
from registry.signing.tables import SigningKey


def named(session: Session) -> Sequence[str]:
    """The keys in use, by a database of this release or of an earlier one."""
    if not inspect(session.connection()).has_table(SigningKey.__tablename__):
        return []
    return session.scalars(select(SigningKey.kid).where(SigningKey.retired_at.is_(None))).all()


def copy(kids: Sequence[str], copying: Copying) -> list[Finding]:
    """Copy each private key. One that is missing in the instance is reported; nothing that was signed is lost by it."""
    missing = []
    for kid in kids:
        try:
            copying.file(file_name(kid))
        except FileNotFoundError:
            missing.append(kid)
    return [FINDINGS.found("BACK-012", places=tuple(Place(value=kid) for kid in missing))] if missing else []


SIGNING_KEYS = KeptStore(FOLDER, named, copy)
