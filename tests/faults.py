"""What is wrong with a page in the browser as it stands: what axe finds in light and in dark, and what runs over."""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

# In the dark nothing but colours is another.
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def faults_of(page: Page) -> list[Any]:
    """Empty for a page without faults. The page's own policy must not keep axe out (``bypass_csp``)."""
    page.evaluate(_axe())
    found: list[Any] = []
    for scheme, asked in (("dark", OF_COLOURS), ("light", {})):
        # Without motion colours change at once.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        answer = page.evaluate("asked => axe.run({...asked, resultTypes: ['violations']})", asked)
        for problem in answer["violations"]:
            found.append((scheme, problem["id"], [node["html"][:150] for node in problem["nodes"]][:3]))
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*found, f"runs over by {over} px"] if over > 0 else found
