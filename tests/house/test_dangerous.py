"""What could run, fetch or unpack somebody else's words stands in few places, each known, or nowhere."""

import ast

import pytest

from tests.house.source import PACKAGE, Module, modules

# Called anywhere, they run or revive what they are given.
RUNS_WORDS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "mark_safe"}
UNPACKS = {"pickle", "marshal", "shelve", "dill", "yaml", "xml", "lxml", "defusedxml", "ldap3", "jsonpickle"}
TALKS = {
    "socket", "ssl", "http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "smtplib", "ftplib",
    "telnetlib", "xmlrpc", "mesh_client", "paramiko",
}  # fmt: skip
# Each door to other programs and machines, and what goes through it.
STARTS_PROGRAMS = {
    "kept/cli/serve.py",  # the sealer beside the pages
    "kept/database/backup.py",  # pg_dump
    "kept/database/programs.py",  # PostgreSQL's own programs
    "kept/database/restoring.py",  # pg_restore
    "kept/database/system_user.py",
    "kept/web/building.py",  # Node, to compile the styles
}
FETCHES = {"kept/post/mesh.py"}  # messages, from the mailbox that the settings name
OURS_UNESCAPED = {
    "kept/web/jinja.py",  # the drawing of a second factor
    "kept/web/notices/alone.py",  # our style sheet
    "kept/web/notices/pictures.py",  # the pictures of a notice
}


def ids(module: Module) -> str:
    return module.name


def imported(module: Module, names: set[str]) -> set[str]:
    return {one for one in module.imports() if any(f"{one}.".startswith(f"{name}.") for name in names)}


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_nothing_runs_or_revives_what_it_is_given(module: Module) -> None:
    assert not set(module.calls()) & RUNS_WORDS
    assert not imported(module, UNPACKS)


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_no_program_is_started_by_a_shell(module: Module) -> None:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            assert "shell" not in {keyword.arg for keyword in node.keywords}


def test_few_modules_start_programs_and_one_talks_to_another_machine() -> None:
    assert {m.name for m in modules() if imported(m, {"subprocess"})} <= STARTS_PROGRAMS
    assert {m.name for m in modules() if imported(m, TALKS)} <= FETCHES


def test_what_is_not_escaped_is_our_own() -> None:
    assert {m.name for m in modules() if "Markup" in m.calls()} <= OURS_UNESCAPED
    for template in (PACKAGE / "web" / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), template
        assert "autoescape" not in text, template


def test_no_script_of_a_page_keeps_anything_in_the_browser_or_hears_other_pages() -> None:
    script = (PACKAGE / "web" / "assets" / "kept.js").read_text(encoding="utf-8")
    for word in ("Storage", "indexedDB", "document.cookie", "postMessage", "innerHTML", "eval", "fetch("):
        assert word not in script
