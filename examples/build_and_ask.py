"""Build a graph from pasted papers and ask it."""

from pathlib import Path

import kg

graph = kg.build(Path(__file__).with_name("papers.txt"))
print(graph)

print("\nPapers that evaluate on CIFAR-10:")
for paper in graph.papers(on="CIFAR-10"):
    print(" ", paper.title)

print("\nWhat the papers say of Mamba:")
for evidence in graph.evidence(entity="Mamba"):
    print(f"  {evidence.predicate}: {evidence.text}")

print("\nNamed together with ImageNet:")
for neighbour in graph.related("ImageNet", kind="Method", limit=5):
    print(f"  {neighbour.entity.name} ({neighbour.shared} papers)")
