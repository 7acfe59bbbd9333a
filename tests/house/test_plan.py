"""The house stands as it was planned: where lines live, what things are called, who uses whom."""

import ast
import re
import shutil
import subprocess

import pytest

from tests.house.source import PACKAGE, ROOT, Module, modules

CUPBOARDS = {
    "services",
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "misc",
    "base",
    "tools",
    "manager",
}
NAMED_BY_DJANGO = "kept/database/base.py"  # the module that a database engine must have
LONGEST_FILE, LONGEST_FUNCTION = 400, 70

# Where each may be read, and nowhere else.
CLOCKS = re.compile(r"(datetime\.(now|utcnow|today)|timezone\.(now|localdate)|date\.today|time\.time)$")
CLOCK_DOORS = ("kept/web/", "kept/cli/", "kept/staff/", "kept/database/")
ENVIRONMENT_DOORS = ("kept/config/settings.py", "kept/cli/", "kept/config/wsgi.py")


def ids(module: Module) -> str:
    return module.name


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_no_file_is_a_cupboard(module: Module) -> None:
    if module.name != NAMED_BY_DJANGO:
        assert not set(module.path.relative_to(PACKAGE).with_suffix("").parts) & CUPBOARDS


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_files_and_functions_are_small(module: Module) -> None:
    assert len(module.path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    long = [f.name for f in module.functions() if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION]
    assert not long


@pytest.mark.parametrize("module", [m for m in modules() if m.path.name == "actions.py"], ids=ids)
def test_actions_say_who_and_when_or_work_within_an_open_entry(module: Module) -> None:
    for function in module.tree.body:
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_") and writes(function):
            named = [argument.arg for argument in function.args.kwonlyargs]
            positional = [argument.arg for argument in function.args.args]
            assert not positional, f"{function.name} takes its arguments by name"
            assert named[:1] == ["within"] or (named[0] == "by" and named[-1] == "at"), function.name


def writes(function: ast.FunctionDef) -> bool:
    """Whether a function writes rows: those that only ask, or number people to be, do not."""
    return bool(
        re.search(r"\.(create|save|update|bulk_create|delete|get_or_create)\(|entry\(", ast.unparse(function))
    )


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_rooms_touch_only_their_own_rows(module: Module) -> None:
    allowed = {module.room, "ledger"} if module.path.name == "models.py" else {module.room}
    if module.room == "cli" or module.path.name == "checks.py":
        return  # the doors of the house hand over; the checks look at every table
    foreign = {
        found
        for found in module.imports()
        if (match := re.match(r"kept\.(\w+)\..*models(\.|$)", f"{found}.")) and match.group(1) not in allowed
    }
    assert not {name for name in foreign if not name.startswith("kept.ledger.held")}


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_the_clock_is_read_at_the_doors(module: Module) -> None:
    if not module.name.startswith(CLOCK_DOORS):
        assert not [call for call in module.calls() if CLOCKS.search(call)]


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_the_environment_is_read_in_the_settings_and_on_the_command_line(module: Module) -> None:
    if not module.name.startswith(ENVIRONMENT_DOORS):
        text = module.path.read_text(encoding="utf-8")
        assert "os.environ" not in text or module.name.startswith(("kept/database/", "kept/web/building.py"))
        assert "getenv" not in text


def test_one_module_turns_a_cookie_into_an_asker() -> None:
    pages = {m.name: m.path.read_text(encoding="utf-8") for m in modules() if m.room == "web"}
    assert [name for name, text in pages.items() if "COOKIES" in text] == ["kept/web/askers.py"]
    assert not [name for name, text in pages.items() if "request.user" in text]


def test_nothing_imports_the_wiring() -> None:
    others = [m for m in modules() if m.room != "config"]
    assert not [m.name for m in others if any(name.startswith("kept.config") for name in m.imports())]


def test_rules_know_only_promises_and_standards() -> None:
    for module in modules():
        if module.path.name == "rules.py":
            ours = [i for i in module.imports() if i.startswith("kept.")]
            near = f"kept.{module.room}."
            wrong = [
                i for i in ours if not i.startswith(("kept.notices", "kept.standards", near, "kept.record"))
            ]
            assert not wrong, (module.name, wrong)
            assert not [i for i in module.imports() if i.startswith("django")], module.name


def tracked() -> list[str]:
    """The text files of the checkout; none where this is no checkout, or there is no git to ask."""
    if not shutil.which("git"):
        return []
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [name for name in listed.stdout.splitlines() if not name.endswith((".png", ".svg", ".lock"))]


def test_nothing_names_one_machine_or_a_registry() -> None:
    if not tracked():
        pytest.skip("this is no git checkout, so there is no list of files to look through")
    hosts = "|".join(
        ("pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "deb" + r"\.debian")
    )
    named = re.compile(rf"({hosts}|/ro{'ot'}/\.|/wo{'rk'}/(main|shared))")
    found = [
        name
        for name in tracked()
        if (ROOT / name).is_file()
        and named.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not found
