"""The composition root: the only file that knows every package.

flask --app wsgi …            commands
python -m registry.serve      web server and worker (docs/operations.md)
"""

from collections.abc import Mapping
from typing import Any

from flask import Flask

import information_models.plugin
import registry.foundation
import submission_portal.plugin
import termbank.plugin
from registry.web.app import create_app as build

PLUGINS = (
    registry.foundation.plugin,
    termbank.plugin.plugin,
    information_models.plugin.plugin,
    submission_portal.plugin.plugin,
)


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The whole registry, as one Flask application."""
    return build(PLUGINS, overrides)
