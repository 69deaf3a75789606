"""How the documentation is built; nothing is fetched from anywhere while it is, nor while it is read."""

import logging

# A folder for an audience appears in the contents with its first page, and an empty one is no fault. That
# warning has a subtype and no type, so that suppress_warnings does not reach it.
logging.getLogger("sphinx.sphinx.directives.other").addFilter(
    lambda record: getattr(record, "subtype", None) != "empty_glob"
)

project = "Knotwork"
project_copyright = "the Knotwork authors"
html_title = "Knotwork"
language = "en"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]

# Headings can be linked to, down to the third level.
myst_heading_anchors = 3

html_theme = "furo"
html_copy_source = False
html_show_sourcelink = False
