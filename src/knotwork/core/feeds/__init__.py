"""Feeds: what is new, for readers that come back by themselves. Atom and JSON Feed."""
