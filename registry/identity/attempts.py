"""Tries to sign in, counted before the password is looked at, so that guesses at the same moment gain nothing.

Each try stands in one *lane*: the account together with the address it comes from, or together with the browser where
that has signed in to the account before. A lane may have to wait (`registry.identity.delays`), and nobody waits for
what happens in another lane, with two exceptions that both have a bound: a browser that an account does not know waits
while the account is being guessed from many places, or many accounts from its place. Such a wait too is the lane's own:
it begins when somebody knocks there, and when it is over the try may be made, whatever others do meanwhile.

User names and addresses are kept as keyed hashes, whether there is such a user or not, and only until what was counted
is forgotten.
"""

import hashlib
import hmac
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.addresses import household
from registry.db import db, transaction
from registry.identity.delays import ONE_ACCOUNT, ONE_ACCOUNT_FROM_ONE_PLACE, ONE_PLACE, Slowing
from registry.identity.tables import Attempt
from registry.jobs import JobRun
from registry.locks import holding

AT_ONCE_FORGOTTEN = 1000
FORGET = "forget_sign_in_tries"


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a try stands: the key of its own count, and those of the account's and the place's, where they matter."""

    own: str
    account: str | None = None
    place: str | None = None

    @classmethod
    def of(cls, secret: str, *, login: str, address: str, browser: str | None = None) -> "Lane":
        """The lane of a try at ``login`` from ``address``, or from a known ``browser`` (its hash). ``secret``: the
        instance's key."""
        if browser:
            return cls(_key(secret, "browser", browser))
        place = household(address)
        return cls(_key(secret, "lane", login, place), _key(secret, "account", login), _key(secret, "place", place))

    @classmethod
    def of_own_password(cls, secret: str, person_id: str) -> "Lane":
        """The lane of somebody who is signed in and gives their present password again."""
        return cls(_key(secret, "own", person_id))


def time_left(session: Session, now: datetime, lane: Lane) -> timedelta:
    """How long the lane is still closed, as far as can be seen without counting; zero where it may be open."""
    return _time_left(session.get(Attempt, lane.own, populate_existing=True), now)


def count(session: Session, now: datetime, lane: Lane) -> timedelta:
    """Count a try that is about to be made, and return zero; or return how long it must wait, and count nothing.

    The rows are locked in one order (place, account, lane) until the transaction ends.
    """
    place = _held(session, now, lane.place, ONE_PLACE) if lane.place else None
    account = _held(session, now, lane.account, ONE_ACCOUNT) if lane.account else None
    own = _held(session, now, lane.own, ONE_ACCOUNT_FROM_ONE_PLACE)
    if (left := _time_left(own, now)) > timedelta(0):
        return left
    if own.opens_at is None and (wait := _wait_of_others(account, place)) > timedelta(0):
        own.opens_at = now + wait
        _keep(own, ONE_ACCOUNT_FROM_ONE_PLACE)
        session.flush()
        return wait
    if place is not None and own.failures == 0:
        place.failures += 1
    if account is not None:
        account.failures += 1
    own.failures += 1
    wait = max(ONE_ACCOUNT_FROM_ONE_PLACE.wait(own.failures), _wait_of_others(account, place))
    own.opens_at = now + wait if wait else None
    for row, slowing in ((place, ONE_PLACE), (account, ONE_ACCOUNT), (own, ONE_ACCOUNT_FROM_ONE_PLACE)):
        if row is not None:
            _keep(row, slowing)
    session.flush()
    return timedelta(0)


def take_back(session: Session, now: datetime, lane: Lane) -> None:
    """Forget what a lane has counted, since its last try succeeded: here, and in its account's and place's counts."""
    place = _held(session, now, lane.place, ONE_PLACE) if lane.place else None
    account = _held(session, now, lane.account, ONE_ACCOUNT) if lane.account else None
    own = _held(session, now, lane.own, ONE_ACCOUNT_FROM_ONE_PLACE)
    for row, counted in ((place, min(own.failures, 1)), (account, own.failures)):
        if row is not None:
            row.failures = max(0, row.failures - counted)
    session.delete(own)
    session.flush()


def alarm(session: Session, lane: Lane) -> str | None:
    """What those who run the registry should know, said when it begins: that the lane's account is being guessed from
    many places, or many accounts from its place."""
    for key, slowing, said in (
        (lane.account, ONE_ACCOUNT, "account_is_guessed"),
        (lane.place, ONE_PLACE, "accounts_are_guessed"),
    ):
        row = session.get(Attempt, key) if key else None
        if row is not None and row.failures == slowing.free:
            return said
    return None


def forget_old(session: Session, now: datetime) -> bool:
    """Remove counts that mean nothing any more, in a transaction of its own where there are any; whether some were removed."""
    old = select(Attempt.key).where(Attempt.forgotten_at <= now).limit(AT_ONCE_FORGOTTEN)
    if session.scalar(old.limit(1)) is None:
        return False
    with transaction(bookkeeping=True) as session:
        # What somebody else is counting in at this moment is left for the next time.
        keys = session.scalars(holding(old, skip_held=True)).all()
        session.execute(delete(Attempt).where(Attempt.key.in_(keys)))
    return bool(keys)


def forget_all_old(job: JobRun) -> None:
    """Once a day: all of them, since who is made to wait may leave counts faster than tries remove them."""
    while forget_old(db.session, job.now):
        db.session.rollback()


def _wait_of_others(account: Attempt | None, place: Attempt | None) -> timedelta:
    """What a lane waits for that is counted of others too. Both have a bound."""
    waits = [
        slowing.wait(row.failures) for row, slowing in ((account, ONE_ACCOUNT), (place, ONE_PLACE)) if row is not None
    ]
    return max(waits, default=timedelta(0))


def _time_left(own: Attempt | None, now: datetime) -> timedelta:
    """Never longer than the longest wait that there is: not even where the clock has been set back."""
    if own is None or own.opens_at is None or own.opens_at <= now:
        return timedelta(0)
    return min(own.opens_at - now, ONE_ACCOUNT_FROM_ONE_PLACE.longest)


def _keep(row: Attempt, slowing: Slowing) -> None:
    """Until its failures are forgotten, and until a wait is over and there was time to come back."""
    row.forgotten_at = row.counted_at + row.failures * slowing.forgets
    if row.opens_at is not None:
        row.forgotten_at = max(row.forgotten_at, row.opens_at + slowing.longest)


def _held(session: Session, now: datetime, key: str, slowing: Slowing) -> Attempt:
    """The count of a key as it is now, made where there is none, and nobody else's to change until the transaction
    ends."""
    query = holding(select(Attempt).where(Attempt.key == key))
    while (found := session.scalar(query)) is None:
        # Somebody else may begin to count at the same moment; then theirs is the row that is read next.
        with suppress(IntegrityError), session.begin_nested():
            session.add(Attempt(key=key, failures=0, counted_at=now, opens_at=None, forgotten_at=now))
    if found.forgotten_at <= now:
        found.opens_at = None
    found.failures, found.counted_at = slowing.remembered(found.failures, found.counted_at, now)
    return found


def _key(secret: str, kind: str, *parts: str) -> str:
    text = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return f"{kind}:{hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:40]}"
