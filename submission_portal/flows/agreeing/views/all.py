"""Every page about uses, on one blueprint."""

from submission_portal.flows.agreeing.views import deciding, proposing, reading, suspending
from submission_portal.flows.agreeing.views.blueprint import blueprint

__all__ = ["blueprint", "deciding", "proposing", "reading", "suspending"]
