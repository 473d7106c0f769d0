"""No input breaks a reader: it yields papers and problems, and nothing else.

pytest tests/fuzz --hypothesis-profile=long     10,000 examples for each format
"""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, Problem
from kg.model import Entity, Paper
from kg.readers import READERS
from kg.readers.entry import Place
from kg.readers.formats import _DIALECTS, recognise
from kg.readers.source import from_stream, undamaged
from kg.readers.values import CONTROL
from kg.resolve.identity import identifiers, identity, set_apart
from kg.resolve.merge import merge_papers
from tests.fuzz.strategies import HOSTILE, damaged, values

TEXTS = [name for name in READERS if name not in ("parquet", "arrow")]


def consume(data, format=None):
    """Read bytes to the end; return what came, after looking at it."""
    try:
        with undamaged("fuzz"):
            source = from_stream(io.BytesIO(data), None, "fuzz")
            items = list(READERS[format or recognise(source)].read(source))
    except InputError as error:
        return [Problem("fuzz", 0, error.message)]
    for item in items + source.problems:
        check(item)
    return items + source.problems


def check(item):
    if isinstance(item, Problem):
        assert item.message
        assert item.level in ("error", "warning", "note")
        assert "\n" not in item.message
    elif isinstance(item, Paper):
        assert item.id
        assert item.title or identity(item)
        assert not CONTROL.search(item.title + item.abstract + "".join(item.authors))
        assert item.url is None or item.url.startswith(("http", "ftp", "HTTP", "FTP", "Http"))
        json.dumps(item.to_json(), ensure_ascii=False).encode()
        assert identifiers(merge_papers(item, item)) == identifiers(item)
        assert set_apart(item).id != item.id
    else:
        assert isinstance(item, Entity)


@pytest.mark.parametrize("format", list(READERS))
@given(data=st.data())
def test_a_damaged_file_breaks_no_reader(format, data):
    content = data.draw(damaged(format))
    consume(content, format)
    consume(content)


@pytest.mark.parametrize("format", TEXTS)
@given(parts=st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), max_size=12))
def test_text_out_of_nowhere_breaks_no_reader(format, parts):
    content = "".join(parts).encode("utf-8", "surrogatepass")
    consume(content, format)
    consume(content)


@pytest.mark.parametrize("dialect", [*_DIALECTS, "fields"])
@given(data=st.data())
def test_values_of_any_type_break_no_record(dialect, data):
    from kg.readers import fields

    module = _DIALECTS.get(dialect, fields)
    keys = sorted({key for marks in getattr(module, "KEYS", ()) for key in marks} | _usual(dialect))
    record = data.draw(st.dictionaries(st.sampled_from(keys), values, max_size=8))
    for item in module.read_record(record, Place("fuzz", 1)):
        check(item)


def _usual(dialect):
    """Return the keys of the golden records of a dialect, and a few that many have."""
    from tests.fuzz.strategies import SEEDS

    found = {"id", "title", "abstract", "authors", "date", "doi", "url", "references"}
    for content in SEEDS.get(dialect, []):
        text = content.decode()
        records = json.loads(text) if text.startswith("[") else []
        found.update(key for record in records for key in record)
    return found | {"versions", "authors_parsed", "authorships", "abstract_inverted_index", "paper"}


@given(
    st.lists(
        st.sampled_from(["aé", "\ud83d", "x" * 9, "\r\n", "\n", "\x00", "\ufeff"]), max_size=9
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252"]),
)
def test_every_encoding_is_read_to_the_end(parts, encoding):
    content = "".join(parts).encode(encoding, "replace")
    try:
        source = from_stream(io.BytesIO(content), None, "fuzz")
    except InputError:
        return
    assert "".join(source.chunks).count("x") == "".join(parts).count("x")
