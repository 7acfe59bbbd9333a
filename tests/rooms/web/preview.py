"""Draw every page with made-up contexts, and take its picture: python -m tests.rooms.web.preview FOLDER [NAME…]

For looking at, while a view does not exist yet and after it does. The pages are served to the browser from
memory, with the content security policy of the program: what would break it is in the console.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django
from django.conf import settings
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Route
from playwright.sync_api import Page as Tab

if not settings.configured:  # run by itself, and not by the tests
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
    django.setup()

from kept.web import jinja
from tests import browsers
from tests.rooms.web import (
    made_up,
    made_up_accounts,
    made_up_families,
    made_up_kin,
    made_up_ledger,
    made_up_lists,
    made_up_search,
)

ROOT = Path(__file__).parents[3] / "kept" / "web"
ALLAUTH = "mfa/js/", "account/js/"
HOST = "http://kept.test"
NONCE = "bm9uY2U"
POLICY = (
    f"default-src 'none'; script-src 'self' 'nonce-{NONCE}'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
WIDTHS = (1280, 320)
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@cache
def environment() -> Environment:
    """The environment of the pages, with addresses that need neither views nor a manifest."""
    made = jinja.environment(loader=FileSystemLoader(ROOT / "templates"))
    made.globals |= {"static": lambda path: f"/static/{path}", "url": lambda name, **kwargs: f"/{name}/"}
    return made


def pages() -> dict[str, made_up.Page]:
    """Every page with something made up on it, by the name of its picture."""
    return (
        made_up_families.pages()
        | made_up_kin.pages()
        | made_up_ledger.pages()
        | made_up_lists.pages()
        | made_up_accounts.pages()
        | made_up_search.pages()
    )


def draw(page: made_up.Page) -> str:
    """The HTML of a page, as its view would answer it."""
    around: dict[str, Any] = {
        "request": SimpleNamespace(csp_nonce=NONCE),
        "furniture": made_up.furniture(page.signed_in),
        "csrf_input": "",
    }
    if page.template == "500.html":  # drawn without a request
        around = {}
    return environment().get_template(page.template).render({**around, **page.context})


@contextmanager
def browser() -> Iterator[Browser]:
    with browsers.driven() as playwright:
        path = browsers.chromium(settings=os.environ)
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


def show(tab: Tab, html: str) -> list[str]:
    """Open a drawn page in a tab; what the browser complained about."""
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.route(f"{HOST}/**", lambda route: answer(route, html))
    tab.goto(f"{HOST}/")
    return complaints


def answer(route: Route, html: str) -> None:
    path = route.request.url.removeprefix(HOST)
    if path == "/":
        route.fulfill(
            body=html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY}
        )
    elif path.startswith("/static/kept/"):
        file = ROOT / path.removeprefix("/")
        route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
    elif path.removeprefix("/static/").startswith(ALLAUTH):
        route.fulfill(body=allauths(path.removeprefix("/static/")), content_type="text/javascript")
    else:
        route.fulfill(status=404)


def allauths(path: str) -> bytes:
    import allauth

    app = path.split("/")[0]
    return (Path(allauth.__file__).parent / app / "static" / path).read_bytes()


def main(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with browser() as opened:
        for width in WIDTHS:
            context = opened.new_context(viewport={"width": width, "height": 800})
            for name, page in pages().items():
                if names and name not in names:
                    continue
                tab = context.new_page()
                html = draw(page)
                (folder / f"{name}.html").write_text(html)
                for complaint in show(tab, html):
                    sys.stdout.write(f"{name} at {width}: {complaint}\n")
                tab.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
                tab.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
