"""The server that a run of tests shares: what a test writes in its own database stays there."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

PROGRAM = """
    import os, sys
    from django.conf import settings
    from kept.database.addresses import django_databases
    from tests import clusters

    clusters.begin()
    settings.configure(
        DATABASES=django_databases({}, home=clusters.begin() / "home"),
        DATABASE_ROUTERS=["kept.database.routing.Router"],
    )
    import django
    django.setup()
    from django.db import connections

    def ask(question, alias="default"):
        with connections[alias].cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0] if cursor.description else None

    made = []
    def migrate():
        made.append(1)
        ask("CREATE TABLE word (word text)", alias="owner")
        ask("GRANT SELECT, INSERT ON word TO kept_application", alias="owner")
"""


def run(program: str, **settings: str) -> subprocess.CompletedProcess[str]:
    text = textwrap.dedent(PROGRAM) + textwrap.dedent(program)
    environment = {**os.environ, **settings}
    environment.pop("KEPT_TEST_CLUSTER", None)
    return subprocess.run(
        [sys.executable, "-c", text],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=120,
    )


def test_each_clone_is_as_the_template_was_and_gone_after() -> None:
    done = run("""
        for _ in range(2):
            clusters.make_template(migrate)
        assert len(made) == 1
        for _ in range(3):
            with clusters.template_clone() as database, clusters.pointed_at(database):
                assert ask("SELECT current_database()") == database
                assert ask("SELECT current_user::text", alias="door") == "kept_door"
                assert ask("SELECT count(*) FROM word") == 0
                ask("INSERT INTO word VALUES ('mine')")
                assert ask("SELECT count(*) FROM word") == 1
        left = "SELECT count(*) FROM pg_database WHERE datname LIKE 'kept%'"
        assert clusters.superuser().execute(left).fetchone() == (1,)
        folder = clusters.begin()
        clusters.end()
        assert not folder.exists()
        print("done")
    """)
    assert done.stdout.strip() == "done", done.stderr


def test_a_clone_lets_in_the_same_roles_and_nobody_else() -> None:
    done = run("""
        clusters.make_template(migrate)
        with clusters.template_clone() as database:
            open_to_all = "SELECT has_database_privilege('public', %s, 'CONNECT')"
            assert clusters.superuser().execute(open_to_all, [database]).fetchone() == (False,)
            rights = "SELECT has_database_privilege('kept_application', %s, 'TEMPORARY')"
            assert clusters.superuser().execute(rights, [database]).fetchone() == (False,)
        clusters.end()
        print("done")
    """)
    assert done.stdout.strip() == "done", done.stderr


def test_a_template_that_could_not_be_made_is_made_by_the_next() -> None:
    done = run("""
        def fail():
            ask("CREATE TABLE half (word text)", alias="owner")
            raise ZeroDivisionError
        try:
            clusters.make_template(fail)
        except ZeroDivisionError:
            clusters.make_template(migrate)
        with clusters.template_clone() as database, clusters.pointed_at(database):
            assert ask("SELECT to_regclass('half')::text") is None
            assert ask("SELECT to_regclass('word')::text") == "word"
        clusters.end()
        print("done")
    """)
    assert done.stdout.strip() == "done", done.stderr


def test_what_a_killed_run_left_is_stopped_by_the_next() -> None:
    killed = run("""
        clusters.shared()
        print(clusters.begin(), flush=True)
        os.kill(os.getpid(), 9)
    """)
    assert killed.returncode == -signal.SIGKILL
    left = Path(killed.stdout.strip())
    process = int((left / "home/postgresql/data/postmaster.pid").read_text().split()[0])
    assert run("clusters.end()").returncode == 0
    assert not left.exists()
    for _ in range(100):
        if not Path(f"/proc/{process}").exists():
            break
        time.sleep(0.02)
    assert not Path(f"/proc/{process}").exists()
