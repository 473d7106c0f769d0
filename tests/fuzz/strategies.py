"""Input that nobody would write on purpose: golden files damaged at random, and text out of nowhere."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.unit.readers.test_formats import FILES, format_of

#: The bytes of the golden files by format.
SEEDS: dict[str, list[bytes]] = {}
for _path in FILES:
    SEEDS.setdefault(format_of(_path), []).append(_path.read_bytes())

HOSTILE = [
    "\x00",
    "\ud800",
    "\u202e",
    "\ufeff",
    "🦆",
    "面包",
    "خبز",
    "<script>alert(1)</script>",
    "]]>",
    "<!--",
    "<![CDATA[",
    "&lol;",
    "{" * 50,
    "[" * 50,
    '"',
    "\\u12",
    "\\",
    "}",
    "@article{",
    "TY  - ",
    "\r",
    "\n\n",
    "\t",
    ",",
    "null",
    "1e999",
    "-",
    "9999-99-99",
    "$\\frac{1}{2}$",
    "%",
    "'; DROP TABLE paper; --",
]
_BITS = [text.encode("utf-8", "surrogatepass") for text in HOSTILE]


@st.composite
def damaged(draw: st.DrawFn, format: str) -> bytes:
    """A golden file of a format with a few stretches cut out, repeated, or replaced by hostile bytes."""
    data = draw(st.sampled_from(SEEDS[format]))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.sampled_from([0, 0, 1, 3, 20, 400])))
        put = draw(
            st.sampled_from(_BITS)
            | st.binary(max_size=6)
            | st.just(data[start:stop] * 2)
            | st.just(b"")
        )
        data = data[:start] + put + data[stop:]
    return data


#: Values of any type, as JSON may hold them where a reader expects another.
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=8)
    | st.sampled_from(HOSTILE),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from("id name title author value text date-parts paper given doi".split()),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
