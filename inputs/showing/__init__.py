"""How things show themselves in a notebook: plain HTML and inline SVG, no script, texts escaped."""

from tierstock.inputs.showing.html import Bars, bars, join, sentence, table, text, title
from tierstock.inputs.showing.network import network_html

__all__ = ["Bars", "bars", "join", "network_html", "sentence", "table", "text", "title"]
