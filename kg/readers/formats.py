"""The formats: how each is read, and by what it is recognised.

The order is that of recognition: what gives itself away most surely comes first. Listing pages and plain
text have no mark of their own and come last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from kg.errors import InputError
from kg.readers import (
    acl_anthology,
    annotated,
    arxiv_atom,
    arxiv_snapshot,
    bibtex,
    columns,
    csl,
    fields,
    hf_papers,
    json_records,
    oai,
    openalex,
    pages,
    plain,
    pubmed,
    pwc,
    ris,
    semantic_scholar,
    table,
    xml_records,
)
from kg.readers.entry import Item
from kg.readers.source import Source

Read = Callable[[Source], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format.

    Attributes:
        read: Yields papers and, where a record cannot be used, problems.
        recognises: Tells the format from the first characters of a text.
        suffixes: Suffixes of its files, for what the content leaves open.
        needs: Characters of which the first line that is not blank has one, whatever the suffix says.
    """

    read: Read
    recognises: Callable[[str], bool]
    suffixes: tuple[str, ...] = ()
    needs: str = ""


#: Formats of JSON by name, with the module that holds their keys and reads their records.
_DIALECTS: dict[str, ModuleType] = {
    "annotations": annotated,
    "openalex": openalex,
    "semantic-scholar": semantic_scholar,
    "arxiv-snapshot": arxiv_snapshot,
    "hf-papers": hf_papers,
    "papers-with-code": pwc,
    "csl": csl,
}


def dialect(keys: set[str]) -> str | None:
    """Return the name of the format of JSON that has these keys in a record, or None."""
    for name, module in _DIALECTS.items():
        if any(marks <= keys for marks in module.KEYS):
            return name
    return None


def _row_reader(names: set[str]) -> json_records.ReadRecord:
    """Return how to read rows whose columns are named so."""
    name = dialect(names)
    read: json_records.ReadRecord = (_DIALECTS[name] if name else fields).read_record
    return read


def _json(name: str) -> Reader:
    def recognises(head: str) -> bool:
        return json_records.is_json(head) and dialect(set(json_records.first_keys(head))) == name

    return Reader(json_records.reader(_DIALECTS[name].read_record), recognises)


def _xml(module: ModuleType, *roots: str) -> Reader:
    return Reader(module.read, lambda head: xml_records.root(head) in roots)


def _by_lines(head: str) -> bool:
    return json_records.is_json(head) and json_records.goes_by_lines(head)


_COLUMNS = columns.reader(_row_reader)

#: Formats by name, in the order in which they are tried.
READERS: dict[str, Reader] = {
    "parquet": Reader(_COLUMNS, columns.is_parquet, (".parquet", ".pq")),
    "arrow": Reader(_COLUMNS, columns.is_arrow, (".arrow", ".feather", ".ipc")),
    **{name: _json(name) for name in _DIALECTS},
    "jsonl": Reader(
        json_records.reader(fields.read_record), _by_lines, (".jsonl", ".ndjson"), "{["
    ),
    "json": Reader(json_records.reader(fields.read_record), json_records.is_json, (".json",), "{["),
    "arxiv": _xml(arxiv_atom, "feed", "entry"),
    "acl": _xml(acl_anthology, "collection"),
    "pubmed": _xml(pubmed, "PubmedArticleSet", "PubmedArticle", "PubmedBookArticle"),
    "oai": _xml(oai, "OAI-PMH", "ListRecords", "GetRecord", "record"),
    "bibtex": Reader(bibtex.read, bibtex.looks_like, (".bib", ".bibtex"), "@%"),
    "ris": Reader(ris.read, ris.looks_like, (".ris",), "-"),
    "tsv": Reader(table.reader("\t"), table.looks_like("\t"), (".tsv", ".tab"), "\t"),
    "csv": Reader(
        table.reader(",", ";"),
        lambda head: table.looks_like(",")(head) or table.looks_like(";")(head),
        (".csv",),
        ",;",
    ),
    "text": Reader(plain.read, lambda head: not pages.looks_like(head)),
    "pages": Reader(pages.read, pages.looks_like),
}


#: Those in which datasets and methods can stand that become names of the catalogue.
NAMING = ("papers-with-code", "parquet", "arrow")


_MARKUP = ("<!doctype", "<html", "<?xml", "<rss")


def recognise(source: Source) -> str:
    """Return the name of the format of a source: by its content, else by its suffix.

    Raises:
        InputError: It is markup that no reader knows.
    """
    if not source.head.strip():
        return "text"
    marked = list(READERS)[:-2]
    for name in marked:
        if READERS[name].recognises(source.head):
            return name
    first = next(line for line in source.head.splitlines() if line.strip())
    for name in marked:
        reader = READERS[name]
        if source.suffix in reader.suffixes and any(mark in first for mark in reader.needs):
            return name
    if first.lstrip("\ufeff \t").lower().startswith(_MARKUP):
        hint = "copy the text out of the browser; of XML those of arXiv, ACL, PubMed and OAI-PMH are known"
        raise InputError(f"{source.name} is a web page, or XML of a kind not known here.", hint)
    return "pages" if pages.looks_like(source.head) else "text"
