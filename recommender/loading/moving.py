"""Moves: from checked text to nouns, with the stages and candidates that they name checked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from recommender.nouns.moving import Api, Counterpart, Migration, Moving, Stage

from .definitions import Definitions, RuleFile, built

if TYPE_CHECKING:
    from .moving_models import ApiText, MigrationText, StageText

Path = tuple[str | int, ...]


def moving_of(pack: Definitions) -> Moving:
    """Return what the files say of moves."""
    stages = pack.unite("stages", _stage)
    apis = pack.unite("apis", partial(_api, pack, stages))
    return Moving(stages, apis, pack.unite("migrations", partial(_migration, pack)))


def _stage(file: RuleFile, path: Path, text: StageText) -> Stage:
    return built(Stage, text, place=file.place(*path))


def _api(
    pack: Definitions, stages: dict[str, Stage], file: RuleFile, path: Path, text: ApiText
) -> Api:
    pack.known(text.stage, "stage", stages, file.place(*path, "stage"))
    pack.known(text.candidate, "candidate", pack.candidates, file.place(*path, "candidate"))
    found = {}
    for name, each in text.counterparts.items():
        where = (*path, "counterparts", name)
        pack.known(name, "candidate", pack.candidates, file.place(*where))
        if (each.way == "none") == (each.instead is not None):
            what = "`instead` goes with every `way` but `none`"
            pack.fault(file.place(*where), what, "name what takes its place, or not")
        cited = pack.sources(each.source, file, (*where, "source"))
        found[name] = built(Counterpart, each, sources=cited)
    return built(Api, text, counterparts=found, place=file.place(*path))


def _migration(pack: Definitions, file: RuleFile, path: Path, text: MigrationText) -> Migration:
    if text.ended.day < text.began.day:
        what = "ends before it begins"
        pack.fault(file.place(*path, "ended"), what, "look the two days up again")
    return built(
        Migration,
        text,
        began=text.began.commit,
        began_on=text.began.day,
        ended=text.ended.commit,
        ended_on=text.ended.day,
        place=file.place(*path),
    )
