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


def test_new_data_is_also_evaluated_on(annotate):
    text = "We present Geo20Q, a dataset of questions. Geo20Q is large."
    assert said(annotate(text), "Geo20Q") == {"introduces", "evaluated_on"}


def test_what_is_beaten_may_be_built_on(annotate):
    text = "Our method is based on ResNet-50. It outperforms ResNet-50 on CIFAR-10."
    assert said(annotate(text), "ResNet-50") == {"outperforms", "builds_on"}


@pytest.mark.parametrize(
    ("background", "predicate"),
    [
        ("Dropout has been used for years.", "builds_on"),
        ("Many sorts of noise, such as dropout, are at hand.", "compares_with"),
        ("There is interest in dropout.", "mentions"),
    ],
)
def test_background(annotate, background, predicate):
    annotation = annotate(f"{background} We show why.", title="On noise")
    assert said(annotation, "Dropout") == {predicate}


def test_a_name_by_looks_alone_says_nothing(annotate):
    assert said(annotate("We think of WibbleNet."), "WibbleNet") == {"mentions"}


def test_a_task_that_is_but_an_example_is_mentioned(annotate):
    text = "Much is known of fields such as image classification. We study frogs."
    assert said(annotate(text, title="On frogs"), "image classification") == {"mentions"}
