"""Reading a file that somebody else may be saving at the same moment."""

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from tierstock.inputs.reading.door import Source, located
from tierstock.inputs.reading.folder_door import ENDINGS

_Rest = ParamSpec("_Rest")
_Found = TypeVar("_Found")


class InputChanged(OSError):
    """The input is not the one that was read any more; nothing was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path.name} changed while it was being read or planned; run again")


def steady(
    read: Callable[Concatenate[Source, _Rest], _Found],
) -> Callable[Concatenate[Source, _Rest], _Found]:
    """Let a reader refuse an input whose size or time of change is another one afterwards.

    Half of a file that is being saved is no input, even where it can be read.
    """

    @functools.wraps(read)
    def held(source: Source, /, *rest: _Rest.args, **more: _Rest.kwargs) -> _Found:
        before = _looks(source)
        found = read(source, *rest, **more)
        if _looks(source) != before:
            raise InputChanged(Path(located(str(source))))
        return found

    return held


def open_elsewhere(path: Path) -> Path | None:
    """Return the file by which Excel, WPS or LibreOffice says that it has a file open, or None."""
    names = (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")
    return next((one for name in names if (one := path.with_name(name)).is_file()), None)


def _looks(source: Source) -> tuple[tuple[str, int, int, int], ...]:
    """Return size and time of change of the files an input consists of."""
    path = None if isinstance(source, Mapping) else located(source)
    if not isinstance(path, Path):
        return ()
    try:
        files = [path] if not path.is_dir() else sorted(path.iterdir())
        looks = [(one.name, one.stat()) for one in files if one == path or _is_table(one)]
    except OSError:
        return ()
    return tuple((name, look.st_ino, look.st_size, look.st_mtime_ns) for name, look in looks)


def _is_table(file: Path) -> bool:
    return file.suffix.lower() in ENDINGS and file.is_file()
