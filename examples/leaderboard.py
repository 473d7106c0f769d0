"""The figures that papers report on a dataset, with the words behind them."""

from pathlib import Path

import kg

graph = kg.build(Path(__file__).with_name("papers.txt"))
for row in graph.leaderboard("ImageNet"):
    figure = f"{row.value} {row.unit}".strip()
    print(f"{figure:>10}  {row.metric or '-':<16}  {row.method or '-':<22}  {row.title}")
    print(f"{'':>12}{row.evidence}")
