"""Where Debian's Chromium is, and how it is started without asking anything of the network."""

import os
import shutil

CHROMIUM = (
    os.environ.get("KNOTWORK_TEST_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome") or ""
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--force-color-profile=srgb"]  # fmt: skip
