"""The composition root: the only file that knows every package.

flask --app wsgi …            commands
python -m registry.serve      web server and worker (docs/operations.md)
"""

import gc

# Three thousand modules make no garbage worth looking for, and looking takes a fifth of the time that they take to import.
gc.disable()

from collections.abc import Mapping
from typing import Any

from flask import Flask

import information_models.plugin
import registry.foundation
import submission_portal.plugin
import termbank.plugin
from registry.web.app import create_app as build

gc.freeze()  # nor is what they hold looked through again while the process lives
gc.enable()

PLUGINS = (
    registry.foundation.plugin,
    termbank.plugin.plugin,
    information_models.plugin.plugin,
    submission_portal.plugin.plugin,
)


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The whole registry, as one Flask application."""
    return build(PLUGINS, overrides)
