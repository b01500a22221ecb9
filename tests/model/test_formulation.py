"""The formulation page says what the docstrings of the families say, in both languages."""

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from all_cases import ALL as CASES
from in_process import frames

import tierstock as ts
from tierstock.inputs.schema import schema
from tierstock.model.constraints import FAMILIES, balance
from tierstock.model.movements import INTO, OUT_OF
from tierstock.model.strengthening import STRENGTHENING
from tierstock.outputs.costs import TERMS

DOCS = Path(__file__).resolve().parents[2] / "docs"
ALL = (*FAMILIES, *STRENGTHENING)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_formulation", DOCS / "make_formulation.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(maker: ModuleType) -> dict[str, list[Any]]:
    """What the families of each module say, by module."""
    found: dict[str, list[Any]] = {}
    for add in ALL:
        found.setdefault(add.__module__, []).append(maker.docstrings.read_family(add))
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_what_the_docstrings_say(maker: ModuleType, language: str) -> None:
    kept = (DOCS / maker.NAMES[language]).read_text(encoding="utf-8")
    assert kept == maker.render(language), "run python docs/make_formulation.py"


def test_every_sentence_meaning_and_unit_has_its_chinese_and_no_other(maker: ModuleType) -> None:
    page = maker.page_of("zh")
    assert list(page.missing) == []
    assert sorted(set(maker.chinese()) - page.used) == []
    assert [one for one, zh in maker.chinese().items() if not zh.strip()] == []


def test_every_family_has_a_formula_signs_a_source_and_its_sheets(maker: ModuleType) -> None:
    lacking = {}
    for module, families in told(maker).items():
        kinds = {part.kind for family in families for part in family.parts}
        there = {
            "formula": "math" in kinds,
            "signs": "signs" in kinds,
            "source": any(family.source for family in families),
            "sheets": any(family.sheets for family in families),
        }
        if not all(there.values()):
            lacking[module] = [name for name, good in there.items() if not good]
    assert lacking == {}


def test_the_index_names_the_families_of_the_docstrings(maker: ModuleType) -> None:
    titles = " ".join(family.title for families in told(maker).values() for family in families)
    listed = [row["family"] for row in maker.index()]
    assert set(re.findall(r"F\d+", titles)) <= set(listed)
    assert listed == sorted(listed, key=lambda one: int(one[1:]))
    for row in maker.index():
        for name in (*row["inputs"].split("|"), *row["outputs"].split("|")):
            assert not name or schema().sheet(name).name == name
        for name in row["outputs"].split("|"):
            assert not name or schema().sheet(name).status == "model", "no such sheet is written"


def test_every_cost_term_of_the_results_is_stated_by_some_family(maker: ModuleType) -> None:
    """What one company pays another is told in Costs, and is nothing in the sum."""
    assert set(maker.cost_terms()) == set(TERMS) - {"transfer price"}


def test_the_balance_names_every_decision_that_moves_goods(maker: ModuleType) -> None:
    """The cases together post every kind of movement.

    Goods of an order by their last day count there as scrapped when they come dead.
    """
    moved: dict[str, set[str]] = {}
    for name in ("balance", "demand", "cancel", "order_takes_ages", "bom", "returns", "substitute"):
        model = ts.build(ts.read(frames(CASES[name].sheets)))
        for entry in model.movements.entries:
            moved.setdefault(entry.kind, set()).add(entry.variable)
    assert set(moved) == {*INTO, *OUT_OF}
    family = maker.docstrings.read_family(balance.add)
    codes = " ".join(sign.code for part in family.parts for sign in part.signs)
    named = set(re.findall(r"``m\.(\w+)``", codes))
    assert set().union(*moved.values()) - named == {"order_by_expiry"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_tells_of_levels_and_discount(maker: ModuleType, language: str) -> None:
    page = maker.render(language)
    for name in ("objective_levels", "objective_tolerance", "discount_per_period"):
        assert schema().setting(name).heading(language) in page
    assert re.search(r"^### 3\.1 ", page, flags=re.MULTILINE)


def test_every_array_of_a_table_of_signs_says_in_which_column_it_is_stated(
    maker: ModuleType,
) -> None:
    page, silent = maker.Page("en"), set()
    for families in told(maker).values():
        for family in families:
            codes = [sign.code for part in family.parts for sign in part.signs]
            silent |= {code for code in codes if "``net." in code and not page.columns(code)}
    assert sorted(silent) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_table_of_the_page_has_straight_rows(maker: ModuleType, language: str) -> None:
    width = 0
    for line in maker.render(language).splitlines():
        cells = line.replace("\\|", "").count("|") if line.startswith("|") else 0
        assert width in (0, cells) or cells == 0, line
        width = cells


def example() -> None:
    r"""Keep it.

    .. math::

        a_{lp} \le b,\quad
            c \{ d \}

    ====  ===========  =======================  =====
    sign  in code      meaning                  unit
    ====  ===========  =======================  =====
    a     ``m.stock``  what is kept, with what  units
                       is blocked
    ====  ===========  =======================  =====

    One. Two (tables.md, ruling 3). Source: A & B, 2001. Sheets: Lanes (From, To), Demand.
    """


def test_a_docstring_is_read_piece_by_piece(maker: ModuleType) -> None:
    family: Any = maker.docstrings.read_family(example)
    assert [part.kind for part in family.parts] == ["text", "math", "signs", "text"]
    assert family.parts[1].text == "a_{lp} \\le b,\\quad\nc \\{ d \\}"
    (sign,) = family.parts[2].signs
    assert sign.meaning == "what is kept, with what is blocked"
    assert family.parts[3].text == "One. Two."
    assert (family.source, family.sheets) == ("A & B, 2001", "Lanes (From, To), Demand")


def test_formulas_have_no_escapes_that_markdown_eats(maker: ModuleType) -> None:
    typeset: Callable[[str], str] = maker.formulas.typeset
    assert typeset(r"yld_a\, x_{apt}") == r"\mathit{yld}_a\thinspace  x_{apt}"
    assert typeset(r"\{ a \}") == r"\lbrace  a \rbrace"
    for language in ("en", "zh"):
        page = maker.render(language)
        formulas = re.findall(r"\$\$(.*?)\$\$", page, flags=re.DOTALL)
        assert formulas
        assert [one for one in formulas if re.search(r"\\[^A-Za-z]", one)] == []
