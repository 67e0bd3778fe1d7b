"""Moves: from checked text to nouns, with the stages and candidates that they name checked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from recommender.nouns.moving import Api, Counterpart, Migration, Moving, Stage

from .definitions import Definitions, Row, built, placed

if TYPE_CHECKING:
    from .moving_models import ApiText, MigrationText


def moving_of(pack: Definitions) -> Moving:
    """Return what the files say of moves."""
    stages = pack.unite("stages", partial(placed, Stage))
    apis = pack.unite("apis", partial(_api, pack, stages))
    return Moving(stages, apis, pack.unite("migrations", partial(_migration, pack)))


def _api(pack: Definitions, stages: dict[str, Stage], row: Row, text: ApiText) -> Api:
    pack.known(text.stage, "stage", stages, row.place("stage"))
    pack.known(text.candidate, "candidate", pack.candidates, row.place("candidate"))
    found = {}
    for name, each in text.counterparts.items():
        where = row.at("counterparts", name)
        pack.known(name, "candidate", pack.candidates, where.place())
        if (each.way == "none") == (each.instead is not None):
            what = "`instead` goes with every `way` but `none`"
            pack.fault(where.place(), what, "name what takes its place, or not")
        cited = pack.sources(each.source, where.at("source"))
        found[name] = built(Counterpart, each, sources=cited)
    return built(Api, text, counterparts=found, place=row.place())


def _migration(pack: Definitions, row: Row, text: MigrationText) -> Migration:
    if text.ended.day < text.began.day:
        what = "ends before it begins"
        pack.fault(row.place("ended"), what, "look the two days up again")
    return built(
        Migration,
        text,
        began=text.began.commit,
        began_on=text.began.day,
        ended=text.ended.commit,
        ended_on=text.ended.day,
        place=row.place(),
    )
