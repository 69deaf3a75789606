"""Bringing in a conversation that was held elsewhere: the request, the reading, the putting in."""
