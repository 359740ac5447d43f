"""The tests mirror the tree: each folder whose code decides something has tests at its path."""

import ast
from pathlib import Path

import pytest

from tests.architecture.inventory import OURS, PROJECT

# Folders that only declare, or that every test runs.
NOT_MIRRORED = {"migrations", "models", "settings"}
# Proved under another path: the folder, and where. Template tags have no life without their pages.
ELSEWHERE = {
    "articles/management/commands": "tests/articles/test_import_article.py",
    "articles/templatetags": "tests/articles/blocks",
    "cms/core/middleware": "tests/core/test_log_in.py",
    "cms/core/templatetags": "tests/core/test_frame.py",
    "home/management/commands": "tests/home/test_sample_data.py",
    "home/sample_data": "tests/home/test_sample_data.py",
    "locations/templatetags": "tests/locations/test_pages.py",
    "scheduling/forms": "tests/scheduling/views",
    "scheduling/management/commands": "tests/scheduling/commands",
    "scheduling/templatetags": "tests/scheduling/test_therapist_pages.py",
}


def folders(project):
    """Return each folder below the apps of `project` in which a module has a function."""
    found = set()
    for app in OURS:
        for path in (project / app).rglob("*.py"):
            relative = path.relative_to(project)
            if not NOT_MIRRORED & set(relative.parts) and has_function(path):
                found.add(relative.parent)
    return found


def has_function(path):
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(ast.parse(path.read_text())))


def mirror(folder):
    """Return where the tests of a folder of the project stand."""
    parts = folder.parts[1:] if folder.parts[:2] == ("cms", "core") else folder.parts
    return Path("tests", *parts)


def untested(project, elsewhere):
    """Return each folder of `project` without tests under its path or where `elsewhere` says."""
    return sorted(
        str(folder)
        for folder in folders(project)
        if not has_tests(project / elsewhere.get(str(folder), mirror(folder)))
    )


def has_tests(place):
    return place.is_file() or any(place.glob("test_*.py"))


def test_each_folder_has_its_tests():
    assert untested(PROJECT, ELSEWHERE) == []


def test_each_exception_names_a_folder_that_is_there():
    assert set(ELSEWHERE) <= {str(folder) for folder in folders(PROJECT)}


@pytest.fixture
def small_project(tmp_path):
    """A project with one folder of code."""
    (tmp_path / "home" / "letters").mkdir(parents=True)
    (tmp_path / "home" / "letters" / "write.py").write_text("def write():\n    pass\n")
    return tmp_path


def test_a_folder_without_tests_is_named(small_project):
    assert untested(small_project, {}) == ["home/letters"]
    (small_project / "tests" / "home" / "letters").mkdir(parents=True)
    assert untested(small_project, {}) == ["home/letters"]
    (small_project / "tests" / "home" / "letters" / "test_write.py").touch()
    assert untested(small_project, {}) == []


def test_a_folder_whose_tests_stand_elsewhere_must_have_them_there(small_project):
    elsewhere = {"home/letters": "tests/home/test_letters.py"}
    assert untested(small_project, elsewhere) == ["home/letters"]
