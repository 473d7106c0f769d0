"""RDF in every syntax: the same triples, read by two independent parsers, and back again."""

import json
import shutil

import pyoxigraph
import pytest
import rdflib

import kg
from kg.errors import InputError, KgError
from kg.export import WRITERS
from kg.model import Paper
from kg.rdf.source import FORMATS

SYNTAXES = sorted(suffix[1:] for suffix in FORMATS)
RDFLIB = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "jsonld": "json-ld", "rdf": "xml"}
RECORD = {
    "title": 'FrogNet: "Leaps" \\ & <b>',
    "abstract": "We propose FrogNet.\r\n It reaches 91.5% accuracy on CIFAR-10\u2028 and\ttakes 3 steps.",
    "authors": ["Toad, B.; jr", "A. Frog", "عربي 𝕏"],
    "date": "2024-05",
    "venue": "Pond",
    "doi": "10.1000/a;b(c)<d>",
    "url": "https://x.org/a b?c=[d]#e#f",
    "categories": ["cs.LG", "cs.CV"],
}


def triples(path):
    quads = pyoxigraph.parse(path=str(path), format=FORMATS[path.suffix])
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    path = tmp_path_factory.mktemp("odd") / "odd.jsonl"
    path.write_text(json.dumps(RECORD) + '\n{"title": "Other frogs"}\n', encoding="utf-8")
    return kg.build(path)


def test_syntaxes_are_those_that_are_written():
    assert set(SYNTAXES) == set(RDFLIB) <= set(WRITERS)


# The JSON-LD parser of rdflib uses what rdflib itself calls deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("evidence", [False, True])
def test_all_syntaxes_hold_the_same_triples(odd, tmp_path, syntax, evidence):
    plain = odd.export(tmp_path / "a.nt", evidence=evidence)
    path = odd.export(tmp_path / f"b.{syntax}", evidence=evidence)
    assert triples(path) == triples(plain)
    if syntax == "nq":
        # A graph of rdflib holds triples alone; the last term of every line is the graph's name.
        (name,) = {line.rsplit(" ", 2)[1] for line in path.read_text("utf-8").split("\n")[:-1]}
        assert name == "<https://w3id.org/paperkg/graph>"
        return
    expected = rdflib.Graph().parse(plain, format="nt")
    assert set(rdflib.Graph().parse(path, format=RDFLIB[syntax])) == set(expected)


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("evidence", [False, True])
def test_import_gives_the_same_bytes_again(odd, tmp_path, syntax, evidence):
    before = odd.export(tmp_path / "a.ttl", evidence=evidence).read_bytes()
    again = kg.open(odd.export(tmp_path / f"b.{syntax}", evidence=evidence))
    assert again.export(tmp_path / "c.ttl", evidence=evidence).read_bytes() == before


def test_evidence_brings_back_everything(graph, tmp_path):
    again = kg.open(graph.export(tmp_path / "a.ttl", evidence=True))
    one, two = (g.export(tmp_path / "g.jsonl").read_bytes() for g in (graph, again))
    assert one == two
    assert graph.evidence(entity="KAN") == again.evidence(entity="KAN")
    for paper in graph.papers():
        assert graph.store.mentions(paper.id) == again.store.mentions(paper.id)


def test_evidence_holds_the_very_words(graph, tmp_path):
    data = rdflib.Graph().parse(graph.export(tmp_path / "a.ttl", evidence=True))
    rows = data.query(
        """
        PREFIX kg: <https://w3id.org/paperkg/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?field ?title ?abstract ?start ?end ?words ?set WHERE {
          ?annotation oa:hasBody ?body ; oa:hasTarget ?target .
          { ?body a kg:Statement ; prov:wasGeneratedBy/kg:ruleSet ?set }
          UNION { ?annotation a kg:Mention ; prov:wasGeneratedBy/kg:ruleSet ?set }
          ?target oa:hasSource ?paper ; kg:field ?field ; oa:hasSelector ?p, ?q .
          ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?words .
          ?paper dcterms:title ?title ; kg:abstract ?abstract .
        }"""
    )
    found = [[value.toPython() for value in row] for row in rows]
    links = graph.store.count("link") + graph.store.count("mention")
    assert len(found) == links
    for field, title, abstract, start, end, words, _ in found:
        text = title if field == "title" else abstract
        assert text[start:end] == words != ""


def test_the_description_counts_what_is_there(odd, tmp_path):
    data = rdflib.Graph().parse(odd.export(tmp_path / "a.ttl"))
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    (described,) = data.subjects(rdflib.RDF.type, void.Dataset)
    assert data.value(described, void.triples).toPython() == len(data)
    for part in data.objects(described, void.classPartition):
        kind = data.value(part, void["class"])
        count = len(set(data.subjects(rdflib.RDF.type, kind)))
        assert data.value(part, void.entities).toPython() == count
    for part in data.objects(described, void.propertyPartition):
        count = len(set(data.subject_objects(data.value(part, void.property))))
        assert data.value(part, void.triples).toPython() == count


def test_another_base_is_kept_on_the_way_back(odd, tmp_path):
    path = odd.export(tmp_path / "a.ttl", base_iri="https://example.org/my/graph")
    text = path.read_text(encoding="utf-8")
    assert "<https://example.org/my/graph/paper/" in text
    again = kg.open(path)
    assert {p.id for p in again.papers()} == {p.id for p in odd.papers()}
    with pytest.raises(KgError, match="no absolute IRI"):
        odd.export(tmp_path / "b.ttl", base_iri='https://x/" onload')


def test_linked_papers_with_code(odd, tmp_path):
    data = rdflib.Graph().parse(odd.export(tmp_path / "a.ttl", profile="lpwc"))
    lpwc = rdflib.Namespace("https://linkedpaperswithcode.com/property/")
    (evaluation,) = data.objects(None, lpwc.hasEvaluation)
    result = data.value(evaluation, lpwc.hasEvaluationResult)
    assert str(data.value(result, lpwc.metricName)) == "accuracy"
    assert str(data.value(result, lpwc.metricValue)) == "91.5 %"
    assert str(data.value(evaluation, lpwc.hasDataset)).endswith("/dataset/cifar-10")
    known = {f"{n}{t}" for n, terms in LPWC.items() for t in terms.split()}
    assert {str(p) for p in data.predicates()} <= known
    with pytest.raises(KgError, match="no terms for evidence"):
        odd.export(tmp_path / "b.ttl", profile="lpwc", evidence=True)
    with pytest.raises(InputError, match="no paper in the terms of paperkg"):
        kg.open(tmp_path / "a.ttl")


#: The terms of its ontology that are used here.
LPWC = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "type",
    "http://purl.org/dc/terms/": "title abstract date",
    "http://xmlns.com/foaf/0.1/": "name",
    "http://purl.org/spar/fabio/": "hasArXivId hasURL",
    "https://linkedpaperswithcode.com/property/": "creatorName hasEvaluation hasDataset hasModel"
    " hasEvaluationResult metricName metricValue hasOfficialRepository usesDataset hasTask hasMethod"
    " hasVariant introducedBy introducedYear numberPapers",
}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.ttl", "<http://x/s> <http://x/p> .\n", "a.ttl:1"),
        ("a.nt", "no triples\n", "a.nt:1"),
        ("a.jsonld", '{"@context": "https://evil.example/c.jsonld", "a": 1}', "a.jsonld"),
        ("a.rdf", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "a.rdf"),
        ("a.ttl", "", "no paper in the terms"),
    ],
)
def test_broken_files_are_refused_with_their_place(tmp_path, name, text, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=message):
        kg.open(tmp_path / name)


def test_what_is_named_but_not_described_is_refused(odd, tmp_path):
    path = odd.export(tmp_path / "a.nt")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if "ontology#Dataset>" not in x), encoding="utf-8")
    with pytest.raises(InputError, match="described nowhere"):
        kg.open(path)


def test_a_paper_without_title_is_a_problem_not_the_end(odd, tmp_path):
    path = odd.export(tmp_path / "a.nt")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if '"Other frogs"' not in x), encoding="utf-8")
    again = kg.open(path)
    assert len(again.papers()) == 1
    assert "has no title" in str(again.report.problems[0])


def test_build_takes_rdf_and_refuses_mixtures(odd, tmp_path):
    path = odd.export(tmp_path / "a.ttl")
    with kg.build(path, to=tmp_path / "new.kg") as graph:
        assert graph.export(tmp_path / "b.ttl").read_bytes() == path.read_bytes()
    shutil.copy(path, tmp_path / "b.txt")
    with pytest.raises(InputError, match="one go"):
        kg.build(path, tmp_path / "b.txt")
    assert isinstance(odd.papers()[0], Paper)
