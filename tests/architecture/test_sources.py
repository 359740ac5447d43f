"""The sample texts are written afresh: no sentence of a source text stands in the project."""

import os
import re
from pathlib import Path

import pytest

from tests.architecture.inventory import PROJECT

SEEDS = PROJECT.parent / "shared" / "seeds"
WORDS_IN_A_ROW = 9
NOT_OURS = {"var", "__pycache__"}


def runs_of_words(text):
    """Return each run of nine words, in small letters, whatever stands between them."""
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())
    return {
        " ".join(words[start : start + WORDS_IN_A_ROW])
        for start in range(len(words) - WORDS_IN_A_ROW + 1)
    }


def project_files():
    """Yield the text files of the project, without what is installed or made while it runs."""
    for folder, folders, names in os.walk(PROJECT):
        folders[:] = [
            name for name in folders if name not in NOT_OURS and (name[0] != "." or name == ".ci")
        ]
        yield from (
            path for name in names if (path := Path(folder, name)).suffix not in {".lock", ".png"}
        )


def test_no_sentence_of_a_source_text_stands_in_the_project():
    seeds = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
    if not seeds:
        pytest.skip(f"there is no source text in {SEEDS} to compare with")
    forbidden = set().union(*(runs_of_words(seed.read_text()) for seed in seeds))
    problems = {}
    for path in project_files():
        if same := runs_of_words(path.read_text(errors="replace")) & forbidden:
            problems[str(path.relative_to(PROJECT))] = sorted(same)
    assert problems == {}


def test_the_same_words_are_found_whatever_stands_between_them():
    source = "One two three, four five six; seven eight nine ten."
    copied = '["one two", "THREE four"] five\nsix - seven (eight) nine eleven'
    assert runs_of_words(source) & runs_of_words(copied) == {
        "one two three four five six seven eight nine"
    }
