"""Slow down without shutting out: counts of recent attempts, by a keyed hash of who tries."""
