"""The comments of a project file, so that they stay where it is written again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from recommender.loading.yaml_text import read_text
from recommender.nouns.errors import clean
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile
from recommender.nouns.question import question_under

from .project_file import project_text

_COMMENT = re.compile(r"(?:^|\s)#\s?(.*)$")


class Comments(NamedTuple):
    """The comments of a project file that can be kept, as lines without their `#`.

    `head` stands at its beginning, `remarks` above an answer or behind it, by question; `others`
    tells whether there are more.
    """

    profile: Profile = Profile()
    head: tuple[str, ...] = ()
    remarks: Mapping[str, tuple[str, ...]] = {}
    others: bool = False

    def text(self, profile: Profile, pack: Pack, asked: Mapping[str, Any]) -> str:
        """Return a profile as a project file, with the comments of answers that did not change."""
        kept = {
            name: lines
            for name, lines in self.remarks.items()
            if profile.answers.get(name) == self.profile.answers.get(name)
        }
        head = "".join(f"# {clean(line)}".rstrip() + "\n" for line in self.head)
        return head + project_text(profile, pack, asked, kept)


def comments_of(text: str, profile: Profile, pack: Pack) -> Comments:
    r"""Return the comments of a project file; those that `project_text` writes itself are left out.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> text = "# Of us\nanswers:\n  # guests\n  hour: evening  # late\n"
    >>> found = comments_of(text, load_profile({"answers": {"hour": "evening"}}, pack), pack)
    >>> found.head, found.remarks
    (('Of us',), {'hour': ('guests', 'late')})
    """
    written = project_text(profile, pack).splitlines()
    ours = {found[1] for line in written if (found := _COMMENT.search(line))}
    lines = text.splitlines()
    said = [found[1] if (found := _COMMENT.search(line)) else None for line in lines]
    alone = [line.lstrip().startswith("#") for line in lines]
    first = alone.index(False) if False in alone else 0
    taken = set(range(first))
    remarks: dict[str, tuple[str, ...]] = {}
    for key, (number, column) in getattr(_answers(text), "spots", {}).items():
        question, at = question_under(key, pack.questions), number - 1
        if question is None or at >= len(lines) or lines[at][: column - 1].strip():
            continue
        above = at
        while above > first and alone[above - 1]:
            above -= 1
        taken.update(range(above, at + 1))
        told = [each for each in said[above : at + 1] if each and each not in ours]
        if told:
            remarks[question.id] = tuple(told)
    others = any(each and n not in taken and each not in ours for n, each in enumerate(said))
    return Comments(profile, tuple(each or "" for each in said[:first]), remarks, others)


def _answers(text: str) -> Any:
    data = read_text(text, "", [])
    return data.get("answers") if isinstance(data, dict) else None
