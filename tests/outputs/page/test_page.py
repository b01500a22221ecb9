"""The file of the page: no data is markup, nothing is asked for, whole or not at all."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from shown_plan import Shown, shown

from tierstock.inputs.schema import LANGUAGES
from tierstock.outputs.page import write_page
from tierstock.outputs.page.page import SCRIPTS, page, page_words

BASELINES = ("policy", "nothing", "previous plan")
PAYLOADS = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "\u2028alert(1)\u2029",
    "'\"`${alert(1)}",
    "&lt;script&gt;",
    "]]>",
)


class Tags(HTMLParser):
    """Elements of a page, with the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[int, str] = {}
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        at = len(self.tags) - 1
        if self.inside:
            self.texts[at] = self.texts.get(at, "") + data

    def of(self, wanted: str) -> list[tuple[dict[str, str | None], str]]:
        return [
            (attributes, self.texts.get(at, ""))
            for at, (tag, attributes) in enumerate(self.tags)
            if tag == wanted
        ]


def hostile() -> Shown:
    """The plan with payloads for names."""
    plan = shown()
    locations = replace(plan.net.locations, name=_texts(PAYLOADS[: len(plan.net.locations)]))
    products = replace(plan.net.products, name=_texts(PAYLOADS[-len(plan.net.products) :]))
    net = replace(plan.net, locations=locations, products=products)
    return Shown(net, plan.tables, replace(plan.facts, name="".join(PAYLOADS)))


def _texts(values: tuple[str, ...]) -> np.ndarray:
    return np.array(values, dtype=object)


def written(plan: Shown, language: str = "en") -> str:
    return page(plan.net, plan.spoken, plan.facts, language)


@cache
def usual() -> Tags:
    """The page of the plan as it is."""
    return Tags(written(shown()))


def test_names_stay_text() -> None:
    plan = hostile()
    made = Tags(written(plan))

    assert [tag for tag, _ in made.tags] == [tag for tag, _ in usual().tags]
    ((_, text),) = [one for one in made.of("script") if one[0].get("id") == "facts"]
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["locations"]["name"] == list(plan.net.locations.name)
    assert json.loads(text)["name"] == plan.facts.name


def test_the_page_may_only_run_its_own_scripts() -> None:
    tags = usual()
    (policy,) = (
        attributes["content"] or ""
        for attributes, _ in tags.of("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    code = [text for attributes, text in tags.of("script") if "type" not in attributes]
    ((_, style),) = tags.of("style")

    def allowed(texts: list[str]) -> str:
        digests = (hashlib.sha256(one.encode()).digest() for one in texts)
        return " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests)

    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == allowed(code)
    assert rules["style-src"] == allowed([style])
    assert "unsafe" not in policy


def test_nothing_is_fetched_and_no_text_becomes_markup() -> None:
    tags = usual()
    own = [files("tierstock.outputs.page").joinpath(name).read_text("utf-8") for name in SCRIPTS]

    assert not [one for one in tags.tags if {"src", "href", "style"} & set(one[1])]
    for way in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "fetch("):
        assert not any(way in text for text in own), way


def test_the_library_is_the_one_that_was_published() -> None:
    data = files("tierstock.outputs.page").joinpath("echarts.min.js").read_bytes()

    assert hashlib.sha256(data).hexdigest().startswith("b66b25aeb4df84e3")  # echarts 6.1.0


def test_every_word_is_there_and_used() -> None:
    own = "".join(
        files("tierstock.outputs.page").joinpath(name).read_text("utf-8") for name in SCRIPTS
    )
    told = set(re.findall(r"(?:say\(|title: )'([^']+)'", own))

    assert told <= set(page_words())
    assert {one for one in page_words() if f"'{one}'" not in own} <= {
        "no script",
        *(f"fill {band}" for band in ("met", "near", "warn", "bad")),
        *(f"{word} {kind}" for word in ("against", "baseline") for kind in BASELINES),
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens_in_the_language_asked_for(language: str) -> None:
    text = written(shown(), language)
    ((_, facts),) = [one for one in Tags(text).of("script") if one[0].get("id") == "facts"]

    assert json.loads(facts)["language"] == language
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in text


def test_the_same_plan_gives_the_same_page() -> None:
    assert written(shown()) == written(shown())


def test_an_old_page_stays_where_the_new_one_cannot_be_made(tmp_path: Path) -> None:
    plan, target = shown(), tmp_path / "x.plan.html"
    write_page(target, plan.net, plan.spoken, plan.facts, "en")
    old = target.read_bytes()
    broken = {name: rows for name, rows in plan.tables.items() if name != "Service"}

    with pytest.raises(KeyError):
        write_page(target, plan.net, dict.fromkeys(LANGUAGES, broken), plan.facts, "en")

    assert target.read_bytes() == old
    assert [one.name for one in tmp_path.iterdir()] == ["x.plan.html"]
    assert len(old) < 5_000_000
