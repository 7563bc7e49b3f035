"""What a check raises, and what is asked of plug-ins of every kind."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from typing import TypeVar

from sides.model.errors import InputError

Given = TypeVar("Given")
NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


class ConformanceError(AssertionError):
    """What a plug-in does that it must not, or does not that it must."""


def require(is_kept: bool, what: str) -> None:
    """Raise `ConformanceError` where something is not kept."""
    if not is_kept:
        raise ConformanceError(what)


def check_identity(plugin: object, *, with_version: bool = True) -> None:
    """It has a name that a command line can take, and a version."""
    name = getattr(plugin, "name", None)
    require(isinstance(name, str) and NAME.fullmatch(name) is not None,
            f"its name is {name!r}; it must be small letters, digits, dots and dashes, as in 'tiny-reader'")
    version = getattr(plugin, "version", None)
    require(not with_version or (isinstance(version, str) and bool(version.strip())),
            f"its version is {version!r}; it must be a text that changes whenever what it gives may change")


def attempt(doing: Callable[[], Given], where: str) -> Given:
    """What a call gives. Raises `ConformanceError` for anything that it raises."""
    try:
        return doing()
    except Exception as error:
        raise ConformanceError(f"it raised {type(error).__name__} on {where}: {error}") from error


def attempt_input(doing: Callable[[], Given], name: str, where: str) -> Given | InputError:
    """What a call gives, or the `InputError` that it raises, which must name the input and say what to do."""
    try:
        return doing()
    except InputError as error:
        require(error.name == name, f"its error for {where} names {error.name!r}, not the input {name!r}")
        require(bool(error.reason.strip()) and bool(error.remedy.strip()),
                f"its error for {where} has no reason or no remedy")
        require(str(pickle.loads(pickle.dumps(error))) == str(error),
                f"its error for {where} does not survive the way between two processes: derive it as InputError is")
        return error
    except Exception as error:
        raise ConformanceError(f"it raised {type(error).__name__} on {where} ({error}); what cannot be read must raise "
                               "InputError with name, reason and remedy") from error
