"""A value behaves as the standard frozen dataclass with slots does."""

import copy
import dataclasses
import pickle
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import ClassVar, NamedTuple

import pytest
from pydantic import TypeAdapter

from recommender.nouns import values


def classes(decorate, field):
    @decorate(frozen=True, slots=True, order=True)
    class Cup:
        """A cup."""

        of: str
        sugar: int = 0
        with_: tuple = field(default_factory=tuple)

        def sweeter(self):
            return dataclasses.replace(self, sugar=self.sugar + 1)

    return Cup


Ours = classes(values.dataclass, values.field)
Theirs = classes(dataclasses.dataclass, dataclasses.field)
Ours.__module__, Ours.__qualname__ = __name__, "Ours"
BOTH = pytest.mark.parametrize("cup", [Ours, Theirs])


@BOTH
def test_values_are_equal_by_their_fields(cup):
    assert cup("tea") == cup(of="tea", sugar=0, with_=())
    assert cup("tea") != cup("tea", 1)
    assert cup("tea") != ("tea", 0, ())
    assert len({cup("tea"), cup("tea"), cup("milk")}) == 2
    assert cup("tea", 1) > cup("tea") >= cup("tea")
    assert min([cup("tea"), cup("milk")]) == cup("milk")
    assert cup("tea").sweeter().sugar == 1
    assert dataclasses.asdict(cup("tea")) == {"of": "tea", "sugar": 0, "with_": ()}
    assert cup.__match_args__ == ("of", "sugar", "with_")
    assert repr(cup("tea", 2)).endswith("(of='tea', sugar=2, with_=())")
    assert copy.deepcopy(cup("tea")) == cup("tea")


@BOTH
def test_values_cannot_be_changed(cup):
    with pytest.raises(dataclasses.FrozenInstanceError):
        cup("tea").sugar = 1
    with pytest.raises(dataclasses.FrozenInstanceError, match="delete"):
        del cup("tea").sugar
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError, AttributeError)):
        cup("tea").milk = 1
    with pytest.raises(TypeError):
        hash(cup("tea", with_=([],)))


@BOTH
@pytest.mark.parametrize(("given", "named"), [
    ((), {}), (("tea", 1, (), 4), {}), (("tea",), {"of": "tea"}), (("tea",), {"milk": 1}),
])  # fmt: skip
def test_a_wrong_call_is_refused(cup, given, named):
    with pytest.raises(TypeError):
        cup(*given, **named)


@BOTH
def test_values_have_slots_and_a_schema(cup):
    assert not hasattr(cup("tea"), "__dict__")
    assert TypeAdapter(cup).json_schema()["required"] == ["of"]
    assert [f.name for f in dataclasses.fields(cup)] == ["of", "sugar", "with_"]


def test_values_can_be_pickled():
    assert pickle.loads(pickle.dumps(Ours("tea"))) == Ours("tea")


def test_only_frozen_classes_are_made():
    with pytest.raises(TypeError):
        values.dataclass(frozen=False, slots=True)


def test_without_slots_a_value_may_keep_what_it_has_worked_out():
    @values.dataclass(frozen=True)
    class Pot:
        cups: int
        of: str = "tea"

        @cached_property
        def litres(self):
            return self.cups / 4

    assert Pot(4).litres == vars(Pot(4)).get("litres", 1.0)
    assert Pot(4) == Pot(cups=4, of="tea")
    assert dataclasses.replace(Pot(4), of="milk") == Pot(4, "milk")
    with pytest.raises(dataclasses.FrozenInstanceError):
        Pot(4).cups = 5


def test_only_fields_that_are_shared_out_are_taken():
    def variable():
        class Cup:
            size: ClassVar[int] = 3

        return Cup

    for cup in (
        variable,
        lambda: type("Mug", (Ours,), {"__annotations__": {"size": "int"}}),
    ):
        with pytest.raises(TypeError):
            values.dataclass(frozen=True, slots=True)(cup())


@BOTH
def test_a_copy_may_have_other_fields(cup):
    assert dataclasses.replace(cup("tea"), sugar=2) == cup("tea", 2)
    if sys.version_info >= (3, 13):
        assert copy.replace(cup("tea"), sugar=2) == cup("tea", 2)


def test_many_may_ask_for_a_description_at_once():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as threads:
            for _ in range(40):
                cup = classes(values.dataclass, values.field)
                gate = threading.Barrier(8)
                asked = [
                    threads.submit(lambda c=cup, g=gate: (g.wait() and 0) or dataclasses.fields(c))
                    for _ in range(8)
                ]
                assert {tuple(f.name for f in each.result()) for each in asked} == {
                    ("of", "sugar", "with_")
                }
                assert dataclasses.replace(cup("tea"), sugar=1) == cup("tea", 1)
                assert dataclasses.fields(cup)[2].default_factory is tuple
    finally:
        sys.setswitchinterval(interval)


class Sip(values.Record):
    """A sip."""

    of: str
    hot: bool

    @property
    def told(self):
        return f"hot {self.of}" if self.hot else self.of


class Plain(NamedTuple):
    """What a record stands in for."""

    of: str
    hot: bool


@pytest.mark.parametrize("kind", [Sip, Plain])
def test_a_record_is_a_named_tuple(kind):
    sip = kind("tea", hot=True)
    assert sip == ("tea", True) == kind(of="tea", hot=True)
    assert (sip.of, sip[1], len(sip), [*sip]) == ("tea", True, 2, ["tea", True])
    assert hash(sip) == hash(("tea", True))
    assert repr(sip) == f"{kind.__name__}(of='tea', hot=True)"
    assert pickle.loads(pickle.dumps(sip)) == copy.copy(sip) == sip
    assert type(pickle.loads(pickle.dumps(sip))) is kind
    assert not hasattr(sip, "__dict__")
    match sip:
        case kind(of, hot):
            assert (of, hot) == sip
    with pytest.raises(AttributeError):
        sip.of = "milk"
    wrong = ((("tea",), {}), (("tea", True, 1), {}), (("tea",), {"milk": 1}), (("tea", True), {"of": "x"}))  # fmt: skip
    for given, named in wrong:
        with pytest.raises(TypeError):
            kind(*given, **named)


def test_a_record_may_have_methods_of_its_own():
    assert Sip("tea", True).told == "hot tea"


def test_a_recommendation_travels_between_processes():
    from recommender import load_pack, load_profile, recommend

    pack = load_pack("tests/toy/rules")
    profile = load_profile("tests/toy/examples/night-owl.yaml", pack)
    advice = recommend(profile, pack, samples=20)
    assert pickle.loads(pickle.dumps(advice)) == advice
    assert "memo" in vars(pack)
    assert "memo" not in vars(pickle.loads(pickle.dumps(pack))), "it is compiled again there"
