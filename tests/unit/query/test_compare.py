"""Two entities side by side."""

import json

import kg

PAPERS = [
    {
        "title": "FrogNet: Leaps",
        "year": 2024,
        "abstract": "We propose FrogNet. FrogNet reaches 91.5% accuracy on CIFAR-10."
        " FrogNet outperforms ResNet-50 by 2.5% accuracy on CIFAR-10.",
    },
    {
        "title": "Plain residuals",
        "year": 2020,
        "abstract": "We use ResNet-50. ResNet-50 reaches 89.0% accuracy on CIFAR-10.",
    },
]


def test_wins_come_with_their_figures_and_words(tmp_path):
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(map(json.dumps, PAPERS)), encoding="utf-8")
    graph = kg.build(path)
    graph.store.db.execute(
        "UPDATE result SET method = (SELECT key FROM entity WHERE id = 'resnet-50')"
        " WHERE value = '89.0'"
    )
    found = graph.compare("FrogNet", "ResNet-50")
    assert found.papers == (1, 2, 1)
    (win,) = found.wins
    assert (win.winner, win.loser, win.year) == ("FrogNet", "ResNet-50", 2024)
    assert any("2.5 %" in figure and "CIFAR-10" in figure for figure in win.figures)
    assert "outperforms ResNet-50" in win.evidence
    (duel,) = found.duels
    assert (duel.dataset, duel.metric) == ("CIFAR-10", "accuracy")
    assert duel.a[0].startswith("91.5 %")
    assert duel.b[0].startswith("89.0 %")
    assert [(s.entity.name, s.a, s.b) for s in found.shared] == [
        ("CIFAR-10", 1, 2),
        ("accuracy", 1, 2),
    ]


def test_comparison_is_symmetric(graph):
    ab, ba = graph.compare("Mamba", "Transformer"), graph.compare("Transformer", "Mamba")
    assert ab.papers == (ba.papers[1], ba.papers[0], ba.papers[2])
    assert ab.wins == ba.wins
    assert {s.entity.key for s in ab.shared} == {s.entity.key for s in ba.shared}
    assert ab.wins[0].winner == "Mamba"
