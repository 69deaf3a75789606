"""Results become pictures: SVG for a page, and the same figures as a table. No Django, no clock."""
