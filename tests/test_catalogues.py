"""Message catalogues: whatever people read is there in English and in Chinese.

A catalogue is a module-level mapping from a key to ``{"en": ..., "zh": ...}``; every module of
the package is looked through, so that a new catalogue is tested the day it appears.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
from collections.abc import Iterator, Mapping

import pytest

import complaintflow

LANGUAGES = {"en", "zh"}
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def is_entry(value: object) -> bool:
    return isinstance(value, Mapping) and bool(LANGUAGES & set(value))


def catalogues() -> Iterator[tuple[str, Mapping[str, Mapping[str, str]]]]:
    for info in pkgutil.walk_packages(complaintflow.__path__, "complaintflow."):
        if info.name.endswith("__main__"):
            continue
        try:
            module = importlib.import_module(info.name)
        except ImportError:  # needs an extra that is not installed here
            continue
        for name, value in vars(module).items():
            if isinstance(value, Mapping) and value and all(map(is_entry, value.values())):
                yield f"{info.name}.{name}", value


FOUND = dict(catalogues())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", FOUND)
def test_no_key_lacks_a_language(name: str) -> None:
    lacking = {
        key: sorted(LANGUAGES - {language for language, text in entry.items() if text})
        for key, entry in FOUND[name].items()
    }
    assert not {key: languages for key, languages in lacking.items() if languages}


@pytest.mark.parametrize("name", FOUND)
def test_both_languages_say_the_same_things(name: str) -> None:
    """The same placeholders, so that no language loses a fact."""
    differing = {
        key: entry
        for key, entry in FOUND[name].items()
        if placeholders(entry["en"]) != placeholders(entry["zh"])
    }
    assert not differing


@pytest.mark.parametrize("name", FOUND)
def test_chinese_is_chinese(name: str) -> None:
    """Nobody left the English words where the Chinese belong; bare placeholders are both."""
    for key, entry in FOUND[name].items():
        zh = re.sub(r"\{[^}]*\}", "", entry["zh"])
        assert CHINESE.search(zh) or not re.search(r"[A-Za-z]{2}", zh), key
        assert not CHINESE.search(entry["en"]), key


def test_a_catalogue_that_lacks_a_language_is_recognised_as_one() -> None:
    assert is_entry({"en": "late"})
    assert not is_entry({"name": "late"})
