"""SHACL: what paperkg writes conforms, and what is broken is refused for the right reason."""

from pathlib import Path

import pytest

import kg
from kg.errors import InputError
from kg.rdf.source import FORMATS

GOLDEN = Path(__file__).parents[2] / "golden"
OURS = sorted(p for p in GOLDEN.iterdir() if p.suffix in FORMATS and p.name != "lpwc.ttl")
FROG = "<https://w3id.org/paperkg/paper/10.1000/frog.1>"
CIFAR = "<https://w3id.org/paperkg/dataset/cifar-10>"

BROKEN = [
    ('    dcterms:title "FrogNet: Leaps" ;\n', "", "exactly one title"),
    ('dcterms:title "FrogNet: Leaps"', 'dcterms:title "a", "b"', "exactly one title"),
    ('    kg:value "91.5" ;\n', "", "exactly one value"),
    (
        "    kg:metric <https://w3id.org/paperkg/metric/accuracy> ;\n",
        "",
        "a metric, or a reason why it has none",
    ),
    ('kg:unit "%" ;', 'kg:unit "%" ; kg:noMetric "why?" ;', "a metric, or a reason"),
    (
        f"kg:evaluatedOn {CIFAR}",
        "kg:evaluatedOn <https://w3id.org/paperkg/dataset/x>",
        "dataset or",
    ),
    (
        "kg:outperforms <https://w3id.org/paperkg/method/resnet-50>",
        f"kg:outperforms {CIFAR}",
        "method",
    ),
    (
        "kg:addresses <https://w3id.org/paperkg/task/object-detection>",
        f"kg:addresses {FROG}",
        "task",
    ),
    ('"2024"^^xsd:gYear', '"2024"', "xsd:gYear"),
    (f"{CIFAR} a kg:Dataset ;", f"{CIFAR} a kg:Dataset ; kg:mentions {CIFAR} ;", "Only a paper"),
    (f"{FROG} a kg:Paper ;", f'{FROG} a kg:Paper ; kg:unit "m" ;', "Only a result"),
    ('    skos:prefLabel "FrogNet" .', '    skos:altLabel "FrogNet" .', "one preferred name"),
    ("skos:broadMatch <https://w3id.org/paperkg/catalogue/", "skos:broader <https://x/", "broader"),
    ('dcterms:date "2024-05-01"', 'dcterms:date "May"', "2024-03-12"),
    ("kg:hasCode <https://github.com/frogs/frognet>", 'kg:hasCode "here"', "is an IRI"),
    ("kg:reports <https://w3id.org/paperkg/result/10.1000/frog.1/1>", 'kg:unit ""', "reported by"),
]


def test_there_are_golden_files_of_every_syntax():
    assert {p.suffix for p in OURS} == set(FORMATS)
    assert len(OURS) >= 6


@pytest.mark.parametrize("path", OURS, ids=lambda p: p.name)
def test_golden_files_conform(path):
    assert kg.validate(path) == []


def test_a_graph_file_conforms(graph_file):
    assert kg.validate(graph_file) == []


@pytest.mark.parametrize(("old", "new", "message"), BROKEN)
def test_what_is_broken_is_refused_for_the_right_reason(tmp_path, old, new, message):
    text = (GOLDEN / "graph.ttl").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "broken.ttl"
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = kg.validate(path)
    assert any(message in violation.message for violation in found), found


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kg:support "2"^^xsd:integer', 'kg:support "0"^^xsd:integer', "support"),
        ('oa:start "20"^^', 'oa:start "2000"^^', "not after its end"),
        ('kg:field "title"', 'kg:field "body"', "title or the abstract"),
        ("a kg:RuleRun", "a kg:Rule", "rule that made it"),
    ],
)
def test_broken_evidence_is_refused(tmp_path, old, new, message):
    text = (GOLDEN / "evidence.ttl").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "broken.ttl"
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert any(message in violation.message for violation in kg.validate(path))


def test_no_rdf_is_no_report(tmp_path):
    (tmp_path / "a.ttl").write_text("this is no Turtle")
    with pytest.raises(InputError, match=r"a\.ttl:1"):
        kg.validate(tmp_path / "a.ttl")
    with pytest.raises(InputError, match="Cannot read"):
        kg.validate(tmp_path / "none.ttl")
