import pytest

from kg.extract.clean import clean


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Kolmogorov–Arnold", "Kolmogorov-Arnold"),
        ("feature extrac(cid:173) tion", "feature extraction"),
        ("eﬃcient", "efficient"),
        (r"84.2\% top-1", "84.2% top-1"),
        (r"\textbf{FooNet} wins", "FooNet wins"),
        ("plain text", "plain text"),
        ("", ""),
    ],
)
def test_clean_text(text, plain):
    assert clean(text).text == plain


def test_offsets_lead_back():
    text = r"The eﬃcient \textbf{FooNet} reaches 84.2\% on CIFAR‐10."
    cleaned = clean(text)
    for word, original in (("FooNet", "FooNet"), ("84.2%", r"84.2\%"), ("CIFAR-10", "CIFAR‐10")):
        start = cleaned.text.index(word)
        a, b = cleaned.original(start, start + len(word))
        assert text[a:b] == original
