"""Which likeness completes best: ours beside two textbook ways, each cluster left out in turn.

    python -m benchmarks.likeness

Every answer of every reference project is hidden once, and told from its other answers by what the
projects of other clusters answer. Compared are `judging.completion` itself; naive Bayes (the hidden
answer as class); a dependence tree (C. Chow and C. Liu, Approximating discrete probability
distributions with dependence trees, 1968); and how often each answer is given at all. A set of
options counts as one answer. Each way gives a twentieth to all answers alike. The score is the
logarithm of what the true answer got.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import networkx as nx
import numpy as np

from recommender import load_pack
from recommender.judging.completion import answer_tables, complete

SPARE = 0.05
"""What each way gives to all answers alike, so that none is impossible."""

PRIOR = 1.0
"""Answers that are added to those counted, spread evenly, so that few do not count as certain."""


class Hidden:
    """The population, from which one cluster after another is left out.

    `given` has a row for each project and a column for each question: the place of the answer among
    `values`, -1 where it is open.
    """

    def __init__(self) -> None:
        self.pack = load_pack()
        tables = answer_tables(self.pack)
        self.tables, self.names = list(tables.values()), list(tables)
        self.sizes = [len(each.values) for each in self.tables]
        self.given = np.array([t.given for t in self.tables]).T
        self.clusters = np.array([each.cluster for each in self.pack.population])
        self.tree = cache(self._tree)

    def joint(self, cluster: str, one: int, other: int) -> Any:
        """Count how often two questions are answered so outside of a cluster; the prior is in."""
        table: Any = np.zeros((self.sizes[one], self.sizes[other]))
        first, second = self.given[self.clusters != cluster][:, [one, other]].T
        both = (first >= 0) & (second >= 0)
        np.add.at(table, (first[both], second[both]), 1)
        return table + PRIOR / table.size

    def often(self, project: int, question: int) -> Any:
        """Tell an answer from how often it is given."""
        told = self.given[self.clusters != self.clusters[project], question]
        return np.bincount(told[told >= 0], minlength=self.sizes[question]) + PRIOR

    def completion(self, project: int, question: int) -> Any:
        """Tell an answer as the pack completes it."""
        reference, table = self.pack.population[project], self.tables[question]
        name = self.names[question]
        known = {n: told for n, told in reference.answers.items() if n != name}
        found = complete(self.pack, known, without=reference.cluster)
        shares: Any = np.zeros(len(table.values))
        for weight, answer in zip(found.weights, found.answers[name], strict=True):
            shares[table.values.index(answer)] += weight
        return shares

    def bayes(self, project: int, question: int) -> Any:
        """Tell an answer by naive Bayes."""
        found = np.log(self.often(project, question))
        for other, told in enumerate(self.given[project]):
            if other != question and told >= 0:
                table = self.joint(self.clusters[project], question, other)
                found += np.log(table[:, told] / table.sum(1))
        return np.exp(found - found.max())

    def _tree(self, cluster: str) -> nx.Graph:
        graph = nx.Graph()
        graph.add_nodes_from(range(len(self.names)))
        for one in range(len(self.names)):
            for other in range(one):
                table = self.joint(cluster, one, other)
                count = table.sum() - PRIOR
                share = table / table.sum()
                apart = share.sum(1, keepdims=True) * share.sum(0, keepdims=True)
                told = float((share * np.log(share / apart)).sum())
                graph.add_edge(one, other, weight=count * told)
        return nx.maximum_spanning_tree(graph)

    def chow_liu(self, project: int, question: int) -> Any:
        """Tell an answer by the tree whose branches tell most of each other."""
        cluster = self.clusters[project]
        tree = self.tree(cluster)

        def told(node: int, parent: int) -> Any:
            found = np.ones(self.sizes[node])
            if node != question and self.given[project, node] >= 0:
                found = np.zeros(self.sizes[node])
                found[self.given[project, node]] = 1
            for child in tree[node]:
                if child != parent:
                    table = self.joint(cluster, node, child)
                    found = found * (table / table.sum(1, keepdims=True) @ told(child, node))
            return found

        return self.often(project, question) * told(question, -1)


def main() -> None:
    """Print, for each way, how good it is."""
    hidden = Hidden()
    ways = {
        "completion, as shipped": hidden.completion,
        "naive Bayes": hidden.bayes,
        "Chow and Liu's tree": hidden.chow_liu,
        "how often it is given": hidden.often,
    }
    cells = [(p, q) for p, q in np.argwhere(hidden.given >= 0).tolist() if hidden.sizes[q] > 1]
    print("| way | the true answer is likeliest | score of all |\n|---|---|---|")
    for name, way in ways.items():
        right, score = 0.0, 0.0
        for project, question in cells:
            found = way(project, question)
            found = (1 - SPARE) * found / found.sum() + SPARE / len(found)
            true = hidden.given[project, question]
            right += found[true] == found.max()
            score += np.log(found[true])
        print(f"| {name} | {100 * right / len(cells):.0f} % | {score / len(cells):.3f} |")
    print(f"\n{len(cells)} answers of {len(hidden.given)} projects.")


if __name__ == "__main__":
    main()
