"""What the demonstration gives to the house: one command, and the text of its event."""

from registry.plugin import Plugin
from submission_portal.demonstration import event_texts
from submission_portal.demonstration.cli import demonstration

plugin = Plugin(name="demonstration", commands=(demonstration,), event_texts=event_texts.TEXTS)
