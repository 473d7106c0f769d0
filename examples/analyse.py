"""The graph in networkx: which methods most papers build on, and what is named together."""

from pathlib import Path

import networkx as nx

import kg

graph = kg.build(Path(__file__).with_name("papers.txt"))
network = graph.to_networkx()
print(f"{network.number_of_nodes()} nodes, {network.number_of_edges()} edges")

entities = [n for n, data in network.nodes(data=True) if data["kind"] != "Paper"]
by_degree = sorted(entities, key=lambda n: (-network.in_degree(n), n))
print("\nMost named:")
for node in by_degree[:8]:
    print(f"  {network.nodes[node]['label']} ({network.in_degree(node)} papers)")

parts = sorted(nx.weakly_connected_components(network), key=len, reverse=True)
print(f"\n{len(parts)} components; the largest holds {len(parts[0])} nodes")
