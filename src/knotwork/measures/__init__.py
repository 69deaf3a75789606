"""See honestly whether anything changed."""
