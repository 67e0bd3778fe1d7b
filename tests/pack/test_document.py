"""The founding document, faithfully: every sentence of it is accounted for in rules/facts.yaml."""

import re

import pytest

from recommender import load_pack

PACK = load_pack()
DOCUMENT = PACK.documents["pytorch-vs-tensorflow"]

HEADINGS = (
    "PyTorch 与 Tensorflow\n",
    "让我们看看 PyTorch 和 Tensorflow 之间的一些不同之处。",
    "区别: PyTorch TensorFlowFeatures Development Wizards ",
    " Computation Graph ",
    " Debugging ",
    " Production ",
    " Data Visualization ",
    "哪一个最好?",
    "什么时候用哪一种? ",
    # Beginnings and joints of sentences whose parts have entries of their own.
    "TensorFlow:",
    "和",
    ", and hence, is ",
    "i.e ",
)
"""What the document contains besides its statements, each to the letter."""


def test_every_sentence_has_an_entry():
    """Cut out what the facts quote and what is a heading: nothing with a word in it is left."""
    text = DOCUMENT.text
    spans = [
        match.span()
        for fact in PACK.facts.values()
        for match in re.finditer(re.escape(fact.says.says), text)
    ]
    kept = [True] * len(text)
    for start, end in spans:
        kept[start:end] = [False] * (end - start)
    rest = "".join(char if keep else "\x00" for char, keep in zip(text, kept, strict=True))
    for heading in HEADINGS:
        rest = rest.replace(heading.strip(), "\x00")
    assert re.findall(r"\w[^\x00]*", rest) == []


def test_the_order_is_the_document_s():
    places = [DOCUMENT.text.index(fact.says.says) for fact in PACK.facts.values()]
    assert places == sorted(places)


@pytest.mark.parametrize("id_", [rule.id for rule in PACK.rules.values() if rule.cites])
def test_a_rule_that_quotes_the_document_is_in_a_fact(id_):
    """What scores under the lens `document` is audited as a statement as well."""
    named = {name for fact in PACK.facts.values() for name in fact.rules}
    assert id_ in named


def test_a_description_scores_nothing():
    """What the document describes without preferring anybody is cited by no rule."""
    described = {"pytorch-graph-is-dynamic", "tensorflow-graph-is-static",
                 "pytorch-supports-python-and-cpp", "both-use-tensors"}  # fmt: skip
    cited = {rule.cites.says for rule in PACK.rules.values() if rule.cites}
    assert cited.isdisjoint(PACK.facts[id_].says.says for id_ in described)
