"""What this sub-package gives to the house."""

from registry.plugin import Plugin

plugin = Plugin(name="flows")
