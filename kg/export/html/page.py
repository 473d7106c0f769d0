"""Puts the page together: pyvis holds the network, our template, style and scripts show it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.export.html.data import compact
from kg.export.html.overview import Overview, overview
from kg.export.html.selection import select
from kg.graph.store import Store

#: Entities of the first picture: about what a screen holds with labels that can be read.
MAX_NODES = 75
#: Papers that the page carries at most; the most connected are kept.
MAX_PAPERS = 5000

#: The scripts of the page, each using only what stands before it, or functions.
SCRIPTS = (
    "data",
    "elements",
    "drawing",
    "labels",
    "trees",
    "scenes",
    "boards",
    "panel",
    "lists",
    "search",
    "filters",
    "view",
)

#: The shape of each kind; its colour is in view.css. They differ for colour-blind readers too.
SHAPES = {
    "Method": "dot",
    "Dataset": "square",
    "Benchmark": "diamond",
    "Task": "triangle",
    "Metric": "triangleDown",
}

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {
        "hover": True,
        "tooltipDelay": 150,
        "hoverConnectedEdges": True,
        "multiselect": False,
        "keyboard": {"enabled": True, "bindToWindow": False, "autoFocus": False},
    },
    "edges": {"smooth": {"enabled": True, "type": "continuous", "roundness": 0.25}},
}


def write(
    store: Store,
    path: Path,
    *,
    max_nodes: int = MAX_NODES,
    max_papers: int = MAX_PAPERS,
    kinds: Sequence[str] | None = None,
    focus: int | None = None,
    hops: int = 1,
    title: str = "paperkg",
    **_: object,
) -> None:
    """Write the page.

    Args:
        store: The graph.
        path: Where to write.
        max_nodes: Entities in the overview at most.
        max_papers: Papers in the file at most; the page says what was left out.
        kinds: Kinds of entity to keep; None keeps all.
        focus: Key of an entity: only papers near it, and the page opens there.
        hops: How near.
        title: Heading of the page.

    Raises:
        KgError: A kind is unknown.
    """
    selection = select(store, max_papers, kinds, focus, hops)
    data = compact(store, selection)
    html = page(data, overview(data, max_nodes), title)
    path.write_text(html, encoding="utf-8", errors="replace", newline="\n")


def page(data: dict[str, Any], first: Overview, title: str) -> str:
    """Return the page as HTML that loads nothing from anywhere.

    Args:
        data: What the page knows, from `compact`.
        first: The first picture.
        title: Heading of the page.
    """
    from pyvis.network import Network

    network = Network(height="100%", width="100%", directed=False)
    _fill(network, data, first)
    network.set_options(json.dumps(_OPTIONS))
    assets = files("kg.export.html").joinpath("assets")
    network.set_template_dir(str(assets))
    parts = (assets.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    scripts = [_library(), '"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();\n"]
    network.templateEnv.autoescape = True
    network.templateEnv.globals.update(
        title=title,
        style=assets.joinpath("view.css").read_text(encoding="utf-8"),
        scripts=scripts,
        allowed=" ".join(map(_fingerprint, scripts)),
        data=_embed(data),
        drawing=_embed({"nodes": network.nodes, "edges": network.edges, "options": _OPTIONS}),
    )
    return str(network.generate_html(notebook=False))


def _fill(network: Any, data: dict[str, Any], first: Overview) -> None:
    for spot in first.spots:
        kind = data["kinds"][data["entities"][spot.entity][0]]
        network.add_node(
            f"e{spot.entity}",
            label=spot.label,
            shape=SHAPES[kind],
            group=kind,
            size=spot.radius,
            font={"size": spot.font},
            island=spot.island,
            x=spot.x,
            y=spot.y,
        )
    for tie in first.ties:
        network.add_edge(f"e{tie.a}", f"e{tie.b}", value=tie.shared, strength=tie.strength)


def _embed(value: Any) -> str:
    """Return JSON that is inert inside a script element, whatever texts it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _fingerprint(script: str) -> str:
    """Return the source expression that lets a browser run this script, and no other."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _library() -> str:
    """Return vis-network as pyvis ships it; a closing tag inside would end the script element."""
    source = files("pyvis").joinpath("lib", "vis-9.1.2", "vis-network.min.js")
    return source.read_text(encoding="utf-8").replace("</script", "<\\/script")
