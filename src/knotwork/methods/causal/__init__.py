"""Causal maps: what leads to what, drawn by many people; merging, feedback loops, roles and layout."""

METHOD_VERSION = "1"
"""Raised when the same map could give another result."""
