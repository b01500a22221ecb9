"""What a comparison says, in both languages, from ``words.csv`` beside this module."""

from tierstock.outputs.words import words


def tell(word: str, language: str, **values: object) -> str:
    """Return a text in ``en`` or ``zh``, its fields filled.

    Raises:
        KeyError: there is no such text.
    """
    return words(__package__)[word][language].format(**values)
