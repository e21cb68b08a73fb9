"""Where the packages lie: the folder that `registry` is in. Imports nothing, so that any program can ask."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
