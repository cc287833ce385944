"""Groups: average link over the pairs that are alike, on a sparse graph, so that its cost follows the pairs."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.stages.cluster.vectors import Pairs

ALIKE = 0.205
"""Mean likeness from which two groups are one; chosen on labelled stories together with the weights of `vectors`."""


def average_link(homes: Sequence[str], pairs: Pairs) -> list[list[int]]:
    """Groups of item numbers, each ascending, the groups by their first item.

    A home is the story an analyst put an item in, "" for none: items with one home begin as one group,
    and groups with different homes never join.
    """
    graph = Graph.of(homes, pairs)
    while graph.heap:
        graph.step()
    return sorted(sorted(group) for group in graph.members.values())


@dataclass
class Graph:
    """Groups under one number each: their members, home, and summed likeness to every group near them."""

    members: dict[int, list[int]]
    home: dict[int, str]
    near: dict[int, dict[int, float]]
    heap: list[tuple[float, int, int, int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, homes: Sequence[str], pairs: Pairs) -> Graph:
        seeds: dict[str, int] = {}
        group = [seeds.setdefault(home, n) if home else n for n, home in enumerate(homes)]
        members: dict[int, list[int]] = {}
        for n, g in enumerate(group):
            members.setdefault(g, []).append(n)
        graph = cls(members=members, home={g: homes[g] for g in members}, near={g: {} for g in members})
        near = graph.near
        for i, j, likeness in zip(*(part.tolist() for part in pairs), strict=True):
            a, b = group[i], group[j]
            if a != b:
                near[a][b] = near[b][a] = near[a].get(b, 0.0) + likeness
        graph.heap = [step for a in near for b in near[a] if a < b and (step := graph.candidate(a, b))]
        heapq.heapify(graph.heap)
        return graph

    def candidate(self, a: int, b: int) -> tuple[float, int, int, int, int] | None:
        """A possible join with the sizes it was counted for; None when the two are not alike or may not join."""
        sizes = len(self.members[a]), len(self.members[b])
        mean = self.near[a][b] / (sizes[0] * sizes[1])
        if mean < ALIKE or (self.home[a] and self.home[b]):
            return None
        return -mean, a, b, *sizes

    def step(self) -> None:
        """Join the two groups that are most alike, unless one has changed since it was counted."""
        _, a, b, *sizes = heapq.heappop(self.heap)
        if [len(self.members.get(g, ())) for g in (a, b)] != sizes:
            return
        if len(self.near[a]) < len(self.near[b]):
            a, b = b, a
        self.members[a] += self.members.pop(b)
        self.home[a] = self.home[a] or self.home.pop(b)
        around = self.near[a]
        del around[b]
        for c, likeness in self.near.pop(b).items():
            if c != a:
                del self.near[c][b]
                around[c] = self.near[c][a] = around.get(c, 0.0) + likeness
        for c in around:
            if step := self.candidate(a, c):
                heapq.heappush(self.heap, step)
