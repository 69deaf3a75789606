"""The golden thread: who says that this came of that. A strand joins two things of any rooms."""
