"""What the notes of a template say can be typed."""

import re
from typing import Any

from tierstock.inputs.schema import say, schema


def test_notes_do_not_offer_what_would_be_refused() -> None:
    offered = [column for sheet in schema().inputs for column in sheet.columns]
    offered = [column for column in offered if column.status != "later"]
    settings = [one for one in schema().settings if one.status == "model"]
    entries: list[Any] = [*offered, *settings]
    for entry in entries:
        for word in entry.later_choices:
            assert not re.search(rf"\b{word}\b", entry.description_en), entry
            assert say(word, "zh") not in entry.description_zh, entry
