"""How the processes of a real service are started: each as a user of its own, with what its work needs and no more."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from typer.main import get_command

from kept.database.addresses import setting_of
from kept.database.roles import LOGIN_NAMES
from tests import cast, clusters
from tests.journeys.site import build_once, served
from tests.outside.rehearsing import kept

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
SETTINGS = {file.stem: file for file in (DEPLOY / "settings").glob("*.env")}
# Which addresses of the database each process may hold.
MAY_HOLD = {
    "pages": {"application", "door", "publisher"},
    "sealer": {"sealer"},
    "intake": {"intake"},
    "delivery": {"application"},
    "backup": {"backup"},
    "monitor": {"monitor"},
}
HARDENED = {
    "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
    "PrivateDevices=yes", "ProtectKernelTunables=yes", "ProtectKernelModules=yes", "ProtectControlGroups=yes",
    "ProtectProc=invisible", "RestrictNamespaces=yes", "RestrictSUIDSGID=yes", "LockPersonality=yes",
    "SystemCallArchitectures=native", "SystemCallFilter=@system-service", "UMask=0077",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
}  # fmt: skip


def process(unit: Path) -> str:
    return unit.stem.removeprefix("kept-")


def said(file: Path) -> dict[str, str]:
    """What a file of settings gives, by name."""
    lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_there_is_a_unit_for_each_process_and_settings_for_each_unit() -> None:
    assert {process(unit) for unit in UNITS} == set(MAY_HOLD)
    assert set(SETTINGS) == {*MAY_HOLD, "administration"}


@pytest.mark.parametrize("unit", UNITS, ids=process)
def test_each_runs_as_a_user_of_its_own_and_may_do_little(unit: Path) -> None:
    lines = unit.read_text().splitlines()
    name = process(unit)
    assert set(lines) >= HARDENED | {f"User=kept-{name}", f"EnvironmentFile=/etc/kept/{name}.env"}
    assert not [line for line in lines if re.search(r"PASSWORD|SECRET|postgresql://", line)]


@pytest.mark.parametrize("unit", UNITS, ids=process)
def test_each_starts_a_command_that_there_is(unit: Path) -> None:
    from kept.cli.app import app

    (line,) = re.findall(r"^ExecStart=/opt/kept/bin/kept (.+)$", unit.read_text(), re.M)
    command, words = get_command(app), shlex.split(line)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    options = {
        option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
    }
    assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("name", MAY_HOLD)
def test_each_is_given_only_the_addresses_that_its_work_needs(name: str) -> None:
    held = {setting for setting in said(SETTINGS[name]) if setting.startswith("KEPT_DATABASE_")}
    assert held == {f"KEPT_DATABASE_{role.upper()}" for role in MAY_HOLD[name]}


def test_one_process_seals_one_reads_second_factors_and_none_makes_roles() -> None:
    def holders(setting: str) -> set[str]:
        return {name for name, file in SETTINGS.items() if setting in file.read_text() and name in MAY_HOLD}

    assert holders("KEPT_SECOND_FACTOR_KEY") == {"pages"}
    assert holders("KEPT_DATABASE_ADMINISTRATOR") == holders("KEPT_DATABASE_OWNER") == set()
    assert holders("KEPT_DATABASE_SEALER") == {"sealer"}


def test_every_setting_is_in_the_guide() -> None:
    guide = (DEPLOY.parent / "docs/guides/settings.md").read_text()
    roles = {setting_of(role) for role in LOGIN_NAMES}
    for name, file in SETTINGS.items():
        unknown = [one for one in said(file) if f"`{one}`" not in guide and one not in roles]
        assert unknown == [], name


def test_whoever_administers_can_act_as_every_role() -> None:
    """A command that lacks an address says so only when somebody needs it."""
    needed = {setting_of(role) for role in LOGIN_NAMES if role != "kept_reporter"}  # which nothing uses yet
    assert needed <= set(said(SETTINGS["administration"]))


def test_every_timer_starts_a_unit() -> None:
    started = {timer.stem for timer in TIMERS}
    assert started == {unit.stem for unit in UNITS if "Type=oneshot" in unit.read_text()}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="this machine has no systemd to ask")
def test_systemd_finds_nothing_wrong() -> None:
    files = [str(file) for file in (*UNITS, *TIMERS)]
    told = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    # The program is installed elsewhere than where the tests run, and its guide with it.
    wrong = [
        line
        for line in told.stderr.splitlines()
        if not re.search(r"is not executable|man page|lock file", line)
    ]
    assert not [line for line in wrong if "kept-" in line]


@pytest.fixture(scope="module")
def name(template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock(), clusters.template_clone() as name, clusters.pointed_at(name):
        yield name


def only(name: str, process: str) -> dict[str, str]:
    """The addresses that a process is given, and no other setting that leads to a database."""
    server = clusters.shared()
    return {
        f"KEPT_DATABASE_{role.upper()}": server.address_for(f"kept_{role}", database=name)
        for role in MAY_HOLD[process]
    }


def test_the_pages_are_served_with_what_they_are_given(name: str) -> None:
    import urllib.request

    build_once()
    with served(only(name, "pages")) as site:
        with urllib.request.urlopen(f"{site.address}/health/ready", timeout=30) as ready:  # noqa: S310
            assert ready.status == 200
        with urllib.request.urlopen(f"{site.address}/sign-in/", timeout=30) as page:  # noqa: S310
            assert page.status == 200


def test_messages_are_read_and_letters_let_out_with_what_they_are_given(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "broken.json").write_text("{")
    (tmp_path / "token").write_text(f"process:{cast.token_of('intake')}\n")
    home = {"KEPT_HOME": str(tmp_path / "home")}
    ended = kept(
        "intake",
        "run",
        str(tmp_path / "in"),
        "--token-file",
        str(tmp_path / "token"),
        **home,
        **only(name, "intake"),
    )
    assert (ended.code, "broken.json" in ended.told) == (0, True), ended.said
    assert kept("post", "settle", **home, **only(name, "delivery")).code == 0
    assert "KEPT_DATABASE_OWNER is not set" in kept(
        "staff", "add-team", "A team", "--as", "ira@kent.example", "--service", "health-visiting",
        **home, **only(name, "pages"),
    ).said  # fmt: skip


CONTAINER = (DEPLOY / "Containerfile").read_text()


def test_the_container_is_built_from_pinned_packages_and_holds_no_secret() -> None:
    """Nothing here builds containers: this looks at the text alone."""
    steps = [line.split(" ", 1)[0] for line in CONTAINER.splitlines() if re.match(r"[A-Z]+ ", line)]
    assert "ADD" not in steps
    assert "--require-hashes" in CONTAINER
    assert not re.search(r"latest|PASSWORD|SECRET|TOKEN|postgresql://", CONTAINER)
    base = re.findall(r"^ARG BASE=(\S+)$", CONTAINER, re.M)
    assert base == ["python:3.11-slim-bookworm"]


def test_the_container_runs_as_nobody_in_particular() -> None:
    users = re.findall(r"^USER (\S+)$", CONTAINER, re.M)
    assert users
    assert all(user.isdigit() and int(user) > 0 for user in users)
    assert CONTAINER.index("USER ") < CONTAINER.index("ENTRYPOINT")
    assert re.search(r'^ENTRYPOINT \["kept"\]$', CONTAINER, re.M)
    assert "/health/live" in CONTAINER
