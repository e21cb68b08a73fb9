"""The signed heads of the log, for everybody: whoever keeps one can show later that nothing before it was changed."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from sqlalchemy import select

from registry import merkle
from registry.db import db
from registry.errors import NotFound
from registry.events import nodes_in
from registry.paging import page_of
from registry.signing.heads import Head
from registry.signing.queries import key_ring
from registry.signing.signed_heads import SignedHead, newest
from registry.web.guards import access, for_machines
from registry.web.page_addresses import page_asked_for

blueprint = Blueprint("log_heads", __name__, url_prefix="/logg")
CONSISTENCY_SCHEMA = "log-consistency/1"
PAGE = 20
LARGEST = 2**53
"""More events than any log has."""


@blueprint.get("/")
@access.public
def index() -> str:
    """What a head is, the newest ones, and how to hold them against the log."""
    query = select(SignedHead).order_by(SignedHead.size.desc())
    return render_template(
        "identity/log_heads.html", page=page_of(db.session, query, page_asked_for(), PAGE), keys=key_ring(db.session)
    )


@blueprint.get("/huvud.json")
@access.public
@for_machines
def newest_head() -> Response:
    """The newest signed head."""
    head = newest(db.session)
    if head is None:
        raise NotFound("head")
    return _answer(head.as_dict())


@blueprint.get("/huvuden/<int:size>.json")
@access.public
@for_machines
def head_of(size: int) -> Response:
    """The signed head of so many events."""
    return _answer(_signed(size).as_dict())


@blueprint.get("/huvuden/<int:old>/<int:new>.json")
@access.public
@for_machines
def consistency(old: int, new: int) -> Response:
    """The proof (RFC 9162, 2.1.4) that the log of one signed head begins with that of an earlier one."""
    first, second = _signed(old), _signed(new)
    if not old <= new:
        raise NotFound("head")
    try:
        path = merkle.consistency(old, new, nodes_in(db.session))
    except LookupError:  # somebody has taken nodes away; the check of the log says so
        raise NotFound("head") from None
    return _answer(
        {
            "content_schema": CONSISTENCY_SCHEMA,
            "old": first.as_dict(),
            "new": second.as_dict(),
            "path": [step.hex() for step in path],
        }
    )


def _signed(size: int) -> Head:
    row = db.session.get(SignedHead, size) if size <= LARGEST else None
    if row is None:
        raise NotFound("head")
    return row.head


def _answer(document: dict[str, Any]) -> Response:
    answer = jsonify(document)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
