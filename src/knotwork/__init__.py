"""Knotwork: where a place works on a knotty issue together."""

__version__ = "0.1.0"
