"""Values: frozen dataclasses with slots, made without compiling source for each class.

`dataclasses.dataclass` writes and compiles six methods a class, about a millisecond: with forty
classes on the way of every command, a third of its start. Here all classes share the methods.
A type checker, `dataclasses.fields` and `dataclasses.replace` see an ordinary dataclass.
"""

from __future__ import annotations

import dataclasses
import operator
from dataclasses import MISSING
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool, order: bool = False) -> Callable[[type], type]:
        """Stand in for `dataclasses.dataclass(frozen=True, slots=True)`.

        >>> @dataclass(frozen=True, slots=True)
        ... class Cup:
        ...     '''A cup.'''
        ...     of: str
        ...     sugar: int = 0
        >>> Cup("tea"), Cup(sugar=2, of="tea") == Cup("tea", 2)
        (Cup(of='tea', sugar=0), True)
        >>> Cup("tea").sugar = 3
        Traceback (most recent call last):
        dataclasses.FrozenInstanceError: cannot assign to field 'sugar'
        """
        if not (frozen and slots):
            raise TypeError("values are frozen and have slots")
        return lambda cls: _value(cls, order=order)


class _Described:
    """Describe a class in the terms of `dataclasses`, once somebody asks: few ever do."""

    def __init__(self, plain: type, term: str) -> None:
        self._plain, self._term = plain, term

    def __get__(self, _: object, owner: type) -> Any:
        if self._term not in vars(self._plain):
            dataclasses.dataclass(frozen=True)(self._plain)
        for term in _TERMS:
            setattr(owner, term, getattr(self._plain, term))
        return getattr(owner, self._term)


_TERMS = ("__dataclass_fields__", "__dataclass_params__")
_REMADE = ("__dict__", "__weakref__")


def _value(cls: type, *, order: bool) -> Any:
    fields = {name: vars(cls).get(name, MISSING) for name in cls.__annotations__}
    names = tuple(fields)
    get = operator.attrgetter(*names)
    count, known = len(names), set(names)
    # What a factory makes is no default that could be shared.
    defaults = tuple(
        MISSING if isinstance(each, dataclasses.Field) else each for each in fields.values()
    )
    least = next((count - i for i, d in enumerate(reversed(defaults)) if d is MISSING), 0)

    def init(self: Any, *values: Any, **named: Any) -> None:
        if len(named) == count and not values and named.keys() == known:
            values = tuple(map(named.__getitem__, names))
        elif named or not least <= len(values) <= count:
            values = _completed(made, fields, values, named)
        elif len(values) < count:
            values += defaults[len(values) :]
        for each, value in zip(put, values, strict=True):
            each(self, value)

    def equal(self: Any, other: object) -> Any:
        return get(self) == get(other) if other.__class__ is made else NotImplemented

    body = {name: each for name, each in vars(cls).items() if name not in (*names, *_REMADE)}
    body |= {
        **{term: _Described(cls, term) for term in _TERMS},
        "__slots__": names,
        "__match_args__": names,
        "__qualname__": cls.__qualname__,
        "__init__": init,
        "__eq__": equal,
        "__hash__": lambda self: hash(get(self)),
        "__repr__": _shown,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__reduce__": lambda self: (made, tuple(_portable(getattr(self, name)) for name in names)),
    }
    if order:
        body |= {
            f"__{word}__": _compared(getattr(operator, word), get)
            for word in ("lt", "le", "gt", "ge")
        }
    made: Any = type(cls)(cls.__name__, cls.__bases__, body)
    put = tuple(vars(made)[name].__set__ for name in names)  # past __setattr__, which refuses
    return made


def _portable(value: Any) -> Any:
    """Let a value travel between processes: a read-only view of a mapping cannot."""
    return dict(value) if isinstance(value, MappingProxyType) else value


def _completed(
    made: type, fields: Mapping[str, Any], values: tuple[Any, ...], named: dict[str, Any]
) -> tuple[Any, ...]:
    """Put the arguments of a call in order, and add the defaults."""
    if len(values) > len(fields):
        raise TypeError(f"{made.__name__} takes {len(fields)} values, not {len(values)}")
    known = dict(zip(fields, values, strict=False))
    twice, stray = known.keys() & named, named.keys() - fields.keys()
    if twice or stray:
        what = f"got {min(twice)} twice" if twice else f"has no {min(stray)}"
        raise TypeError(f"{made.__name__} {what}")
    known |= named
    lacking = [name for name in fields if name not in known and fields[name] is MISSING]
    if lacking:
        raise TypeError(f"{made.__name__} needs {lacking[0]}")
    return tuple(known[name] if name in known else _default(each) for name, each in fields.items())


def _default(given: Any) -> Any:
    if not isinstance(given, dataclasses.Field):
        return given
    made: Any = given.default_factory  # a plain default needs no `field`
    return made()


def _compared(compare: Callable[..., Any], get: Callable[..., Any]) -> Callable[..., Any]:
    return lambda self, other: (
        compare(get(self), get(other)) if other.__class__ is self.__class__ else NotImplemented
    )


def _shown(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({fields})"


def _refuse(_self: Any, name: str, *_: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
