"""New packs: the first files of an organisation's own pack, which load and lint clean."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from contextlib import suppress
from pathlib import Path

from recommender.atomic_files import write_atomically
from recommender.nouns.errors import Fault, Place, RecommenderError
from recommender.nouns.pack import Pack

HEAD = """\
# An overlay: rules of our own, laid over the pack that the project ships.
#   recommender lint {folder}
#   recommender test {folder}
#   recommender score project.yaml --rules {folder}
pack:
  id: "{id}"
  schema: 1
  version: 0.1.0
  title: "{title}"
  dated: {dated}
  extends: {base}
"""

RULES = """\
# yaml-language-server: $schema=pack.schema.json
# (written by `recommender schema pack --output pack.schema.json`; editors then complete and check)
questions:
  - id: {prefix}-approved
    ask: Has our architecture board already approved one framework for this product?
    type: choice
    choices:
{choices}
      none: "Neither: the choice is open"

criteria:
  - id: {prefix}-policy
    title: Our own policy
    weight: 4                        # 0-10: how much this topic counts beside the others
    about: What our organisation has decided for itself.

rules:
{rules}
# More that an overlay may say (docs/writing-rules.md):
# reweigh: {{team: 8}}                 # a criterion of the shipped pack counts more, or less, here
# retire: {{rule-id: Because we … .}}  # a shipped rule that does not hold here; reports show it
"""

RULE = """\
  - id: {prefix}-approves-{candidate}
    criterion: {prefix}-policy
    when: {{{prefix}-approved: {candidate}}}
    favors: {favors}
    weight: 6                        # 1-10: the points that it can give inside its criterion
    because: Our architecture board has approved {title} for this product.
    evidence: judged                 # we are the source; where there is one, register
                                     # it under `sources:` and cite it: `source: {{source: its-id}}`
    tests:
      - {{given: {{{prefix}-approved: {candidate}}}, expect: fires}}
      - {{given: {{{prefix}-approved: none}}, expect: silent}}
      - {{given: {{}}, expect: unknown}}
"""


def new_pack(folder: str | Path, base: Pack, *, dated: dt.date) -> list[Path]:
    """Write an overlay over a pack into a folder, and return the files written.

    Nothing that exists is overwritten, and after an error nothing new is left. Raises
    `RecommenderError` where a file exists or cannot be written, or where no id can be made of the
    folder's name.
    """
    folder = Path(folder)
    id_ = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")[:40].strip("-")
    if not id_:
        what = f"`{folder.resolve().name}` gives the pack no id"
        raise RecommenderError(Fault(Place(str(folder)), what, "use letters or digits in its name"))
    texts = {
        "pack.yaml": HEAD.format(
            folder=shlex.quote(str(folder)), id=id_, dated=dated, base=base.id,
            title=id_.replace("-", " ").capitalize(),
        ),
        "policy.yaml": _rules(id_, base),
    }  # fmt: skip
    taken = [folder / name for name in texts if (folder / name).exists()]
    if taken:
        remedy = "nothing was written; name another folder"
        raise RecommenderError([Fault(Place(str(p)), "already exists", remedy) for p in taken])
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            write_atomically(folder / name, text)
            written.append(folder / name)
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        for path in made:
            with suppress(OSError):
                path.rmdir()
        if not isinstance(error, OSError):
            raise
        what = f"cannot be made: {error.strerror or error}"
        raise RecommenderError(Fault(Place(str(folder)), what)) from None
    return written


def _rules(id_: str, base: Pack) -> str:
    candidates = list(base.candidates.values())
    rules = []
    for candidate in candidates:
        favors = ", ".join(f"{each.id}: {int(each is candidate)}" for each in candidates)
        rules.append(
            RULE.format(
                prefix=id_, candidate=candidate.id, title=candidate.title, favors=f"{{{favors}}}"
            )
        )
    choices = "\n".join(f'      {each.id}: "{each.title}"' for each in candidates)
    return RULES.format(prefix=id_, choices=choices, rules="\n".join(rules))
