"""The blueprint that every page about deliveries belongs to."""

from flask import Blueprint

from registry.web.revalidation import revalidate
from submission_portal.deliveries.drafts.uploads import keep_in_memory

blueprint = Blueprint("deliveries", __name__, template_folder="../templates")
revalidate(blueprint)
blueprint.record_once(keep_in_memory)
