"""The house keeps its shape: what refers to what, how large files are, what a dump holds."""

import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from knotwork.website.backup import LEFT_OUT, kept_models, neutral_type

ROOT = Path(__file__).resolve().parents[2]

FLOORS = {
    "website": 7, "examples": 7, "thread": 6, "actions": 5, "learning": 5, "publications": 5,
    "calls": 4, "conversations": 4, "maps": 4, "measures": 4, "support": 4, "programmes": 3,
    "pages": 2, "limits": 2, "schedule": 2, "events": 2, "accounts": 2, "strands": 2,
    "analyses": 2, "mail": 2, "uploads": 2, "feeds": 2, "search": 2,
}  # fmt: skip

# The nouns that higher floors may hold on to.
NOUNS = {
    "accounts.Person",
    "programmes.Programme",
    "programmes.Place",
    "programmes.Organisation",
    "programmes.Area",
}


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("knotwork.")]


def test_every_app_of_ours_stands_on_a_floor():
    assert {model._meta.app_label for model in ours()} <= set(FLOORS)


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_a_foreign_key_stays_in_its_room_or_points_down_to_a_noun(model):
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey | models.ManyToManyField | models.OneToOneField):
            continue
        target = field.related_model
        if target._meta.app_label == model._meta.app_label:
            continue
        assert FLOORS[target._meta.app_label] < FLOORS[model._meta.app_label], f"{field} points up"
        assert target._meta.label in NOUNS, f"{field} points to a noun that is not on the list"


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_every_model_is_in_the_dump_or_left_out_by_name(model):
    assert (model in kept_models()) != (model._meta.label in LEFT_OUT)


@pytest.mark.parametrize("model", kept_models(), ids=lambda model: model._meta.label)
def test_every_field_of_a_kept_model_has_a_neutral_type(model):
    assert all(neutral_type(field) is not None for field in model._meta.concrete_fields)


def test_what_is_left_out_of_the_dump_still_exists():
    assert set(LEFT_OUT) <= {model._meta.label for model in apps.get_models(include_auto_created=True)}


def tracked(*patterns):
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_files_stay_small_enough_to_be_read():
    sizes = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked("src/*.py")
        if "/migrations/" not in path.as_posix()
    }
    assert not {path.name: size for path, size in sizes.items() if size > 600}
    over_400 = [path for path, size in sizes.items() if size > 400]
    assert len(over_400) <= len(sizes) // 10


def test_no_room_is_called_after_nothing_in_particular():
    vague = {"utils", "helpers", "manager", "data", "process", "misc", "common"}
    assert not [path for path in tracked("src/*.py") if path.stem in vague]


def test_nothing_that_records_addresses_or_belongs_to_one_machine_is_kept():
    assert not [
        path for path in tracked() if path.name in ("uv.lock", "package-lock.json", ".env", "secret-key")
    ]
    for path in tracked("requirements/*.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if line.startswith("-") or "://" in line]


def test_every_app_of_ours_has_one_migration_head():
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}
