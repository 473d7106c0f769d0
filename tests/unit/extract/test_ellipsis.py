"""Names that lists cut short: every one is found, where it stands, and no number else."""

import pytest

from kg.extract.annotator import Annotator
from kg.model import Paper


def named(annotation):
    return [(m.text, m.entity) for m in annotation.mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We test on CIFAR-10 and -100.", [("CIFAR-10", "cifar-10"), ("-100", "cifar-100")]),
        ("We test on CIFAR-10 and 100.", [("CIFAR-10", "cifar-10"), ("100", "cifar-100")]),
        (
            "We test on CIFAR-10, -100 and SVHN.",
            [("CIFAR-10", "cifar-10"), ("-100", "cifar-100"), ("SVHN", "svhn")],
        ),
        ("We test on CIFAR10/100.", [("CIFAR10", "cifar-10"), ("100", "cifar-100")]),
        ("We test on CIFAR-10/100.", [("CIFAR-10", "cifar-10"), ("100", "cifar-100")]),
        ("We test on CIFAR 10/100.", [("CIFAR 10", "cifar-10"), ("100", "cifar-100")]),
        ("We use ImageNet-1k/21k.", [("ImageNet-1k", "imagenet-1k"), ("21k", "imagenet-21k")]),
        (
            "We train ResNet-18/34/50 here.",
            [("ResNet-18", "resnet-18"), ("34", "resnet-34"), ("50", "resnet-50")],
        ),
        ("We train ResNet-{18,50} here.", [("ResNet-{18", "resnet-18"), ("50", "resnet-50")]),
        ("We train (ResNet-{18, 50}).", [("ResNet-{18", "resnet-18"), ("50", "resnet-50")]),
        (
            "It has a high top-1/top-5 accuracy.",
            [("top-1", "top-1-accuracy"), ("top-5 accuracy", "top-5-accuracy")],
        ),
        (
            "Its top-1 and top-5 accuracies are high.",
            [("top-1", "top-1-accuracy"), ("top-5 accuracies", "top-5-accuracy")],
        ),
        (
            "We report top-1 and top-5 error.",
            [("top-1", "top-1-error"), ("top-5 error", "top-5-error")],
        ),
        (
            "We test on CIFAR-10/-100 and SVHN.",
            [("CIFAR-10", "cifar-10"), ("-100", "cifar-100"), ("SVHN", "svhn")],
        ),
        ("We test on ImageNet-{A,R}.", [("ImageNet-{A", "imagenet-a"), ("R", "imagenet-r")]),
        ("ImageNet-A and -R are hard.", [("ImageNet-A", "imagenet-a"), ("-R", "imagenet-r")]),
        ("ImageNet-A/R are hard.", [("ImageNet-A", "imagenet-a"), ("R", "imagenet-r")]),
        ("We compare with GPT-2/3.", [("GPT-2", "gpt-2"), ("3", "gpt-3")]),
        ("We train BERT-base/large here.", [("BERT-base", "bert"), ("large", "bert")]),
        ("We train BERT-base and -large.", [("BERT-base", "bert"), ("-large", "bert")]),
        ("We train T5-base/-large here.", [("T5-base", "t5"), ("-large", "t5")]),
        ("It lifts Recall@1 and @5.", [("Recall@1", "recall-k"), ("@5", "recall-5")]),
        (
            "It lifts R@1/5/10 a lot.",
            [("R@1", "recall-k"), ("5", "recall-5"), ("10", "recall-10")],
        ),
        (
            "Its top-1 (top-5) accuracy is high.",
            [("top-1", "top-1-accuracy"), ("top-5", "top-5-accuracy")],
        ),
        (
            "Its top-1 (top-5) error is low.",
            [("top-1", "top-1-error"), ("top-5", "top-5-error")],
        ),
        ("Our KAN-based model wins.", [("KAN", "kolmogorov-arnold-network")]),
        (
            "We compare ResNets, CNNs and GANs.",
            [
                ("ResNets", "residual-network"),
                ("CNNs", "convolutional-neural-network"),
                ("GANs", "generative-adversarial-network"),
            ],
        ),
    ],
)
def test_lists_are_read_in_full(annotate, text, expected):
    annotation = annotate(text)
    assert named(annotation) == expected
    for m in annotation.mentions:
        assert annotation.paper.abstract[m.start : m.end] == m.text


@pytest.mark.parametrize(
    "text",
    [
        "We train ResNet-18 and 50 other models.",
        "We train ResNet-18, 50 epochs each.",
        "We train ResNet-18 and 50-layer stacks.",
        "We train ResNet-18 and 34.5% of it is lost.",
        "We train ResNet-18/33 here.",
        "We train ResNet-18. 50 is enough.",
    ],
)
def test_a_number_beside_a_name_is_a_number(annotate, text):
    assert named(annotate(text)) == [("ResNet-18", "resnet-18")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing is named.", []),
        ("We compare BERT-base and large animals.", [("BERT-base", "bert")]),
        ("We compare BERT-base and A as well.", [("BERT-base", "bert")]),
        ("We compare BERT-base/quick here.", [("BERT-base", "bert")]),
        (
            "It has high accuracy (top-1) here.",
            [("accuracy", "accuracy"), ("top-1", "top-1-accuracy")],
        ),
    ],
)
def test_a_word_beside_a_name_is_a_word(annotate, text, expected):
    assert named(annotate(text)) == expected


def test_figures_in_brackets_are_those_of_what_brackets_cut_short(annotate):
    annotation = annotate("We reach a top-1 (top-5) accuracy of 70.1% (88.2%) on ImageNet.")
    assert [(r.value, r.metric.id) for r in annotation.results] == [
        ("70.1", "top-1-accuracy"),
        ("88.2", "top-5-accuracy"),
    ]


def test_what_is_cut_short_is_no_name_of_the_whole(annotate):
    annotation = annotate("We test on CIFAR-10 and -100.")
    assert [e.aliases for e in annotation.entities] == [("CIFAR-10",), ("CIFAR-100",)]
    assert [(r.predicate, r.entity) for r in annotation.relations] == [
        ("evaluated_on", "cifar-10"),
        ("evaluated_on", "cifar-100"),
    ]


def test_figures_are_paired_with_what_is_cut_short(annotate):
    annotation = annotate(
        "We reach an accuracy of 95.1% and 78.2% on CIFAR-10 and -100, respectively."
    )
    assert [(r.value, r.dataset.id) for r in annotation.results] == [
        ("95.1", "cifar-10"),
        ("78.2", "cifar-100"),
    ]


def test_the_recogniser_keeps_what_lists_imply():
    text = "We train image classifiers. Experiments on CIFAR-10 and -100 show high accuracy."
    found = next(Annotator().annotate([Paper("x", "Learning to Classify Images", text)]))
    assert {("CIFAR-10", "cifar-10"), ("-100", "cifar-100")} <= set(named(found))
