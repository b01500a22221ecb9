"""Every message of the solvers room is there in both languages with the same fields."""

import re
from string import Formatter

import pytest

from tierstock.solvers.errors import PARTS, TEXT, SolveError
from tierstock.solvers.progress import PHASES, WORDS


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("table", [TEXT, PARTS, PHASES, WORDS])
def test_both_languages_say_the_same(table: dict[str, dict[str, str]]) -> None:
    for code, words in table.items():
        assert set(words) == {"en", "zh"}, code
        assert fields(words["en"]) == fields(words["zh"]), code
        assert re.search(r"[\u4e00-\u9fff]", words["zh"]) or code == "of", code


def test_a_part_of_the_model_is_named_in_the_language_of_the_message() -> None:
    fault = SolveError("not-a-number", where="objective", what="constant", value="nan")
    assert str(fault) == (
        "The objective: the constant cost is not a number (nan). Check the data behind it."
    )
    assert fault.say("zh").startswith("目标：固定成本常数")
