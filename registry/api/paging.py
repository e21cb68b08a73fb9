"""Long lists for machines, a page at a time: ``?page=2&limit=50``.

@resources.arguments(PageArguments, location="query")
@resources.response(200, page_schema(ConceptRow))
def list_concepts(asked): return page_answer(page_of(db.session, statement, **asked_for(asked)), asked)
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypedDict
from urllib.parse import urlencode

import marshmallow as ma
from flask import request

from registry.api.fields import Whole
from registry.paging import Page

LIMIT, MOST = 50, 200
"""Rows on a page where nothing is asked for, and at most."""
LAST = 10**6


class PageArguments(ma.Schema):
    """Which page of a list."""

    page = Whole(
        load_default=1,
        validate=ma.validate.Range(min=1, max=LAST),
        metadata={"description": "Which page, from 1. A page after the last one is empty.", "example": 1},
    )
    limit = Whole(
        load_default=LIMIT,
        validate=ma.validate.Range(min=1, max=MOST),
        metadata={"description": f"Rows on a page, at most {MOST}.", "example": LIMIT},
    )


class PageSchema(ma.Schema):
    """What every page of a list says of itself."""

    page = Whole(required=True, metadata={"description": "Which page this is, from 1."})
    limit = Whole(required=True, metadata={"description": "Rows on a page."})
    pages = Whole(required=True, metadata={"description": "How many pages there are; an empty list has one."})
    total = Whole(required=True, metadata={"description": "How many rows there are in all."})


class AskedFor(TypedDict):
    """The page as `registry.paging` wants it."""

    number: int
    size: int


def asked_for(asked: Mapping[str, Any]) -> AskedFor:
    """What `page_of` is asked for."""
    return {"number": asked["page"], "size": asked["limit"]}


@cache
def page_schema(row: type[ma.Schema]) -> type[ma.Schema]:
    """The schema of a page of such rows, the same each time."""
    fields: dict[str, ma.fields.Field[Any]] = {
        "items": ma.fields.List(ma.fields.Nested(row), required=True, metadata={"description": "The rows."})
    }
    return PageSchema.from_dict(fields, name=f"{row.__name__.removesuffix('Schema')}Page")


def page_answer(page: Page[Any], asked: Mapping[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """A page as a resource answers it, with links to those around it (RFC 8288). After the last one it is empty, so that whoever
    reads until there are no more rows comes to an end."""
    rows = list(page.rows) if asked["page"] == page.number else []
    body = {"items": rows, "page": asked["page"], "limit": asked["limit"], "pages": page.pages, "total": page.total}
    ways = {"first": 1, "prev": asked["page"] - 1, "next": asked["page"] + 1, "last": page.pages}
    links = [f'<{_address(number)}>; rel="{name}"' for name, number in ways.items() if 1 <= number <= page.pages]
    return body, 200, {"Link": ", ".join(links)}


def _address(number: int) -> str:
    values = {**request.args.to_dict(), "page": str(number)}
    return f"{request.base_url}?{urlencode(values)}"
