"""The full pack: any kind of pack, loaded with and without its optional candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recommender.nouns.pack import Pack

from .files import pack_files, real, shipped
from .packs import is_complete, load_pack
from .yaml_text import PlacedDict, read_file


@dataclass(frozen=True, slots=True)
class WholePack:
    """A pack as projects get it (`usual`), and with every optional candidate (`full`)."""

    folder: Path
    usual: Pack
    full: Pack

    def owns(self, file: str) -> bool:
        """Return whether a file is in the folder named, not in the pack below it."""
        return real(file).is_relative_to(real(self.folder))


def load_whole(folder: str | Path | None = None) -> WholePack:
    """Load the shipped pack, a complete one, or an overlay over the shipped pack.

    Raises `PackError` as `load_pack` does.

    >>> whole = load_whole("tests/toy/rules")
    >>> sorted(whole.usual.candidates), sorted(whole.full.candidates)
    (['coffee', 'tea'], ['cocoa', 'coffee', 'tea'])
    """
    path = shipped("rules") if folder is None else Path(folder)
    alone = real(path) == real(shipped("rules")) or is_complete(path)

    def load(with_: Sequence[str] = ()) -> Pack:
        if alone:
            return load_pack(path, with_=with_)
        return load_pack(overlays=[path], with_=with_)

    usual = load()
    optional = _optional([Path(each) for each in usual.folders])
    return WholePack(path, usual, load(optional) if optional else usual)


def _optional(folders: list[Path]) -> list[str]:
    found = set()
    for folder in folders:
        for file, name in pack_files(folder):
            data = read_file(file, name, [])
            card = data.get("candidate") if isinstance(data, PlacedDict) else None
            if isinstance(card, PlacedDict) and card.get("optional") is True:
                found.add(str(card.get("id")))
    return sorted(found)
