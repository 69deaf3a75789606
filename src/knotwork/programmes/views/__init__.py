"""The pages of a programme's team, and files for everybody."""
