"""What this package gives to the house."""

from registry.plugin import Plugin

plugin = Plugin(name="information_models")
