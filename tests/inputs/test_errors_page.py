"""The reference of messages is made from the messages."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tierstock.inputs.messages import messages

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_errors", DOCS / "make_errors.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_what_the_messages_say(maker: ModuleType, language: str) -> None:
    kept = (DOCS / maker.NAMES[language]).read_text(encoding="utf-8")
    assert kept == maker.render(language), "run python docs/make_errors.py"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_every_code_with_cause_remedy_and_straight_rows(
    maker: ModuleType, language: str
) -> None:
    rows = [line for line in maker.render(language).splitlines() if line.startswith("| <a id=")]
    cells = [line.replace("\\|", "").strip("| ").split(" | ") for line in rows]
    told = {code for code, message in messages().items() if message.severity != "part"}
    assert {row[0] for row in cells} == {f'<a id="{code}"></a>`{code}`' for code in told}
    assert all(len(row) == 4 and all(row) for row in cells)


def test_the_remedy_is_told_apart_from_the_cause(maker: ModuleType) -> None:
    assert maker.parts("blank-required", "en") == ("‹column› is blank.", "Fill it in.")
    assert maker.parts("blank-required", "zh") == ("‹column›为空。", "请填写。")
    assert maker.example("decimal-comma", "en").startswith('Quantity is "12,5" – not clear')
