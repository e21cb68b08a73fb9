"""The pages about the registry itself: what it is, where its figures come from, accessibility, security."""

from flask import Blueprint, render_template

from registry.web.guards import access

blueprint = Blueprint("pages", __name__)


@blueprint.get("/om/")
@access.public
def about() -> str:
    return render_template("pages/about.html")


@blueprint.get("/om/kallor")
@access.public
def sources() -> str:
    return render_template("pages/sources.html")


@blueprint.get("/om/tillganglighet")
@access.public
def accessibility() -> str:
    return render_template("pages/accessibility.html")


@blueprint.get("/om/sakerhet")
@access.public
def security() -> str:
    return render_template("pages/security.html")
