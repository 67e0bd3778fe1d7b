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
    from collections.abc import Callable
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
    names = tuple(cls.__annotations__)
    given = {name: vars(cls)[name] for name in names if name in vars(cls)}
    body = {name: each for name, each in vars(cls).items() if name not in (*given, *_REMADE)}
    body |= {term: _Described(cls, term) for term in _TERMS}
    body |= {"__slots__": names, "__match_args__": names, "__qualname__": cls.__qualname__}
    made: Any = type(cls)(cls.__name__, cls.__bases__, body)
    put = tuple(vars(made)[name].__set__ for name in names)  # past __setattr__, which refuses
    get = operator.attrgetter(*names)
    count, known = len(names), set(names)
    # What a factory makes is no default that could be shared.
    defaults = tuple(
        MISSING if isinstance(each, dataclasses.Field) else each
        for each in (given.get(name, MISSING) for name in names)
    )
    least = next((count - i for i, d in enumerate(reversed(defaults)) if d is MISSING), 0)

    def init(self: Any, *values: Any, **named: Any) -> None:
        if len(named) == count and not values and named.keys() == known:
            values = tuple(map(named.__getitem__, names))
        elif named or not least <= len(values) <= count:
            values = _completed(made, values, named)
        elif len(values) < count:
            values += defaults[len(values) :]
        for each, value in zip(put, values, strict=True):
            each(self, value)

    def equal(self: Any, other: object) -> Any:
        return get(self) == get(other) if other.__class__ is made else NotImplemented

    methods: dict[str, Any] = {
        "__init__": init,
        "__eq__": equal,
        "__hash__": lambda self: hash(get(self)),
        "__repr__": _shown,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__reduce__": lambda self: (made, tuple(_portable(getattr(self, name)) for name in names)),
    }
    if order:
        methods |= {
            f"__{word}__": _compared(getattr(operator, word), get, made)
            for word in ("lt", "le", "gt", "ge")
        }
    for name, method in methods.items():
        setattr(made, name, method)
    return made


def _portable(value: Any) -> Any:
    """Let a value travel between processes: a read-only view of a mapping cannot."""
    return dict(value) if isinstance(value, MappingProxyType) else value


def _completed(made: Any, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    """Put the arguments of a call in order, and add the defaults."""
    fields = dataclasses.fields(made)
    if len(values) > len(fields):
        raise TypeError(f"{made.__name__} takes {len(fields)} values, not {len(values)}")
    known = dict(zip((field.name for field in fields), values, strict=False))
    twice, stray = known.keys() & named, named.keys() - {field.name for field in fields}
    if twice or stray:
        what = f"got {min(twice)} twice" if twice else f"has no {min(stray)}"
        raise TypeError(f"{made.__name__} {what}")
    known |= named
    return tuple(
        known[field.name] if field.name in known else _default(made, field) for field in fields
    )


def _default(made: type, field: Any) -> Any:
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    raise TypeError(f"{made.__name__} needs {field.name}")


def _compared(
    compare: Callable[..., Any], get: Callable[..., Any], made: type
) -> Callable[..., Any]:
    return lambda self, other: (
        compare(get(self), get(other)) if other.__class__ is made else NotImplemented
    )


def _shown(self: Any) -> str:
    fields = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self))
    return f"{type(self).__qualname__}({fields})"


def _refuse(_self: Any, name: str, *_: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
