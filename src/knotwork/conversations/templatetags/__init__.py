"""``{% load conversations %}``."""
