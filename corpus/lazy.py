"""What an object is asked for more than once and makes once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class lazy(Generic[T_co]):  # noqa: N801 - stands where a function does, as "property"
    """As :class:`functools.cached_property` without its lock: made at the first question, then a plain attribute."""

    def __init__(self, make: Callable[[Any], T_co]) -> None:
        self._make, self._name = make, make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, instance: None, owner: type[object]) -> lazy[T_co]: ...

    @overload
    def __get__(self, instance: object, owner: type[object]) -> T_co: ...

    def __get__(self, instance: object | None, owner: type[object]) -> lazy[T_co] | T_co:
        if instance is None:
            return self
        made = instance.__dict__[self._name] = self._make(instance)
        return made
