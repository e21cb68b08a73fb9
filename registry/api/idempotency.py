"""``Idempotency-Key``: a request that is sent again gets the answer that it got (draft-ietf-httpapi-idempotency-key-header).

    same key, same request          the kept answer, with ``Idempotency-Replayed: true``
    same key, another request       422
    same key, still under way       409 with ``Retry-After``

A key belongs to its client. What is kept: the first answer that is neither a fault of ours nor about who asks (401, 403, 429),
for a day. A request whose process died is under way until `RUNNING`; then it is carried out again, and the resource itself has to
see that what was done already is not done twice.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Response, current_app, make_response, request
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import MachineClient
from registry.api.content import read_content
from registry.api.finding_texts import FINDINGS
from registry.api.problems import NotTaken
from registry.api.tables import KeptAnswer
from registry.columns import table_of
from registry.db import insert_or_ignore, transaction
from registry.errors import Busy
from registry.locks import hold_name

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
KEPT = timedelta(days=1)
RUNNING = timedelta(minutes=10)
RETRY_SECONDS = 2
LARGEST_KEPT = 256 * 2**10
"""A larger answer is not kept: the request is carried out again."""
MOST_KEPT = 20_000
"""Answers kept of a client; at more, the oldest are forgotten before their time."""
_KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Content-Language", "Retry-After", "Preference-Applied")
_NOT_KEPT = (401, 403, 409, 425, 429)
_OF_SIXTEEN = "0"
"""What is past its time is forgotten when a key's hash begins so: counting what is kept at each request would cost more than that."""
_ROWS = table_of(KeptAnswer)
_NAMED = (_ROWS.c.client_id == bindparam("client"), _ROWS.c.key_hash == bindparam("key"))
_DROP = delete(_ROWS).where(*_NAMED)
_KEEP = (
    update(_ROWS)
    .where(*_NAMED)
    .values(status=bindparam("status"), headers=bindparam("headers"), body=bindparam("body"))
)
_KEY = re.compile(r'"?([\x21-\x7e]{1,200}?)"?')


def once(client: MachineClient, act: Callable[[], Any]) -> Response:
    """The answer of ``act``, carried out once for each key. Without a key it is carried out.

    Raises `NotTaken` where the key is none, was used for another request, or is that of a request under way.
    """
    shown = request.headers.get(HEADER)
    if shown is None:
        return make_response(act())
    match = _KEY.fullmatch(shown)
    if match is None:
        raise NotTaken(400, FINDINGS.found("API-011"))
    key_hash, fingerprint = hashlib.sha256(match.group(1).encode()).hexdigest(), fingerprint_of_request()
    kept = _begin(client, key_hash, fingerprint)
    if kept is not None:
        return kept
    answer = None
    try:
        answer = _answered(act)
    finally:
        _settle(client, key_hash, answer)
    return answer


def fingerprint_of_request() -> str:
    """A hash over what makes the request what it is."""
    digest = hashlib.sha256()
    for part in (request.method, request.full_path, request.headers.get("Content-Type", "")):
        digest.update(f"{len(part)}:{part}".encode("utf-8", "surrogatepass"))
    read_content(digest.update)
    return digest.hexdigest()


def _answered(act: Callable[[], Any]) -> Response:
    """The answer, also where it is made from an error by the application's own handlers."""
    try:
        return make_response(act())
    except Exception as error:  # whatever it is, it is answered, and that answer is kept or not
        return make_response(current_app.handle_user_exception(error))


def _begin(client: MachineClient, key_hash: str, fingerprint: str) -> Response | None:
    """Note that the request is under way; the kept answer where there is one."""
    now = clock.now()
    with transaction(bookkeeping=True) as session:
        hold_name(session, f"kept_answer:{client.person_id}:{key_hash}")
        if _note(session, client, key_hash, fingerprint, now):
            return None
        known = session.get(KeptAnswer, (client.person_id, key_hash))
        is_dead = known is not None and known.status is None and known.begun_at + RUNNING <= now
        if known is not None and (known.expires_at <= now or is_dead):
            session.delete(known)
            session.flush()
            known = None
        if known is None:
            if not _note(session, client, key_hash, fingerprint, now):
                raise Busy
            return None
        if known.fingerprint != fingerprint:
            raise NotTaken(422, FINDINGS.found("API-009"))
        if known.status is None:
            raise NotTaken(409, FINDINGS.found("API-010"), headers={"Retry-After": str(RETRY_SECONDS)})
        answer = Response(known.body, known.status, known.headers)
    answer.headers[REPLAYED] = "true"
    return answer


def _note(session: Session, client: MachineClient, key_hash: str, fingerprint: str, now: datetime) -> bool:
    """Note that a request is under way; returns whether nothing was known of its key."""
    return insert_or_ignore(
        session,
        KeptAnswer,
        client_id=client.person_id,
        key_hash=key_hash,
        organisation_id=client.organisation_id,
        fingerprint=fingerprint,
        begun_at=now,
        expires_at=now + KEPT,
    )


def _settle(client: MachineClient, key_hash: str, answer: Response | None) -> None:
    """Keep the answer, or forget the key where it is not to be kept."""
    is_kept = (
        answer is not None
        and answer.status_code < 500
        and answer.status_code not in _NOT_KEPT
        and not answer.is_streamed
        and len(answer.get_data()) <= LARGEST_KEPT
    )
    named = {"client": client.person_id, "key": key_hash}
    with transaction(bookkeeping=True) as session:
        if answer is None or not is_kept:
            session.execute(_DROP, named)
            return
        headers = {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers}
        session.execute(_KEEP, {**named, "status": answer.status_code, "headers": headers, "body": answer.get_data()})
        if key_hash.startswith(_OF_SIXTEEN):
            _forget(session, client)


def _forget(session: Session, client: MachineClient) -> None:
    """Forget what is past its time, and the oldest of a client that keeps too many."""
    session.execute(delete(KeptAnswer).where(KeptAnswer.expires_at <= clock.now()))
    own = KeptAnswer.client_id == client.person_id
    if (session.scalar(select(func.count()).select_from(KeptAnswer).where(own)) or 0) > MOST_KEPT:
        oldest = select(KeptAnswer.begun_at).where(own).order_by(KeptAnswer.begun_at.desc()).offset(MOST_KEPT // 2)
        session.execute(delete(KeptAnswer).where(own, KeptAnswer.begun_at <= oldest.limit(1).scalar_subquery()))
