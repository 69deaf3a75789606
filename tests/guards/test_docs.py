"""The documentation says what is so: commands, options, settings and links are held against the code."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from knotwork.cli import main
from knotwork.website.configuration import SETTINGS

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts)]
)
README = ROOT / "README.md"

FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)|\bsrc=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
SHELL = ("", "sh", "bash", "console", "ini")
OF_EVERY_COMMAND = {"--help", "--version"}
END_OF_COMMAND = ("|", ">", ">>", "&&", ";", "·")

OF_THE_TESTS = {
    "KNOTWORK_REQUIRE",
    "KNOTWORK_TEST_POSTGRES",
    "KNOTWORK_TEST_BROWSER",
    "KNOTWORK_CI_POSTGRES_PORT",
}
# Put together here so that this very file does not hold them.
NOWHERE = (
    "pypi" + ".org",
    "files.python" + "hosted",
    "registry." + "npmjs",
    "/" + "work/",
    "/" + "root/",
    "../" + "shared",
)


def code_in(page: Path) -> Iterator[str]:
    """The lines of a page's shell blocks, and all its inline code."""
    text = page.read_text(encoding="utf-8")
    for language, block in FENCE.findall(text):
        if language in SHELL:
            yield from block.replace("\\\n", " ").splitlines()
    yield from INLINE.findall(FENCE.sub("", text))


def words_after_knotwork(line: str) -> list[str]:
    """What is said to the ``knotwork`` command in a line of code; nothing when it is not called there."""
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        return []
    for before, word, position in zip(["", *words], words, range(1, len(words)), strict=False):
        if (word == "knotwork" or word.endswith("bin/knotwork")) and before not in ("-u", "--unit"):
            rest = words[position:]
            end = next((at for at, part in enumerate(rest) if part in END_OF_COMMAND), len(rest))
            return rest[:end]
    return []


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def options_of(command: click.Command) -> set[str]:
    return {
        option
        for param in command.params
        if isinstance(param, click.Option)
        for option in (*param.opts, *param.secondary_opts)
    }


def what_is_wrong(words: list[str]) -> str:
    """Why these words are no command of ours, or nothing."""
    command: click.Command = main
    words = list(words)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        found = command.get_command(click.Context(command), name)
        if found is None:
            return f"there is no command {name!r}"
        command = found
    said = {option.split("=")[0] for word in words for option in word.strip("[]").split("/")}
    unknown = {option for option in said if option.startswith("--")} - options_of(command) - OF_EVERY_COMMAND
    return f"there is no option {', '.join(sorted(unknown))}" if unknown else ""


def test_every_command_in_the_documentation_exists_with_its_options() -> None:
    wrong = [
        f"{page.relative_to(ROOT)}: `knotwork {' '.join(words)}`: {problem}"
        for page in PAGES
        for line in code_in(page)
        if (words := words_after_knotwork(line)) and words != ["..."] and (problem := what_is_wrong(words))
    ]
    assert wrong == []


def sections_of_commands() -> dict[str, str]:
    parts = re.split(
        r"^### knotwork (.+)$", (ROOT / "docs/commands.md").read_text(encoding="utf-8"), flags=re.M
    )
    return {
        name: re.split(r"^## ", text, flags=re.M)[0]
        for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_every_command_has_its_section() -> None:
    assert sorted(sections_of_commands()) == sorted(name for name, _ in commands(main))


def test_every_option_and_argument_stands_in_its_section_and_no_other() -> None:
    sections = sections_of_commands()
    for name, command in commands(main):
        section = sections[name]
        arguments = {
            (param.metavar or param.name or "").upper().rstrip(".")
            for param in command.params
            if isinstance(param, click.Argument)
        }
        said = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section))
        assert said - {"--help"} == options_of(command) - {"--help"}, name
        assert all(re.search(rf"\b{argument}\b", section) for argument in arguments), (name, arguments)


def test_every_make_target_in_the_documentation_exists() -> None:
    targets = set(
        re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    named = {
        (page.name, target)
        for page in PAGES
        for line in code_in(page)
        for target in re.findall(r"(?:^|[\s;&])make ([a-z][a-z-]*)", line.split("#")[0])
    }
    assert {(page, target) for page, target in named if target not in targets} == set()


def test_the_readme_shows_the_two_commands() -> None:
    shown = {line.split("#")[0].strip() for line in code_in(README)}
    assert {"make up", "make test"} <= shown


def test_the_settings_page_is_equal_to_the_settings() -> None:
    rows = [f"| `{s.name}` | {f'`{s.default}`' if s.default else ''} | {s.meaning} |" for s in SETTINGS]
    page = (ROOT / "docs/hosts/settings.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if line.startswith("| `KNOTWORK_")] == rows


def test_every_setting_that_is_named_exists() -> None:
    known = {setting.name for setting in SETTINGS} | OF_THE_TESTS
    named = {
        name for page in PAGES for name in re.findall(r"\bKNOTWORK_[A-Z_]*[A-Z]", page.read_text("utf-8"))
    }
    assert named - known == set()


def anchors_of(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made from their words."""
    headings = HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower().strip()).replace(" ", "-") for heading in headings}


def broken(page: Path, link: str) -> bool:
    target, _, anchor = link.partition("#")
    path = (page.parent / target).resolve() if target else page
    if not path.exists():
        return True
    return bool(anchor) and path.suffix == ".md" and anchor not in anchors_of(path)


def test_every_link_between_our_pages_leads_somewhere() -> None:
    pages = [*PAGES, *(ROOT / "src").rglob("*.md")]
    lost = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for pair in LINK.findall(INLINE.sub("", FENCE.sub("", page.read_text(encoding="utf-8"))))
        for link in pair
        if link and "://" not in link and not link.startswith("mailto:") and broken(page, link)
    ]
    assert lost == []


def our_files() -> list[Path]:
    """Every file that is, or would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name]
    folders = ("src", "tests", "docs", "benchmarks", "requirements", ".ci")
    return [*ROOT.glob("*"), *(path for folder in folders for path in (ROOT / folder).rglob("*"))]


def test_no_file_names_an_index_or_a_folder_of_one_machine() -> None:
    found = []
    for path in our_files():
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content[:8000]:
            found += [f"{path.relative_to(ROOT)}: {word}" for word in NOWHERE if word.encode() in content]
    assert found == []
