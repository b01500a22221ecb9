"""How a command ends: one exit code, one sentence, one line for machines, no traceback."""

import atexit
import errno
import gc
import json
import mmap
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from types import FrameType
from typing import Any

import click

from tierstock.console import Console
from tierstock.exits import Exit, Refused
from tierstock.words import TEXT, tell

ROOM_MB = 450
"""Address space that a run needs before it knows its network; the smallest one takes 600 MB."""


class Program(click.Group):
    """A group of commands that also ends a wrong call with the line for machines."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **more: Any,
    ) -> Any:
        """Run a command; see ``click.Command.main``."""
        atexit.register(gc.freeze)  # at the very end nobody looks through all objects: 0.4 s
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode, **more)
        _open_streams()
        _hush_files()
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(errors="replace")
        words = sys.argv[1:] if args is None else args
        try:
            code = super().main(args, prog_name, complete_var, False, **more)
        except click.ClickException as fault:
            text = self._wrong_call(fault, words)
            click.echo(text, err=True)
            code = fault.exit_code
            if "--json" in words:
                print(json.dumps({"error": text, "exit": code}), flush=True)
        except click.Abort:
            code = int(Exit.STOPPED)
        except (MemoryError, ImportError) as fault:
            code = self._no_memory(fault, words)
        sys.exit(code if isinstance(code, int) else 0)

    @staticmethod
    def _no_memory(fault: MemoryError | ImportError, words: Sequence[str]) -> int:
        """Say that there is no memory even to begin; any other fault goes on."""
        if isinstance(fault, ImportError) and "map segment" not in str(fault):
            raise fault
        text = "\n".join(tell("no-plan-memory", one) for one in ("en", "zh"))
        click.echo(text, err=True)
        if "--json" in words:
            print(json.dumps({"error": text, "exit": int(Exit.NO_PLAN)}), flush=True)
        return int(Exit.NO_PLAN)

    def _wrong_call(self, fault: click.ClickException, words: Sequence[str]) -> str:
        """Return what is wrong with a call, in the language it asks for, else the machine's."""
        from tierstock.inputs.reading.raw import machine_language

        after = [two for one, two in pairwise(words) if one == "--lang"]
        language = after[0] if after and after[0] in ("en", "zh") else machine_language()
        word = words[0] if words else ""
        if word and not word.startswith("-") and word not in self.commands:
            known = ("、" if language == "zh" else ", ").join(sorted(self.commands))
            return tell("no-command", language, word=word, known=known)
        lines = [tell("wrong-call", language, detail=_detail(fault, language))]
        if isinstance(fault, click.UsageError) and fault.ctx is not None:
            lines.append(fault.ctx.get_usage())
        return "\n".join(lines)


def _detail(fault: click.ClickException, language: str) -> str:
    """Return what is wrong with an option or argument."""
    if isinstance(fault, click.NoSuchOption):
        return tell("no-option", language, name=fault.option_name)
    if isinstance(fault, click.BadParameter) and fault.param is not None:
        code = "no-argument" if isinstance(fault, click.MissingParameter) else "bad-argument"
        option = isinstance(fault.param, click.Option)
        name = fault.param.opts[-1] if option else fault.param.human_readable_name
        return tell(code, language, name=name, detail=fault.message)
    return fault.format_message()


def guarded(console: Console, debug: bool, job: Callable[[], Exit]) -> None:
    """Run a job and end the program with its exit code; no traceback for a user's mistake."""
    with _ended_softly():
        code = _ending(console, debug, job)
    if console.lost is not None and code is Exit.DONE:
        reason = said_of(console.lost, console.language)
        print(tell("output-lost", console.language, detail=reason), file=sys.stderr)
        code = Exit.FILE_FAILED
    sys.exit(int(code))


def room_to_begin() -> None:
    """Refuse a run that has no room even to load what it needs.

    Libraries that find no memory while they are loaded or read a workbook end the program without
    a word to Python; so the address space is asked for here, and given back.

    Raises:
        MemoryError: there is not enough.
    """
    try:
        mmap.mmap(-1, ROOM_MB * 2**20).close()
    except OSError as fault:
        if fault.errno in (errno.ENOMEM, errno.EAGAIN):
            raise MemoryError(str(fault)) from fault


def _aware_of_memory(job: Callable[[], Exit]) -> Exit:
    """Run a job; what fails for want of memory, in whatever words, is a ``MemoryError``."""
    from tierstock.solvers.errors import starved

    try:
        return job()
    except Exception as fault:
        technical = isinstance(fault, OSError | ImportError) or type(fault) is RuntimeError
        if technical and starved(str(fault)):
            raise MemoryError(str(fault)) from fault
        raise


def _open_streams() -> None:
    """Let what is said go nowhere where a stream is closed; its number is taken by no file then."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _hush_files() -> None:
    """Let a file say nothing that is closed behind a fault that was told: the disk is still full.

    Python tells such faults where nobody can catch them, as tracebacks.
    """
    before = sys.unraisablehook
    if before is not _late:
        _BEFORE[:] = [before]
        sys.unraisablehook = _late


_BEFORE: list[Callable[[Any], object]] = []
"""What tells faults nobody can catch, but those of files."""


def _late(fault: Any) -> None:
    if not isinstance(fault.exc_value, OSError):
        _BEFORE[0](fault)


def _ending(console: Console, debug: bool, job: Callable[[], Exit]) -> Exit:
    from tierstock.inputs.reading.steady import InputChanged
    from tierstock.locks import Busy
    from tierstock.solvers.errors import SolveError

    language = console.language
    try:
        return _aware_of_memory(job)
    except Refused as error:
        code, text = Exit.BAD_INPUT, str(error)
    except SolveError as error:
        code = Exit.CRASHED if error.code == "solver-start" else Exit.BAD_INPUT
        text = error.say(console.language)
    except InputChanged as error:
        code, text = Exit.FILE_FAILED, tell("changed", console.language, name=error.path.name)
    except Busy as error:
        code, text = Exit.FILE_FAILED, error.say(console.language)
    except OSError as error:
        code, text = Exit.FILE_FAILED, file_fault(error, console.language)
    except MemoryError:
        code, text = Exit.NO_PLAN, tell("no-plan-memory", console.language)
    except KeyboardInterrupt:
        code, text = Exit.STOPPED, tell("stopped", console.language)
    except click.ClickException as error:
        console.fail(error.format_message(), error.exit_code)
        error.show()
        return Exit(error.exit_code)
    except Exception as error:
        if debug:
            raise
        detail, log = f"{type(error).__name__}: {error}", _log()
        code, text = Exit.UNFORESEEN, tell("unforeseen", language, detail=detail, log=log)
    console.line(text, style="red")
    console.fail(text, int(code))
    return code


def file_fault(fault: OSError, language: str) -> str:
    """Return what is wrong with a file, and that old files are intact."""
    detail = said_of(fault, language)
    if not fault.filename:
        return tell("file-only", language, detail=detail)
    return tell("file", language, path=fault.filename, detail=detail)


def said_of(fault: OSError, language: str) -> str:
    """Return what the system says of a file, in words."""
    from tierstock.files import DiskFull
    from tierstock.inputs.writing.scratch import NoScratch

    code = f"errno-{errno.errorcode.get(fault.errno or 0, '')}"
    code = "no-scratch" if isinstance(fault, NoScratch) else code
    detail = tell(code, language) if code in TEXT else fault.strerror or str(fault)
    if isinstance(fault, DiskFull) and fault.needed is not None:
        short = fault.free is not None and fault.free < fault.needed
        sizes = {"needed": _bytes(fault.needed), "free": _bytes(fault.free or 0)}
        detail = tell("disk-needs" if short else "disk-takes", language, detail=detail, **sizes)
    return detail


def _bytes(count: int) -> str:
    """Return a size as a planner reads it.

    >>> _bytes(20_000), _bytes(3_400_000)
    ('20 kB', '3.4 MB')
    """
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{-(-count // 1000)} kB"


def _log() -> str:
    """Write the details of a fault to a file of its own; return its path, a dash without one."""
    try:
        handle, name = tempfile.mkstemp(prefix="tierstock-error-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(traceback.format_exc())
    except OSError:
        return "–"
    return name


@contextmanager
def _ended_softly() -> Iterator[None]:
    """Let a request to end (SIGTERM) clean up like Ctrl-C does."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
