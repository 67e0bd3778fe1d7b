"""Plans: the steps by which a project builds on what it is advised; what a pack says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from .condition import Condition
    from .errors import Place
    from .observation import Verdict

Act: TypeAlias = Literal[
    "keep", "freeze", "wait", "port", "rewrite", "build", "train", "run", "convert", "ship"
]
Stay: TypeAlias = Literal["keep", "freeze", "wait", "port"]


class Staying(NamedTuple):
    """What a pack says becomes of code that another candidate than the one advised has there.

    `keep` leaves it in use, `freeze` exports its models to `format`, `wait` puts the change off
    until it is rewritten anyway, and `port` moves it to the candidate that is advised.
    """

    act: Stay
    when: Condition
    because: str
    place: Place
    format: str = ""


class Planning(NamedTuple):
    """What a pack tells of a project's plan beside its routes.

    `trains` holds where a model is trained at all. `existing` says for a candidate when code of its
    own is there; the first of `stays` that holds says what becomes of it. `portable` is code that
    any candidate runs, kept with whoever is advised, and `foreign` code that none of them runs; of
    both the `because` is the whole step in words.
    `platforms` and `pythons` say by what answers the framework is installed on a platform, and
    under a Python.
    """

    trains: Condition | None = None
    existing: Mapping[str, Condition] = {}
    stays: tuple[Staying, ...] = ()
    platforms: Mapping[str, Condition] = {}
    pythons: Mapping[str, Condition] = {}
    portable: Staying | None = None
    foreign: Staying | None = None

    def conditions(self) -> Iterator[Condition]:
        """Yield every condition of it."""
        yield from () if self.trains is None else (self.trains,)
        for each in (self.existing, self.platforms, self.pythons):
            yield from each.values()
        yield from (each.when for each in self.stays)
        yield from (each.when for each in (self.portable, self.foreign) if each is not None)


class Step(NamedTuple):
    """One step of a plan.

    `keep` and `wait` with the candidate that is advised are of its own: the code that is there, or
    that any candidate runs, and packages that a Python of the project does not have yet. `keep`
    without a candidate is of code that none of them runs. `run` is all there is to do where nothing
    is trained or shipped.
    `ship` has a deployment target; where no usable route reaches it, `route` is empty: a gap.
    `format` is what is converted to and shipped, where the route names it. `proof` is what a probe
    saw of the route on this machine, if it looked; `resolved` the day as of which its packages
    install together where the project installs them, if they do. `open` names the unanswered
    questions by which something else could become of code in another candidate, and `libraries`
    those of the pack with which to build.
    """

    act: Act
    candidate: str
    target: str = ""
    route: str = ""
    format: str = ""
    proof: Verdict | None = None
    because: str = ""
    resolved: dt.date | None = None
    open: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()

    @property
    def way(self) -> tuple[str, ...]:
        """What is done, in which candidate, where, and by which route: without why and proofs."""
        return (self.act, self.candidate, self.target, self.route, self.format)

    @property
    def gap(self) -> bool:
        """Whether no way is known to where this step should ship."""
        return self.act == "ship" and not self.route
