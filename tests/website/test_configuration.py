import os
import stat

import pytest

from knotwork.website import configuration
from knotwork.website.configuration import BadSetting


def test_a_postgres_address_becomes_a_description_of_the_database(monkeypatch, tmp_path):
    monkeypatch.setenv("KNOTWORK_DATABASE", "postgres://ada:p%40ss@db.example.org:5433/knot?sslmode=require")
    described = configuration.database(tmp_path)
    assert (described["USER"], described["PASSWORD"], described["HOST"]) == ("ada", "p@ss", "db.example.org")
    assert (described["NAME"], described["PORT"]) == ("knot", "5433")
    assert described["OPTIONS"] == {"sslmode": "require", "prepare_threshold": 5}


@pytest.mark.parametrize(("said", "kept"), [("3", 3), ("none", None)])
def test_whoever_has_a_pooler_says_what_it_can_prepare(monkeypatch, tmp_path, said, kept):
    monkeypatch.setenv("KNOTWORK_DATABASE", f"postgres://ada@db.example.org/knot?prepare_threshold={said}")
    assert configuration.database(tmp_path)["OPTIONS"]["prepare_threshold"] == kept
    monkeypatch.setenv("KNOTWORK_DATABASE", "postgres://ada@db.example.org/knot?prepare_threshold=many")
    with pytest.raises(BadSetting, match="found prepare_threshold='many', expected a whole number or none"):
        configuration.database(tmp_path)


def test_without_an_address_the_database_is_a_file_in_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("KNOTWORK_DATABASE", raising=False)
    described = configuration.database(tmp_path)
    assert described["NAME"] == str(tmp_path / "knotwork.sqlite3")
    assert "synchronous=FULL" in described["OPTIONS"]["init_command"]


def test_a_sqlite_address_names_its_file(monkeypatch, tmp_path):
    monkeypatch.setenv("KNOTWORK_DATABASE", "sqlite:///var/lib/knot.sqlite3")
    assert configuration.database(tmp_path)["NAME"] == "/var/lib/knot.sqlite3"


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("KNOTWORK_DATABASE", "mysql://x", lambda: configuration.database(None)),
        ("KNOTWORK_DATABASE", "postgres://host", lambda: configuration.database(None)),
        ("KNOTWORK_MAIL", "pigeon://x", configuration.mail_server),
        ("KNOTWORK_DEBUG", "perhaps", lambda: configuration.is_yes("KNOTWORK_DEBUG")),
    ],
)
def test_a_setting_that_cannot_be_understood_is_named_with_what_was_expected(monkeypatch, name, value, read):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=f"{name}: found .* expected"):
        read()


def test_a_mail_address_becomes_settings(monkeypatch):
    monkeypatch.setenv("KNOTWORK_MAIL", "smtp+tls://ada:secret@mail.example.org")
    settings = configuration.mail_server()
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"]) == (
        "mail.example.org",
        587,
        True,
    )


def test_the_key_is_made_once_and_only_its_owner_can_read_it(monkeypatch, tmp_path):
    monkeypatch.delenv("KNOTWORK_SECRET_KEY", raising=False)
    assert configuration.secret_key(tmp_path) == configuration.secret_key(tmp_path)
    assert stat.S_IMODE(os.stat(tmp_path / "secret-key").st_mode) == 0o600


def test_a_home_that_cannot_be_written_is_refused_in_one_sentence(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("KNOTWORK_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(BadSetting, match="cannot be read and written"):
        configuration.home_folder()
