"""What programs send as arguments: the library hands it on as it came, of whatever type, or none at all."""

import functools
import inspect
from collections.abc import Callable
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from assistant.errors import InputError
from assistant.ui.sitting import MOST_CHARACTERS

Function = TypeVar("Function", bound=Callable[..., Any])
_WANTED = {str: "文字", int: "整数", bool: " true 或 false"}


def checked_arguments(function: Function) -> Function:
    """Return a function that is called only with arguments of the types it names.

    One that is none is its default. Raises `InputError`, which names the argument, for one that is missing, of another
    type or too long.
    """
    signature, types = inspect.signature(function), get_type_hints(function)

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        given = signature.bind_partial(*arguments, **named).arguments
        return function(
            **{
                name: _checked(name, given.get(name), types[name], parameter.default)
                for name, parameter in signature.parameters.items()
            }
        )

    return call  # type: ignore[return-value]


def _checked(name: str, value: Any, wanted: Any, default: Any) -> Any:
    if value is None:
        if default is inspect.Parameter.empty:
            raise InputError(f"没有写 {name}，请补上。")
        return default
    if get_origin(wanted) is Literal:
        return _one_of(name, value, get_args(wanted))
    if wanted is int and isinstance(value, float) and value.is_integer():
        return int(value)
    # A truth value is an integer to Python, and to nobody else.
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise InputError(f"{name} 应为{_WANTED[wanted]}，请改正。")
    if wanted is str and len(value) > MOST_CHARACTERS:
        raise InputError(f"{name} 超过{MOST_CHARACTERS // 10_000}万字，请分几次提交。")
    return value


def _one_of(name: str, value: Any, choices: tuple[str, ...]) -> Any:
    if value not in choices:
        raise InputError(f"{name} 应为 {' 或 '.join(choices)}，请改正。")
    return value
