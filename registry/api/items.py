"""Administered items as resources: those of a kind that the public sees, the version in force of each, and every version.

    add_items(resources, "/code-lists", CODE_LIST, one="code list", several="code lists", example=…)

adds three operations. Content is answered as it is administered, with the name of its schema, so that its hash can be computed
from it (RFC 8785). A page after the last is empty; what is not published is not there.
"""

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from sqlalchemy import select

from registry.actors import PUBLIC
from registry.api.fields import Day, Moment, Whole, bilingual
from registry.api.paging import PageArguments, asked_for, page_answer, page_schema
from registry.api.principals import Anyone
from registry.api.resources import Resources
from registry.db import db
from registry.errors import NotFound
from registry.items import queries
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.paging import page_of

PUBLIC_STATES = (State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN)


class VersionHeadSchema(ma.Schema):
    """Which version of an item it is, and when it applies."""

    id = ma.fields.String(required=True, attribute="item.slug", metadata={"description": "The item's id in addresses."})
    number = Whole(required=True, metadata={"description": "The version's number, from 1."})
    title = bilingual(required=True, metadata={"description": "What it is called."})
    state = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf([one.value for one in PUBLIC_STATES]),
        metadata={
            "description": "published: in force or coming; superseded: another one follows; withdrawn: taken back."
        },
    )
    valid_from = Day(required=True, allow_none=True, metadata={"description": "The first day on which it applies."})
    valid_to = Day(required=True, allow_none=True, metadata={"description": "The last day, where one is known."})
    published_at = Moment(required=True, allow_none=True, metadata={"description": "When it was published."})
    content_hash = ma.fields.String(
        required=True, metadata={"description": "SHA-256 of the content in its canonical form (RFC 8785)."}
    )


class VersionSchema(VersionHeadSchema):
    """A version with what it says."""

    content = ma.fields.Dict(
        keys=ma.fields.String(),
        required=True,
        metadata={
            "description": "What is administered. content_schema names its form; numbers with decimals are texts."
        },
    )


def add_items(
    resources: Resources, path: str, kind: str, *, one: str, several: str, example: Mapping[str, Any]
) -> None:
    """Add a list of items of a kind, an item by its id, and a version of it by its number. ``example``: a version."""
    head = {name: value for name, value in example.items() if name != "content"}
    page = {"items": [head], "page": 1, "limit": 50, "pages": 1, "total": 1}
    noun, nouns = one.replace(" ", "_"), several.replace(" ", "_")

    def list_items(asked: Mapping[str, Any]) -> Any:
        standing = queries.standing_of_kind(kind).where(queries.visible(PUBLIC)).order_by(Item.slug)
        return page_answer(page_of(db.session, standing, **asked_for(asked)).of(as_data), asked)

    def show_item(slug: str) -> dict[str, Any]:
        standing = queries.standing_of_kind(kind).where(queries.visible(PUBLIC), Item.slug == slug)
        return with_content(_there(db.session.scalar(standing), one))

    def show_version(slug: str, number: int) -> dict[str, Any]:
        return with_content(published_version(kind, slug, number))

    _name(list_items, f"list_{nouns}", f"The {several}.", "Those that are in force or coming, by id, a page at a time.")
    _name(
        show_item, f"show_{noun}", f"A {one}.", "The version in force or, where none is yet, the first that is coming."
    )
    _name(
        show_version, f"show_{noun}_version", f"A version of a {one}.",
        "Whichever was published, also one that another has superseded or that was withdrawn: something may rest on it.",
    )  # fmt: skip
    listed = resources.response(200, page_schema(VersionHeadSchema), example=page)(list_items)
    resources.get(path, needs=Anyone.PUBLIC)(resources.arguments(PageArguments, location="query")(listed))
    resources.get(f"{path}/<slug>", needs=Anyone.PUBLIC)(
        resources.response(200, VersionSchema, example=dict(example))(show_item)
    )
    resources.get(f"{path}/<slug>/versions/<int:number>", needs=Anyone.PUBLIC)(
        resources.response(200, VersionSchema, example=dict(example))(show_version)
    )


def published_version(kind: str, slug: str, number: int) -> Version:
    """A version that was published. Raises `NotFound`."""
    query = select(Version).join(Item).where(Item.kind == kind, Item.slug == slug, Version.number == number)
    return _there(db.session.scalar(query.where(queries.visible(PUBLIC))), kind)


def as_data(version: Version) -> dict[str, Any]:
    """A version as `VersionHeadSchema` says it."""
    return {
        "item": version.item,
        "number": version.number,
        "title": queries.kind_named(version.item.kind).title(version.content),
        "state": State(version.state).value,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "published_at": version.published_at,
        "content_hash": version.content_hash,
    }


def with_content(version: Version) -> dict[str, Any]:
    """A version as `VersionSchema` says it."""
    return {**as_data(version), "content": version.content}


def _there(version: Version | None, what: str) -> Version:
    if version is None:
        raise NotFound(what)
    return version


def _name(view: Any, name: str, summary: str, more: str) -> None:
    """Name an operation and describe it: the document reads both from the view."""
    view.__name__ = name
    view.__doc__ = f"{summary}\n\n{more}\n"
