"""How fast pages come at eight readers at once: a real installation with its examples, as ``knotwork up`` runs it.

Run: ``python -m benchmarks.pages [--requests 400] [--out FILE]``. Readers are threads in this process, on the same
cores as the servers, so the figures are the worse for it. Strangers are answered from pages that are kept; the readers
called *signed in* have every page made anew for them.
"""

import argparse
import gzip
import http.client
import json
import os
import re
import statistics
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import psutil
from tests.journeys.installation import Installation, start, wait_until_ready

READERS = 8


@dataclass(frozen=True)
class PageFigures:
    """What one page costs: milliseconds as readers wait, server CPU per page, bytes before and after compression."""

    page: str
    address: str
    p50_ms: float
    p95_ms: float
    server_cpu_ms: float
    bytes_plain: int
    bytes_sent: int


def pages_of(installation: Installation) -> dict[str, str]:
    """The pages to measure, found by following links as a reader would."""
    home = _get(installation, "/")[1]
    programme = next(path for path in _links(home) if re.fullmatch(r"/programmes/[\w-]*local-vision/", path))
    place = next(
        path for path in _links(_get(installation, programme)[1]) if path.endswith("/places/gloucestershire/")
    )
    conversations = [
        path
        for path in _links(_get(installation, "/listen/")[1])
        if "/listen/" in path and path.count("/") >= 5
    ]
    results = next(path for path in _results(installation, conversations))
    open_one = next(path for path in conversations if "try" in path)
    return {"home": "/", "programme": programme, "place": place, "results": results, "participant": open_one}


def places_signed_in(installation: Installation) -> dict[str, str]:
    """Two places with all panels, one real and one made up."""
    links = _links(_get(installation, "/programmes/")[1])
    addresses = [
        f"{path}places/{place}/" for path in sorted(set(links)) if re.fullmatch(r"/programmes/[\w-]+/", path)
        for place in ("york", "northvale")
    ]  # fmt: skip
    there = [address for address in addresses if _get(installation, address)[0] == 200]
    return {f"{address.split('/')[-2]}, in": address for address in there}


def sign_in(installation: Installation) -> str:
    """The host signs in by the link that was printed; the cookie of her session."""
    opener = build_opener(HTTPCookieProcessor(kept := CookieJar()))
    address = f"{installation.address}{installation.start_path}"
    with opener.open(address) as answer:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
    assert token, "the page of the start link has no form"
    words = {"csrfmiddlewaretoken": token.group(1), "email": "reader@example.org"}
    opener.open(address, urlencode(words).encode()).close()
    return "; ".join(f"{one.name}={one.value}" for one in kept)


def _results(installation: Installation, paths: list[str]) -> list[str]:
    stems = sorted({re.match(r"(/programmes/[\w-]+/listen/[\w-]+/)", path).group(1) for path in paths})  # type: ignore[union-attr]
    named = [stem for stem in stems if "biodiversity" in stem and "try" not in stem]
    return [f"{stem}results/" for stem in named]


def _links(page: str) -> list[str]:
    return re.findall(r'href="(/[^"#?]*)"', page)


def _get(installation: Installation, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(installation.address.removeprefix("http://"), timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def measure(installation: Installation, name: str, path: str, requests: int, cookie: str = "") -> PageFigures:
    """Ask for one page ``requests`` times from eight readers; with a cookie, as somebody who signed in."""
    for _ in range(20):
        _get(installation, path)
    turns: Queue[None] = Queue()
    for _ in range(requests):
        turns.put(None)
    waits: list[float] = []
    sizes: dict[str, int] = {}
    servers = _servers(installation)
    before = _cpu(servers)

    def read() -> None:
        connection = http.client.HTTPConnection(installation.address.removeprefix("http://"), timeout=30)
        while True:
            try:
                turns.get_nowait()
            except Empty:
                connection.close()
                return
            began = time.perf_counter()
            connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
            answer = connection.getresponse()
            body = answer.read()
            waits.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
            sizes.update(
                sent=len(body), plain=len(gzip.decompress(body)) if body[:2] == b"\x1f\x8b" else len(body)
            )

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    spent = _cpu(servers) - before
    waits.sort()
    return PageFigures(
        name, path, round(statistics.median(waits), 1), round(waits[int(len(waits) * 0.95)], 1),
        round(spent / requests * 1000, 1), sizes["plain"], sizes["sent"],
    )  # fmt: skip


def _servers(installation: Installation) -> list[psutil.Process]:
    """The web server's processes: those that listen on its port."""
    port = int(installation.address.rsplit(":", 1)[1])
    children = psutil.Process(installation.process.pid).children(recursive=True)
    return [
        child
        for child in children
        if any(one.laddr.port == port and one.status == psutil.CONN_LISTEN for one in child.net_connections())
    ]


def _cpu(processes: list[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def printed(figures: list[PageFigures], requests: int) -> str:
    """The figures as a table."""
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    lines = [
        f"\n{READERS} readers at once, {requests} requests a page; load of the machine {load}",
        f"{'page':<14}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}{'kB':>9}{'kB sent':>9}",
    ]
    lines += [
        f"{row.page:<14}{row.p50_ms:>9}{row.p95_ms:>9}{row.server_cpu_ms:>9}"
        f"{row.bytes_plain / 1000:>9.1f}{row.bytes_sent / 1000:>9.1f}"
        for row in figures
    ]
    return "\n".join(lines)


def write(figures: list[PageFigures], target: Path) -> None:
    """Keep the figures in a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps([asdict(row) for row in figures], indent=1), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="knotwork-bench-") as home:
        installation = start(Path(home))
        try:
            wait_until_ready(installation)
            figures = [
                measure(installation, name, path, options.requests)
                for name, path in pages_of(installation).items()
            ]
            cookie = sign_in(installation)
            figures += [
                measure(installation, name, path, options.requests, cookie)
                for name, path in places_signed_in(installation).items()
            ]
        finally:
            installation.stop()
    print(printed(figures, options.requests))
    if options.out:
        write(figures, options.out)


if __name__ == "__main__":
    main()
