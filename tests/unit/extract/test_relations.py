"""What a paper says of what it names."""

import pytest


def said(annotation, name):
    return {
        r.predicate
        for r in annotation.relations
        for e in annotation.entities
        if e.name == name and (r.kind, r.entity) == e.key
    }


@pytest.mark.parametrize(
    ("text", "name", "predicate"),
    [
        ("We propose FrogNet, which leaps.", "FrogNet", "introduces"),
        ("Our model outperforms ResNet-50 and DeiT.", "DeiT", "outperforms"),
        ("Our model does not outperform ResNet-50.", "ResNet-50", "builds_on"),
        ("Unlike BERT, our model reads backwards.", "BERT", "compares_with"),
        ("Our model is based on BERT.", "BERT", "builds_on"),
        ("We evaluate on CIFAR-10.", "CIFAR-10", "evaluated_on"),
        ("We work on object detection.", "object detection", "addresses"),
        ("We propose a BERT-based parser.", "BERT", "builds_on"),
        ("We propose a KAN variant.", "Kolmogorov-Arnold Network", "builds_on"),
    ],
)
def test_predicates(annotate, text, name, predicate):
    assert said(annotate(text), name) == {predicate}


def test_every_entity_has_a_relation_with_its_sentence(annotate):
    annotation = annotate("Birds fly. We propose FrogNet. It beats BERT on SQuAD with 3.1% F1.")
    assert {(r.kind, r.entity) for r in annotation.relations} == {
        e.key for e in annotation.entities
    }
    frog = next(r for r in annotation.relations if r.predicate == "introduces")
    assert annotation.paper.abstract[frog.start : frog.end] == "We propose FrogNet."
    assert frog.rule
