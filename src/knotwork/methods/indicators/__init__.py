"""Methods for indicators (MEASURE): rates and proportions of places with honest limits, run charts, trends, and how
unequal a place is.

One method in one file; a method takes arrays and gives a frozen result. A bad row never fails the table: it gets
no value, and a reason.
"""

METHOD_VERSION = "1"

__all__ = ["METHOD_VERSION"]
