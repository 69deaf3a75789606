"""The examples in the docstrings say what is so."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "methods.indicators.inequality",
        "methods.indicators.proportions",
        "methods.indicators.rates",
        "methods.indicators.runs",
        "methods.indicators.spc",
        "methods.indicators.trend",
        "formats.series",
        "formats.series_periods",
    ],
)
def test_the_examples_hold(module):
    failed, tried = doctest.testmod(
        import_module(f"knotwork.{module}"), extraglobs={"np": __import__("numpy")}
    )
    assert (failed, tried > 0) == (0, True)
