"""What people say of how they lead, and how a group of them changed."""

from knotwork.methods.reflection.change import MINIMUM, GroupChange, group_change

__all__ = ["MINIMUM", "GroupChange", "group_change"]
