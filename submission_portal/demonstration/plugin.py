"""What the demonstration gives to the house: one command."""

from registry.plugin import Plugin
from submission_portal.demonstration.cli import demonstration

plugin = Plugin(name="demonstration", commands=(demonstration,))
