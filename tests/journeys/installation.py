"""A real installation, started as a host starts it: ``knotwork up`` with its examples, web server and workers."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen


@dataclass
class Installation:
    """A running ``knotwork up`` and what it has printed so far."""

    process: "subprocess.Popen[str]"
    address: str
    home: Path
    printed: list[str] = field(default_factory=list)

    @property
    def start_path(self) -> str:
        """The once-only sign-in link, as a path."""
        match = re.search(r"(/start/[\w-]+/)", "".join(self.printed))
        assert match, "".join(self.printed)
        return match.group(1)

    def stop(self) -> int:
        """Ask it to end, as Ctrl-C or a service manager does; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=15)


def free_port() -> int:
    """A port that nobody listens on, below those that the system lends: none of them is taken a moment later."""
    for port in random.SystemRandom().sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("a hundred ports are taken")


def start(home: Path, *options: str, within: float = 240.0) -> Installation:
    """Start an installation in ``home`` and wait until it says that it is ready."""
    port = free_port()
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("KNOTWORK_", "DJANGO_"))
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "knotwork.cli", "up", "--port", str(port), *options],
        env=environment | {"KNOTWORK_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    installation = Installation(process, f"http://127.0.0.1:{port}", home)
    is_ready = threading.Event()

    def read() -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                installation.printed.append(line)
                if "Press Ctrl-C to stop" in line:
                    is_ready.set()

    threading.Thread(target=read, daemon=True).start()
    until = time.monotonic() + within
    while not is_ready.wait(0.2):
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            raise AssertionError("knotwork up did not become ready:\n" + "".join(installation.printed[-40:]))
    return installation


def wait_until_ready(installation: Installation, within: float = 60.0) -> None:
    """Wait until ``/readyz`` says that workers live and examples are loaded."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            with urlopen(f"{installation.address}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError("never ready:\n" + "".join(installation.printed[-40:]))
