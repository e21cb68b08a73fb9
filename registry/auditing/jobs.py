"""What the worker does once a day for the log: signs it as it is, so that no head is older than a day when something has happened."""

from datetime import datetime
from pathlib import Path

from flask import current_app

from registry.actors import SYSTEM
from registry.db import transaction
from registry.jobs import JobRun
from registry.signing import signed_heads
from registry.signing.heads import Head
from registry.signing.services import signer

SIGN = "sign-log"


def run(job: JobRun) -> None:
    """Sign the log; the first time with a key that is made for it."""
    sign_log(job.now)


def sign_log(now: datetime) -> Head | None:
    """Sign the log as it is. Raises `Refused` (SIG-001) where the key in use is not on this machine."""
    instance = Path(current_app.config["INSTANCE"])
    with transaction(bookkeeping=True) as session:  # the key is there, or an event tells that it was made
        signer(session, SYSTEM, now, instance)
    with transaction(bookkeeping=True) as session:
        return signed_heads.sign(session, signer(session, SYSTEM, now, instance), now)
