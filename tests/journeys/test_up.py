"""The host's first ten minutes."""

import os
import signal
import socket
import subprocess
import sys
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.journeys.installation import start, wait_until_ready


def test_a_port_that_is_taken_is_said_in_one_line_and_nothing_is_started(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-m", "knotwork.cli", "up", "--port", str(port)],
            env=os.environ | {"KNOTWORK_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert ended.returncode == 2
    assert f"Port {port}" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert not (tmp_path / "home" / "knotwork.sqlite3").exists()


def test_a_home_that_cannot_be_used_is_said_in_one_line(tmp_path):
    (tmp_path / "file").touch()
    ended = subprocess.run(
        [sys.executable, "-m", "knotwork.cli", "check"],
        env=os.environ | {"KNOTWORK_HOME": str(tmp_path / "file" / "home")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 2
    assert "KNOTWORK_HOME" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_it_ends_with_its_web_server_when_its_terminal_is_closed(a_short_life):
    running = start(a_short_life["home"], "--no-demo")
    running.process.send_signal(signal.SIGHUP)
    assert running.process.wait(timeout=15) == 0
    with pytest.raises(URLError):
        urlopen(f"{running.address}/livez", timeout=2)


@pytest.fixture(scope="module")
def a_short_life(tmp_path_factory):
    """Start, look, stop, start again, stop."""
    home = tmp_path_factory.mktemp("short")
    seen = {"home": home}
    first = start(home, "--no-demo")
    wait_until_ready(first)
    seen["first"] = "".join(first.printed)
    with urlopen(f"{first.address}{first.start_path}") as answer:
        seen["start link"] = answer.status
    check = subprocess.run(
        [sys.executable, "-m", "knotwork.cli", "check"],
        env=os.environ | {"KNOTWORK_HOME": str(home), "KNOTWORK_DATABASE": ""},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    seen["check"] = (check.returncode, check.stdout)
    seen["first status"] = first.stop()
    second = start(home, "--no-demo")
    wait_until_ready(second)
    seen["second"] = "".join(second.printed)
    try:
        with urlopen(f"{second.address}{first.start_path}") as answer:
            seen["old link"] = answer.status
    except HTTPError as refused:
        seen["old link"] = refused.code
        refused.close()
    seen["second status"] = second.stop()
    return seen


def test_the_first_start_prints_the_address_the_link_and_how_to_stop(a_short_life):
    assert "Knotwork is ready at http://127.0.0.1:" in a_short_life["first"]
    assert "/start/" in a_short_life["first"]
    assert "Ctrl-C" in a_short_life["first"]
    assert a_short_life["start link"] == 200


def test_a_second_start_repeats_no_work_and_makes_the_earlier_link_useless(a_short_life):
    assert "migrations applied" in a_short_life["first"]
    assert "migrations applied" not in a_short_life["second"]
    assert "Loading" not in a_short_life["second"]
    assert a_short_life["old link"] == 403


def test_a_running_installation_is_healthy_by_its_own_word(a_short_life):
    status, words = a_short_life["check"]
    assert status == 0, words
    assert "MEND" not in words


def test_it_ends_in_order_when_it_is_asked_to(a_short_life):
    assert (a_short_life["first status"], a_short_life["second status"]) == (0, 0)
