"""Take the pictures of the README and the documentation anew, from a real installation: part of ``make docs``."""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from tests.browser import ARGUMENTS, CHROMIUM
from tests.journeys.installation import start, wait_until_ready

PICTURES = Path(__file__).parent / "pictures"
PROGRAMME = "/programmes/local-vision/"
CONVERSATIONS = "/programmes/open-conversations/listen/"
NORTHVALE = "/programmes/northvale/"
OBESITY = "/programmes/open-maps/map/obesity/"

# name: address, width, height, colour scheme, whole page
SHOTS = {
    "home": ("/", 1280, 900, "light", False),
    "programme": (PROGRAMME, 1280, 1000, "light", False),
    "programme-dark": (PROGRAMME, 1280, 1000, "dark", False),
    "place": (f"{PROGRAMME}places/gloucestershire/", 1280, 1000, "light", False),
    "results": (f"{CONVERSATIONS}biodiversity/results/", 1280, 1400, "light", False),
    "take-part": (
        f"{CONVERSATIONS}try-it-yourself-how-should-we-look-after-nature/",
        390,
        780,
        "light",
        False,
    ),
    "walk": (f"{NORTHVALE}places/northvale/?walk=1", 1280, 1100, "light", False),
    "try-out": (f"{NORTHVALE}try/the-440-home/", 1280, 1300, "light", False),
    "obesity-map": (OBESITY, 1280, 1500, "light", False),
    "run-chart": (f"{NORTHVALE}measure/trips-after-four-in-the-afternoon/", 1280, 1250, "light", False),
    "spread": ("/learn/spread/", 1280, 1200, "light", False),
}


def main() -> int:
    """Take them all; nothing is done on a machine without Chromium."""
    if not CHROMIUM:
        print("No Chromium on this machine: the pictures stay as they are.")
        return 0
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="knotwork-pictures-") as home, sync_playwright() as playwright:
        installation = start(Path(home))
        try:
            wait_until_ready(installation)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for name in SHOTS:
                take(browser, installation.address, name)
            browser.close()
        finally:
            installation.stop()
    return 0


def take(browser: Browser, address: str, name: str) -> None:
    """One picture, with few enough colours to stay small."""
    path, width, height, scheme, whole = SHOTS[name]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    answer = page.goto(f"{address}{path}")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{path} did not answer with a page")
    page.evaluate("document.fonts.ready")
    shot = Image.open(io.BytesIO(page.screenshot(full_page=whole)))
    shot.convert("RGB").quantize(128, method=Image.Quantize.MEDIANCUT).save(
        PICTURES / f"{name}.png", optimize=True
    )
    page.close()


if __name__ == "__main__":
    sys.exit(main())
