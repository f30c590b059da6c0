"""The catalogue: nothing lacks a language, and Chinese is set as Chinese is."""

from __future__ import annotations

import string

import pytest

from complaintflow.policy.expression.messages import CATALOGUE, LANGUAGES, message


@pytest.mark.parametrize("key", CATALOGUE)
def test_no_key_lacks_a_language_or_a_part(key: str) -> None:
    def parts(language: str) -> set[str]:
        found = string.Formatter().parse(CATALOGUE[key][language])
        return {name for _, name, _, _ in found if name is not None}

    assert set(CATALOGUE[key]) == set(LANGUAGES)
    assert parts("en") == parts("zh")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("loss", "6000 CNY"), "loss 为 6000 CNY"),
        (("损失", "6000 CNY"), "损失为 6000 CNY"),
        (("损失", "未知"), "损失为未知"),
        (("loss", "“a”"), "loss 为“a”"),
        (("", ""), "为"),
    ],
)
def test_a_space_stands_between_chinese_and_latin(parts: tuple[str, str], said: str) -> None:
    assert message("zh", "fact", *parts) == said
