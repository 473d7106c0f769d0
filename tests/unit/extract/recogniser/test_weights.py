"""The file of weights, and the recogniser with the weights that the package ships."""

from __future__ import annotations

import numpy as np
import pytest

from kg.errors import KgError
from kg.extract.annotator import Annotator
from kg.extract.recogniser.forest import Forest
from kg.extract.recogniser.relating import Relating
from kg.extract.recogniser.weights import SHIPPED, Weights, load, save
from kg.model import PREDICATES, Paper
from kg.training.trainable import Trainable

PAPER = Paper(
    "x",
    "Learning to bake with recurrent dough networks",
    "We study loaf segmentation, and train a recurrent dough network with stochastic crumb descent on "
    "BakeSet-9, where it reaches 81.2% accuracy.",
)


@pytest.fixture(scope="module")
def learned() -> Annotator:
    return Annotator()


@pytest.fixture
def small() -> Weights:
    vectors = np.array([[0, 0], [0.5, -1]], dtype=np.float32)
    network = Trainable(vectors, width=16, dilations=(1,)).frozen()
    models = Forest.undecided(), Relating.undecided(), Forest.undecided(len(PREDICATES))
    return Weights(["bread"], vectors, network, *models)


def test_weights_come_back_as_they_were_saved(small, tmp_path):
    save(small, tmp_path / "w.npz")
    back = load(tmp_path / "w.npz")
    assert back.words == ["bread"]
    assert np.allclose(back.vectors, small.vectors, atol=0.01)
    mine, theirs = small.network.parameters, back.network.parameters
    assert mine.keys() == theirs.keys()
    assert all(np.allclose(mine[name], theirs[name], atol=1e-2) for name in mine)


def test_the_same_weights_give_the_same_bytes(small, tmp_path):
    save(small, tmp_path / "a.npz")
    save(small, tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04broken"])
def test_a_file_that_is_none_of_ours_is_refused(content, tmp_path):
    path = tmp_path / "w.npz"
    path.write_bytes(content)
    with pytest.raises(KgError, match="not a file of weights"):
        load(path)


def test_weights_of_ones_own_must_be_there(tmp_path):
    with pytest.raises(KgError, match="missing"):
        Annotator(recogniser=tmp_path / "none.npz")


def test_without_the_shipped_weights_the_rules_go_on_alone(monkeypatch, tmp_path):
    for module in ("annotator", "version"):
        monkeypatch.setattr(f"kg.extract.{module}.SHIPPED", tmp_path / "none.npz")
    with pytest.warns(UserWarning, match="the rules work alone"):
        alone = Annotator()
    assert [e.name for e in next(alone.annotate([PAPER])).entities]
    assert alone.version == Annotator(recogniser=False).version


def test_the_shipped_weights_are_small():
    assert SHIPPED.stat().st_size < 8_000_000


def test_the_recogniser_finds_what_no_rule_knows(learned, annotator):
    paper = Paper("x", "On bread", "Results on FooBench show that QuxNet wins.")
    found = next(learned.annotate([paper]))
    assert "FooBench" not in {m.text for m in next(annotator.annotate([paper])).mentions}
    new = next(m for m in found.mentions if m.text == "FooBench")
    assert new.rule == "recogniser"
    assert all(0 < m.score <= 1 for m in found.mentions)
    for m in found.mentions:
        assert paper.text(m.field)[m.start : m.end] == m.text


def test_a_paper_reads_the_same_whatever_stands_beside_it(learned):
    others = [
        Paper(str(n), f"Paper {n}", "We compare FooNet with a Transformer. " * n) for n in (1, 9)
    ]
    alone = next(learned.annotate([PAPER])).to_json()
    assert list(learned.annotate([others[0], PAPER, others[1]]))[1].to_json() == alone


def test_what_a_paper_defines_still_wins(learned):
    text = "Spiking networks aside, we report the structural Hamming distance (SHD). A low SHD is good."
    found = next(learned.annotate([Paper("x", "", text)]))
    assert "spiking-heidelberg-digits" not in {m.entity for m in found.mentions}


def test_names_of_a_users_own_are_always_taken(tmp_path):
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "own.jsonl").write_text(
        '{"label": "Task", "id": "crust-keeping", "pattern": "keep the crust"}\n'
    )
    own = Annotator(tmp_path)
    found = next(own.annotate([Paper("x", "", "They said we should keep the crust for later.")]))
    assert [e.id for e in found.entities] == ["crust-keeping"]
