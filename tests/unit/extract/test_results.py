"""Figures: value, unit, metric, dataset, relative or not."""

import pytest


def rows(annotation):
    return [
        (
            r.value,
            r.unit,
            r.metric.name if r.metric else None,
            r.dataset.name if r.dataset else None,
            r.relative,
        )
        for r in annotation.results
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "It reaches 83.8% top-1 accuracy on ImageNet.",
            ("83.8", "%", "top-1 accuracy", "ImageNet", False),
        ),
        ("We improve mIoU by 2.1 points on ADE20K.", ("2.1", "points", "mIoU", "ADE20K", True)),
        ("On CIFAR-10 it has an accuracy of 0.95.", ("0.95", "", "accuracy", "CIFAR-10", False)),
        ("It runs 3x faster.", ("3", "x", "speed", None, True)),
        ("The gain is 2-4 points on COCO.", ("2-4", "points", None, "COCO", True)),
        ("It attains a BLEU score of 28.4 ± 0.2.", ("28.4", "", "BLEU", None, False)),
    ],
)
def test_single_figures(annotate, text, row):
    assert row in rows(annotate(text))


def test_lists_are_paired_respectively(annotate):
    text = "It reaches accuracies of 82.1%, 76.3% and 91.0% on CIFAR-10, CIFAR-100 and SVHN, respectively."
    assert [(r[0], r[3]) for r in rows(annotate(text))] == [
        ("82.1", "CIFAR-10"),
        ("76.3", "CIFAR-100"),
        ("91.0", "SVHN"),
    ]


def test_from_to_is_absolute(annotate):
    found = rows(annotate("Accuracy rises from 71.2% to 74.5% on SVHN."))
    assert [(r[0], r[4]) for r in found] == [("71.2", False), ("74.5", False)]


@pytest.mark.parametrize(
    "text",
    ["In 2019 we had 3 layers.", "We use ResNet-50 with 12 heads.", "A 95% confidence interval."],
)
def test_numbers_that_are_no_figures(annotate, text):
    assert rows(annotate(text)) == []
