"""Referrals listed: what a pack says to ask first, how it is backed, and until when it holds."""

from __future__ import annotations

from typing import Any

from recommender.nouns.json_values import json_value
from recommender.nouns.pack import Pack

REFERRALS_SCHEMA = 1
"""The version of the JSON that the list is written as."""

SHOWN = ("id", "sentence", "instead", "evidence", "reviewed", "expires")
"""What it has of a referral, beside its sources and its place."""


def as_data(pack: Pack) -> dict[str, Any]:
    """Return the referrals of a pack as plain values, under a schema number.

    >>> from recommender import load_pack
    >>> [each["instead"] for each in as_data(load_pack("tests/toy/rules"))["referrals"]]
    [['sleep']]
    """
    rows = [
        {
            **{name: getattr(each, name) for name in SHOWN},
            "sources": [
                {"title": told.title, "url": told.url, "says": told.says}
                for told in map(pack.reference, each.sources)
            ],
            "place": each.place,
        }
        for each in pack.referrals.values()
    ]
    found = {"kind": "referrals", "pack": pack.id, "version": pack.version, "referrals": rows}
    data: dict[str, Any] = json_value({"schema": REFERRALS_SCHEMA, **found})
    return data
