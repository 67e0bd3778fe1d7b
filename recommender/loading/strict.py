"""The model that every part of a rule file is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A model that refuses unknown keys, so that no misspelt key is ignored."""

    # Only the whole file is validated: models inside it need no validators of their own.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
