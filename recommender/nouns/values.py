"""Values: frozen dataclasses and named tuples, made without compiling source for each class.

`dataclasses.dataclass` writes and compiles six methods a class, about a millisecond: with forty
classes on the way of every command, a third of its start; to load it takes as long as eight of
them. Here all classes share the methods, and it is only loaded once somebody asks for what it
offers. A type checker, `dataclasses.fields` and `dataclasses.replace` see an ordinary dataclass.
"""

from __future__ import annotations

import operator
from _thread import allocate_lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

__all__ = ["Record", "dataclass", "field"]

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import dataclass, field
    from typing import NamedTuple as Record
else:

    class _Recorder(type):
        """Name the places of a tuple by the annotations of its class."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            names = tuple(body.get("__annotations__", ()))
            places = {each: property(operator.itemgetter(i)) for i, each in enumerate(names)}
            named = {"__slots__": (), "__match_args__": names}
            return super().__new__(cls, name, bases, {**body, **places, **named})

    class Record(tuple, metaclass=_Recorder):  # noqa: SLOT001  (the metaclass sees to that)
        """Stand in for `typing.NamedTuple`.

        >>> class Sip(Record):
        ...     of: str
        ...     hot: bool
        >>> Sip("tea", hot=True), Sip("tea", True)[0]
        (Sip(of='tea', hot=True), 'tea')
        """

        def __new__(cls, *values: Any, **named: Any) -> Any:  # noqa: D102
            names = cls.__match_args__
            if named:
                values += tuple(named.pop(name) for name in names[len(values) :] if name in named)
            if named or len(values) != len(names):
                raise TypeError(f"{cls.__name__} takes {', '.join(names)}")
            return tuple.__new__(cls, values)

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            return _shown(self)

    def field(*, default_factory: Callable[[], Any]) -> _Made:
        """Stand in for `dataclasses.field` where a default is made anew for each value."""
        return _Made(default_factory)

    def dataclass(
        *, frozen: bool, slots: bool = False, order: bool = False
    ) -> Callable[[type], type]:
        """Stand in for `dataclasses.dataclass(frozen=True)`.

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
        if not frozen:
            raise TypeError("values are frozen")
        return lambda cls: _value(cls, slots=slots, order=order)


class _Made:
    """Hold what makes a default, which for that is none that could be shared."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


_MISSING: Any = object()
"""Stands for a field without a default."""


class _Described:
    """Describe a class in the terms of `dataclasses`, once somebody asks: few ever do."""

    def __init__(self, plain: type, term: str) -> None:
        self._plain, self._term = plain, term

    def __get__(self, _: object, owner: type) -> Any:
        import dataclasses  # noqa: PLC0415  (with all that it draws in, a tenth of a start)

        with _DESCRIBING:  # two at once would describe a class that is half described
            if self._term not in vars(self._plain):
                for name, each in list(vars(self._plain).items()):
                    if isinstance(each, _Made):
                        setattr(self._plain, name, dataclasses.field(default_factory=each.make))
                dataclasses.dataclass(frozen=True)(self._plain)
        for term in _TERMS:
            setattr(owner, term, getattr(self._plain, term))
        return getattr(owner, self._term)


_DESCRIBING = allocate_lock()
_TERMS = ("__dataclass_fields__", "__dataclass_params__")
_REMADE = ("__dict__", "__weakref__")


def _check(cls: type) -> None:
    """Refuse what is not shared out here: class variables, and values below values."""
    if any(hasattr(base, "__match_args__") for base in cls.__bases__):
        raise TypeError(f"{cls.__name__}: a value has no other below it")
    for name, kind in cls.__annotations__.items():
        if str(kind).startswith(("ClassVar", "typing.ClassVar")):
            raise TypeError(f"{cls.__name__}.{name}: a value has no class variables")


def _value(cls: type, *, slots: bool, order: bool) -> Any:
    _check(cls)
    fields = {name: vars(cls).get(name, _MISSING) for name in cls.__annotations__}
    names = tuple(fields)
    get = operator.attrgetter(*names)
    count, known = len(names), set(names)
    defaults = tuple(_MISSING if isinstance(each, _Made) else each for each in fields.values())
    least = next((count - i for i, d in enumerate(reversed(defaults)) if d is _MISSING), 0)

    def init(self: Any, *values: Any, **named: Any) -> None:
        if named or len(values) != count:
            if len(named) == count and not values and named.keys() == known:
                values = tuple(map(named.__getitem__, names))
            elif named or not least <= len(values) < count:
                values = _completed(made, fields, values, named)
            else:
                values += defaults[len(values) :]
        for each, value in zip(put, values):  # noqa: B905  (as many, by now)
            each(self, value)

    def equal(self: Any, other: object) -> Any:
        return get(self) == get(other) if other.__class__ is made else NotImplemented

    body = {name: each for name, each in vars(cls).items() if name not in (*names, *_REMADE)}
    body |= {
        **{term: _Described(cls, term) for term in _TERMS},
        "__match_args__": names,
        "__qualname__": cls.__qualname__,
        "__init__": init,
        "__eq__": equal,
        "__hash__": lambda self: hash(get(self)),
        "__repr__": _shown,
        "__setattr__": _refuse,
        "__delattr__": _keep,
        "__replace__": _replaced,
        "__reduce__": lambda self: (made, tuple(_portable(getattr(self, name)) for name in names)),
        **(_ordered(get) if order else {}),
    }
    if slots:
        body["__slots__"] = names
    made: Any = type(cls)(cls.__name__, cls.__bases__, body)
    # Past __setattr__, which refuses.
    put = tuple(vars(made)[name].__set__ if slots else _putter(name) for name in names)
    return made


def _putter(name: str) -> Callable[[Any, Any], None]:
    return lambda self, value: object.__setattr__(self, name, value)


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
    lacking = [name for name in fields if name not in known and fields[name] is _MISSING]
    if lacking:
        raise TypeError(f"{made.__name__} needs {lacking[0]}")
    return tuple(known[name] if name in known else _default(each) for name, each in fields.items())


def _default(given: Any) -> Any:
    return given.make() if isinstance(given, _Made) else given


def _ordered(get: Callable[..., Any]) -> dict[str, Any]:
    return {
        f"__{word}__": _compared(getattr(operator, word), get) for word in ("lt", "le", "gt", "ge")
    }


def _compared(compare: Callable[..., Any], get: Callable[..., Any]) -> Callable[..., Any]:
    return lambda self, other: (
        compare(get(self), get(other)) if other.__class__ is self.__class__ else NotImplemented
    )


def _shown(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({fields})"


def _replaced(self: Any, /, **changes: Any) -> Any:
    """Serve `copy.replace`, which there is from Python 3.13 on."""
    import dataclasses  # noqa: PLC0415

    return dataclasses.replace(self, **changes)


def _refuse(_self: Any, name: str, _value: Any) -> None:
    import dataclasses  # noqa: PLC0415

    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _keep(_self: Any, name: str) -> None:
    import dataclasses  # noqa: PLC0415

    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
