"""The pages of this room: taking part, moderating, hosting, and looking."""
