"""Explanations name the rule and what a find was chosen over; pages escape what they show."""

from kg.extract.explanation import explain, html
from kg.model import Paper


def test_finds_say_what_they_were_chosen_over(annotator):
    paper = Paper("x", "", "We train a Vision Transformer. It is faster than ResNet-50.")
    found = explain(annotator, paper)
    over = dict(zip((m.text for m in found.annotation.mentions), found.mentions, strict=True))
    assert over["Vision Transformer"] == ("Transformer (Method transformer, names)",)
    said = {
        r.entity: (r.predicate, o)
        for r, o in zip(found.annotation.relations, found.relations, strict=True)
    }
    assert said["resnet-50"][0] == "outperforms"
    assert "builds_on (default)" in said["resnet-50"][1]
    assert found.to_json()["mentions"][0]["over"] == list(found.mentions[0])


def test_an_explanation_agrees_with_the_annotation(annotator):
    paper = Paper("x", "FooNet: A Network", "We train FooNet on MNIST and reach 91% accuracy.")
    assert explain(annotator, paper).annotation == next(annotator.annotate([paper]))


def test_the_page_escapes_text(annotator):
    paper = Paper("x", "", "We run <script>alert(1)</script> with ResNet-50 & others.")
    page = html(explain(annotator, paper), {"Method": "#bfd7ff"})
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "#bfd7ff" in page
    assert '<meta charset="utf-8">' in page
