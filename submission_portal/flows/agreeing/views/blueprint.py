"""The blueprint that every page about uses belongs to. Their templates lie beside those of lines."""

from flask import Blueprint

from registry.web.revalidation import revalidate

blueprint = Blueprint("uses", __name__)
revalidate(blueprint)
