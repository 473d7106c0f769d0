"""Puts the page together: pyvis holds the network, our template, style and script show it."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.export.html.data import KIND_STYLE, compact
from kg.export.html.overview import Overview, overview, radius
from kg.graph.store import Store

#: Nodes of the first picture: more do not fit a screen with their labels.
OVERVIEW = 90
#: Papers that the page carries at most; the most connected are kept.
MAX_PAPERS = 4000

_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "keyboard": False, "multiselect": False},
    "edges": {"smooth": False, "selectionWidth": 1.5},
    "nodes": {"borderWidth": 1.5, "font": {"face": "system-ui, sans-serif", "size": 24}},
}


def write(
    store: Store,
    path: Path,
    *,
    max_nodes: int = OVERVIEW,
    max_papers: int = MAX_PAPERS,
    title: str = "paperkg",
    **_: object,
) -> None:
    """Write the page.

    Args:
        store: The graph.
        path: Where to write.
        max_nodes: Entities in the overview at most.
        max_papers: Papers in the file at most; the page says what was left out.
        title: Heading of the page.
    """
    html = page(store, max_nodes=max_nodes, max_papers=max_papers, title=title)
    path.write_text(html, encoding="utf-8", errors="replace", newline="\n")


def page(
    store: Store,
    *,
    max_nodes: int = OVERVIEW,
    max_papers: int = MAX_PAPERS,
    title: str = "paperkg",
) -> str:
    """Return the page as HTML that loads nothing from anywhere."""
    from pyvis.network import Network

    data = compact(store, max_papers)
    view = overview(data, max_nodes)
    network = Network(height="100%", width="100%", directed=False)
    _fill(network, data, view)
    network.set_options(json.dumps(_OPTIONS))
    here = files("kg.export.html")
    network.set_template_dir(str(here))
    environment = network.templateEnv
    environment.autoescape = True
    environment.globals.update(
        title=title,
        style=here.joinpath("view.css").read_text(encoding="utf-8"),
        script=here.joinpath("view.js").read_text(encoding="utf-8"),
        library=_library(),
        data=_embed(data),
        network=lambda: _embed(
            {"nodes": network.nodes, "edges": network.edges, "options": _OPTIONS}
        ),
    )
    return str(network.generate_html(notebook=False))


def _fill(network: Any, data: dict[str, Any], view: Overview) -> None:
    for place, (x, y) in zip(view.entities, view.positions, strict=True):
        kind, _, name = data["entities"][place][:3]
        style = KIND_STYLE[data["kinds"][kind]]
        papers = view.papers[place]
        network.add_node(
            f"e{place}",
            label=name,
            shape=style["shape"],
            color=style["color"],
            size=radius(papers),
            x=x,
            y=y,
            title=f"{name}\n{data['kinds'][kind]} · {papers} paper{'s' * (papers != 1)}",
        )
    for a, b, shared in view.edges:
        network.add_edge(
            f"e{a}",
            f"e{b}",
            width=round(0.4 + 0.35 * min(shared, 12), 2),
            title=f"named together in {shared} paper{'s' * (shared != 1)}",
        )


def _embed(value: Any) -> str:
    """Return JSON that is inert inside a script element, whatever texts it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _library() -> str:
    """Return vis-network as pyvis ships it; a closing tag inside would end the script element."""
    source = files("pyvis").joinpath("lib", "vis-9.1.2", "vis-network.min.js")
    return source.read_text(encoding="utf-8").replace("</script", "<\\/script")
