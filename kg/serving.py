"""The graph as tools for an assistant, over the Model Context Protocol; it can only be read.

Every answer names its papers, and where it can the sentence it rests on, so that an assistant can cite
them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kg.api import open as open_graph
from kg.asking import Graph
from kg.errors import KgError

if TYPE_CHECKING:
    from mcp.server import MCPServer

#: Rows, papers or sentences in an answer at most, so that it fits an assistant's view.
MOST = 50

_INSTRUCTIONS = """
A knowledge graph of research papers and the methods, datasets, benchmarks, tasks and metrics they name.
Names, aliases or ids are accepted everywhere; start with find_entities where you are not sure of a name.
Cite papers by title and id, and quote the evidence. What the graph does not say is not thereby untrue:
it was read from titles and abstracts alone.
"""
_Tool = TypeVar("_Tool", bound=Callable[..., Awaitable[Any]])


def serve(path: Path) -> None:
    """Answer on standard input and output until the client leaves.

    Raises:
        KgError: The graph cannot be opened, or the MCP package is not installed.
    """
    with open_graph(path) as graph:
        server(graph).run("stdio")


def server(graph: Graph) -> MCPServer[Any]:
    """Return a server with a tool for each kind of question.

    Raises:
        KgError: The MCP package is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ImportError:
        raise KgError(
            "Serving a graph needs the MCP package, which is not installed.",
            "Install it: pip install 'paperkg[mcp]'",
        ) from None
    made: MCPServer[Any] = MCPServer("paperkg", instructions=_INSTRUCTIONS)
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for tool in Tools(graph).all():
        made.tool(annotations=reads)(_speaking(tool, ToolError))
    return made


def _speaking(tool: _Tool, error: type[Exception]) -> Callable[..., Awaitable[Any]]:
    """Return a tool that says what is wrong, and how to mend it, to its caller."""

    @wraps(tool)
    async def run(*args: Any, **options: Any) -> Any:
        try:
            return await tool(*args, **options)
        except KgError as problem:
            raise error(str(problem)) from None

    return run


class Tools:
    """The questions of a graph as tools.

    They are coroutines without a pause, since the graph file may be used by one thread only.

    Args:
        graph: The graph.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """Return the tools."""
        return [
            self.find_entities,
            self.show_entity,
            self.list_papers,
            self.leaderboard,
            self.related_entities,
            self.path_between,
            self.compare_entities,
            self.sparql_query,
        ]

    async def find_entities(self, text: str, limit: int = 20) -> list[dict[str, Any]]:
        """Search entities by name and papers by text."""
        return self._graph.find(text, min(limit, MOST)).to_json()

    async def show_entity(self, name: str) -> dict[str, Any]:
        """Tell what an entity is called and what papers say of it, with the sentences."""
        profile = self._graph.entity(name)
        found = self._graph.evidence(entity=profile.entity)
        said = [{**e.row(), "title": self._graph.paper(e.paper).title} for e in found[:MOST]]
        counts = {predicate: len(ids) for predicate, ids in profile.papers.items()}
        return {**profile.entity.to_json(), "papers": counts, "evidence": said}

    async def list_papers(
        self,
        on: str | None = None,
        using: str | None = None,
        introduces: str | None = None,
        outperforms: str | None = None,
        task: str | None = None,
        mentions: str | None = None,
        text: str | None = None,
        since: int | None = None,
        until: int | None = None,
        limit: int = 20,
    ) -> list[dict[str, Any]]:
        """List papers by what they evaluate on, use, introduce, outperform, address or mention."""
        filters: dict[str, Any] = {
            "on": on,
            "using": using,
            "introduces": introduces,
            "outperforms": outperforms,
        }
        filters |= {"task": task, "mentions": mentions}
        found = self._graph.papers(
            **filters, text=text, since=since, until=until, limit=min(limit, MOST)
        )
        named = next((name for name in filters.values() if name), None)
        return [
            {**p.row(), "url": p.url, "evidence": [e.text for e in self._graph.evidence(p, named)]}
            if named
            else {**p.row(), "url": p.url}
            for p in found
        ]

    async def leaderboard(self, dataset: str, metric: str | None = None) -> list[dict[str, Any]]:
        """List the figures that papers report on a dataset, best first, with the sentences."""
        return self._graph.leaderboard(dataset, metric)[:MOST].to_json()

    async def related_entities(
        self, name: str, kind: str | None = None, limit: int = 20
    ) -> list[dict[str, Any]]:
        """List the entities named in the same papers, nearest (Jaccard index) first."""
        return self._graph.related(name, kind, min(limit, MOST)).to_json()

    async def path_between(self, a: str, b: str) -> list[dict[str, Any]]:
        """Show how two entities hang together: the papers that name one and the next."""
        return self._graph.path(a, b).to_json()

    async def compare_entities(self, a: str, b: str) -> dict[str, Any]:
        """Compare two methods: which is said to beat the other, on which data, what they share."""
        return self._graph.compare(a, b).to_json()

    async def sparql_query(self, query: str) -> Any:
        """Answer a read-only SPARQL query; prefixes kg, dcterms, skos, rdf and others are known."""
        found = self._graph.sparql(query)
        return found if isinstance(found, bool | str) else found[:MOST].to_json()
