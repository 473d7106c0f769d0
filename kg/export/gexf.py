"""GEXF 1.3 with time, for Gephi: a paper exists from its date on, an entity from its first paper on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import quoteattr

from kg.export.graphml import NOT_XML
from kg.export.property_graph import edges, nodes
from kg.graph.store import Store

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
  <meta>
    <creator>paperkg</creator>
    <description>Papers and what they name</description>
  </meta>
  <graph defaultedgetype="directed" mode="dynamic" timeformat="date">
    <attributes class="node" mode="static">
      <attribute id="kind" title="kind" type="string"/>
      <attribute id="year" title="year" type="integer"/>
      <attribute id="url" title="url" type="string"/>
    </attributes>
    <attributes class="edge" mode="static">
      <attribute id="predicate" title="predicate" type="string"/>
      <attribute id="evidence" title="evidence" type="string"/>
      <attribute id="rule" title="rule" type="string"/>
    </attributes>
"""


def write(store: Store, path: Path, **_: object) -> None:
    """Write papers and entities with their links; figures are left to the other formats."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(_HEAD)
        out.write("    <nodes>\n")
        for node in nodes(store, results=False):
            values = {"kind": node.kind, **node.properties}
            out.write(
                f"      <node id={_attr(node.id)} label={_attr(node.name)}{_start(node.start)}>\n"
            )
            _values(out, {name: values.get(name) for name in ("kind", "year", "url")})
            out.write("      </node>\n")
        out.write("    </nodes>\n    <edges>\n")
        for place, edge in enumerate(edges(store, results=False)):
            ends = f"source={_attr(edge.source)} target={_attr(edge.target)}"
            kind = f"label={_attr(edge.type)} kind={_attr(edge.type)}"
            out.write(f'      <edge id="{place}" {ends} {kind}{_start(edge.start)}>\n')
            values = {"predicate": edge.type, **edge.properties}
            _values(out, {name: values.get(name) for name in ("predicate", "evidence", "rule")})
            out.write("      </edge>\n")
        out.write("    </edges>\n  </graph>\n</gexf>\n")


def _values(out: TextIO, values: dict[str, object]) -> None:
    out.write("        <attvalues>\n")
    for name, value in values.items():
        if value:
            out.write(f'          <attvalue for="{name}" value={_attr(str(value))}/>\n')
    out.write("        </attvalues>\n")


def _start(date: str | None) -> str:
    """Return the attribute for a date, to the day, since that is what the format asks for."""
    if not date or not _DATE.match(date):
        return ""
    return f' start="{date}{"-01-01"[len(date) - 4 :]}"'


def _attr(text: str) -> str:
    return quoteattr(NOT_XML.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
