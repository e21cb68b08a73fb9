"""The term bank's blueprint, by itself so that every module of views can add to it."""

from flask import Blueprint

from registry.web.revalidation import revalidate
from termbank.bank.addresses import links_to_own_addresses

blueprint = Blueprint("termbank", __name__, url_prefix="/termbank", template_folder="../templates")
revalidate(blueprint)
links_to_own_addresses(blueprint)
