"""The words of the way of taking part, read from its templates and modules, and held against the Welsh catalogue.

``python -m tests.guards.catalogue`` writes words that are missing into the catalogue, empty, names them, and makes the
``.mo`` anew. Fill in the empty ones in ``src/knotwork/locale/cy/LC_MESSAGES/django.po`` and run it again.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template import engines
from django.template.base import Node, Template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

SOURCE = Path(__file__).parents[2] / "src/knotwork"
FOLDER = SOURCE / "locale/cy/LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"

OF_PARTICIPANTS = (
    "about", "add", "change", "code", "come_back", "end", "forget", "letter", "not_open", "not_taken", "statement",
    "which_part", "yours", "about_you", "flag", "invited", "invited_with",
)  # fmt: skip
TEMPLATES = (
    *(f"conversations/{name}.html" for name in OF_PARTICIPANTS),
    "conversations/mail/results_subject.txt",
    "conversations/mail/results_body.txt",
    "mail/refuse.html",
    *(f"pages/components/{name}.html" for name in ("error_summary", "field", "form", "notice", "share")),
    *(f"pages/errors/{number}.html" for number in (400, 403, "403_csrf", 404, 413, 429, 500, 503)),
)
MODULES = (
    *(
        f"conversations/views/{name}.py"
        for name in (
            "adding",
            "background",
            "flagging",
            "found",
            "here",
            "inviting",
            "listing",
            "result_letters",
            "taking_part",
        )
    ),
    *(
        f"conversations/services/{name}.py"
        for name in (
            "background",
            "flags",
            "invitations",
            "participants",
            "refusals",
            "result_letters",
            "voting",
            "wording",
        )
    ),
    "conversations/services/statements.py",
    *(f"conversations/forms/{name}.py" for name in ("inviting", "moderating", "taking_part")),
    "conversations/rules.py",
    "programmes/consultation.py",
    "conversations/queries/people.py",
    *(f"conversations/models/{name}.py" for name in ("statements", "votes")),
    *(f"core/pages/{name}.py" for name in ("errors", "forms", "numbers")),
    "core/pages/templatetags/pages.py",
    *sorted(str(path.relative_to(SOURCE)) for path in SOURCE.glob("**/apps.py")),
)
ONE = {"_", "gettext", "gettext_lazy"}
MANY = {"ngettext", "ngettext_lazy"}

Words = str | tuple[str, str]


def words_of_templates() -> Iterator[Words]:
    """What is marked in the templates, and in all that they extend and include."""
    waiting, seen = list(TEMPLATES), set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        template: Template = engines["django"].get_template(name).template  # type: ignore[attr-defined]
        for node in _nodes(template.nodelist):
            if isinstance(node, ExtendsNode | IncludeNode):
                parent = node.parent_name if isinstance(node, ExtendsNode) else node.template
                waiting.append(parent.token.strip("\"'") if hasattr(parent, "token") else str(parent.var))
            elif isinstance(node, TranslateNode):
                yield str(node.filter_expression.var.literal)  # type: ignore[union-attr]
            elif isinstance(node, BlockTranslateNode):
                yield _of_block(node)


def _nodes(nodes: object) -> Iterator[Node]:
    for node in nodes:  # type: ignore[attr-defined]
        yield node
        # A node may hold further nodes under names of its own, and the branches of an ``if`` in a list.
        for name in ("nodelist", "nodelist_loop", "nodelist_empty"):
            yield from _nodes(getattr(node, name, None) or [])
        for _condition, branch in getattr(node, "conditions_nodelists", []):
            yield from _nodes(branch)


def _of_block(node: BlockTranslateNode) -> Words:
    singular, _names = node.render_token_list(node.singular)
    if not node.plural:
        return singular
    return singular, node.render_token_list(node.plural)[0]


def words_of_modules() -> Iterator[Words]:
    """What is marked in the modules."""
    for name in MODULES:
        for node in ast.walk(ast.parse((SOURCE / name).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            texts = [
                one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            if node.func.id in ONE and texts:
                yield texts[0]
            elif node.func.id in MANY and len(texts) > 1:
                yield texts[0], texts[1]


def all_words() -> list[Words]:
    """Every word of the way of taking part, once, the same text with and without a plural as one with."""
    found: dict[str, Words] = {}
    for words in [*words_of_templates(), *words_of_modules()]:
        key = words if isinstance(words, str) else words[0]
        if not isinstance(found.get(key), tuple):
            found[key] = words
    return [found[key] for key in sorted(found)]


def catalogue() -> Catalog:
    """The catalogue as it stands."""
    with PO.open("rb") as lines:
        return read_po(lines, locale="cy")


def compiled(of: Catalog) -> bytes:
    """What the ``.mo`` has to hold."""
    stream = io.BytesIO()
    write_mo(stream, of)
    return stream.getvalue()


def missing(of: Catalog) -> list[Words]:
    """Words that are not there, or have an empty form."""
    found = []
    for words in all_words():
        message = of.get(words if isinstance(words, str) else words[0])
        forms = (
            [] if message is None else [message.string] if isinstance(message.string, str) else message.string
        )
        if not forms or not all(forms) or (isinstance(words, tuple) and len(forms) < of.num_plurals):
            found.append(words)
    return found


def main() -> int:
    import django

    django.setup()
    there = catalogue()
    lacking = missing(there)
    for words in lacking:
        key = words if isinstance(words, str) else words[0]
        if there.get(key) is None:
            there.add(words)
        print(words)
    with PO.open("wb") as lines:
        write_po(lines, there, width=110, sort_output=True, omit_header=False)
    MO.write_bytes(compiled(there))
    print(f"{len(all_words())} words, {len(lacking)} to be translated")
    return bool(lacking)


if __name__ == "__main__":
    sys.exit(main())
