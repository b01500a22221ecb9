"""The page: one offline HTML file that shows a plan to whoever opens it."""

from tierstock.outputs.page.page import write_page

__all__ = ["write_page"]
