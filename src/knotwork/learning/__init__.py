"""Notes, stories and lessons, also of what did not work; and who took them up."""
