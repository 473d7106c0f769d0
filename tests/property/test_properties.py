"""What must hold for any text."""

import json

import pyoxigraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.extract.clean import clean
from kg.model import Paper
from kg.rdf.terms import literal
from kg.resolve.ids import slug, title_key
from kg.resolve.merge import merge_papers
from kg.vocabulary import safe_iri
from tests.faults.killing import content

FAST = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WORDS = st.sampled_from(
    "We propose FrogNet KAN (KAN) a novel CIFAR-10 CIFAR10/100 on outperforms BERT , . ; : - 84.2\\% 3x by "
    "accuracy accuracies the dataset Kolmogorov–Arnold Network (cid:173) ﬁne-tuning $x$ \\textbf{A} and – 1,000".split()
)
TEXT = st.lists(WORDS | st.text(max_size=4), max_size=30).map(" ".join)
NAMING = st.lists(
    st.sampled_from(
        "We propose FrogNet . We present FROGNET , a Toad Net (TN) . We propose a toad network (TN) . Our TN "
        "beats BERT on CIFAR10 . We use CIFAR-10 . Frognet reaches 91.5% accuracy . toad nets".split(
            " . "
        )
    ),
    max_size=4,
).map(". ".join)
PAPERS = st.builds(
    Paper,
    id=st.just("x"),
    title=TEXT,
    abstract=TEXT,
    date=st.none() | st.sampled_from(["2020", "2021-03"]),
    sources=st.lists(st.sampled_from("abc"), max_size=3).map(lambda s: tuple(sorted(set(s)))),
)


@FAST
@given(st.text())
def test_offsets_of_clean_text_stay_inside_the_original(text):
    cleaned = clean(text)
    last = 0
    for i in range(len(cleaned.text)):
        start, end = cleaned.original(i, i + 1)
        assert last <= start < end <= len(text)
        last = start


@FAST
@given(TEXT, TEXT)
def test_mentions_slice_out_and_never_overlap(annotator, title, abstract):
    annotation = next(annotator.annotate([Paper("x", title, abstract)]))
    end = {"title": 0, "abstract": 0}
    for m in annotation.mentions:
        assert m.start >= end[m.field]
        assert annotation.paper.text(m.field)[m.start : m.end] == m.text != ""
        end[m.field] = m.end
    keys = {e.key for e in annotation.entities}
    assert {(r.kind, r.entity) for r in annotation.relations} == keys
    assert json.loads(json.dumps(annotation.to_json()))["title"] == title


@FAST
@given(PAPERS, PAPERS, PAPERS)
def test_merging_is_commutative_and_associative(a, b, c):
    assert merge_papers(a, b) == merge_papers(b, a)
    assert merge_papers(merge_papers(a, b), c) == merge_papers(a, merge_papers(b, c))


@FAST
@given(st.text())
def test_literals_survive_an_independent_parser(text):
    line = f"<http://x/s> <http://x/p> {literal(text)} ."
    (quad,) = pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES)
    bad = {"\x00", "\ufffe", "\uffff"}
    expected = "".join("\ufffd" if c in bad or "\ud800" <= c <= "\udfff" else c for c in text)
    assert quad.object.value == expected


@FAST
@given(st.text())
def test_ids_and_iris_are_always_usable(text):
    assert slug(text)
    assert slug(slug(text)) == slug(text)
    assert title_key(text)
    iri = safe_iri("https://x.org/" + text.encode("utf-8", "ignore").decode())
    pyoxigraph.NamedNode(iri)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(NAMING, NAMING), min_size=1, max_size=4), st.lists(NAMING, max_size=2))
def test_a_changed_paper_leaves_no_trace_of_what_it_was(tmp_path_factory, records, others):
    folder = tmp_path_factory.mktemp("change")

    def build(target, listed):
        lines = [
            json.dumps({"title": f"T{n}", "abstract": text})
            for n, text in enumerate(listed)
            if text
        ]
        (folder / "papers.jsonl").write_text("\n".join(lines), encoding="utf-8")
        kg.build(folder / "papers.jsonl", to=folder / target, recogniser=False).close()
        return content(folder / target)

    before = [old for old, _ in records]
    # Of two abstracts the longer one is kept.
    after = [f"{new} {' .' * len(old)}" for old, new in records]
    build("x.kg", before)
    build("x.kg", others_first := [*[""] * len(records), *others])
    assert build("x.kg", after) == build("y.kg", after + others_first[len(records) :])


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_graphs_do_not_depend_on_the_order_of_records(tmp_path_factory, records, random):
    folder = tmp_path_factory.mktemp("order")
    lines = [
        json.dumps({"title": f"T {title}", "abstract": abstract}) for title, abstract in records
    ]
    outputs = []
    for _ in range(2):
        random.shuffle(lines)
        (folder / "papers.jsonl").write_text("\n".join(lines), encoding="utf-8")
        with kg.build(folder / "papers.jsonl") as graph:
            outputs.append(graph.export(folder / "g.ttl").read_bytes())
    assert outputs[0] == outputs[1]
