"""The MCP server, asked by the client of the SDK over standard input and output."""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("mcp")
from mcp import Client, StdioServerParameters

from tests.conftest import ROOT

TOOLS = {
    "find_entities": {"text": "kolmogorov"},
    "show_entity": {"name": "KAN"},
    "list_papers": {"on": "CIFAR-10", "limit": 2},
    "leaderboard": {"dataset": "ImageNet", "metric": "top-1 accuracy"},
    "related_entities": {"name": "ImageNet", "kind": "Method"},
    "path_between": {"a": "KAN", "b": "Mamba"},
    "compare_entities": {"a": "Mamba", "b": "Transformer"},
    "sparql_query": {"query": "SELECT ?t WHERE { ?p dcterms:title ?t } ORDER BY ?t LIMIT 3"},
}


@pytest.fixture(scope="module")
def answers(graph_file):
    # In a thread of its own: the browser tests of the same process leave an event loop running.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(_ask(graph_file))).result()


async def _ask(graph_file):
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from kg.cli import main; main()", "mcp", str(graph_file)],
        env={"PYTHONPATH": str(ROOT)},
    )
    async with Client(server, read_timeout_seconds=120) as client:
        listed = await client.list_tools()
        found = {name: await client.call_tool(name, args) for name, args in TOOLS.items()}
        found["unknown"] = await client.call_tool("show_entity", {"name": "Mambo"})
        update = {"query": "DELETE WHERE { ?s ?p ?o }"}
        found["update"] = await client.call_tool("sparql_query", update)
        return listed.tools, found


def content(result):
    texts = [json.loads(block.text) for block in result.content]
    return texts[0] if len(texts) == 1 else texts


def test_every_tool_is_listed_described_and_reads_only(answers):
    tools, _ = answers
    assert {tool.name for tool in tools} == set(TOOLS)
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)


@pytest.mark.parametrize("name", TOOLS)
def test_every_tool_answers(answers, name):
    _, found = answers
    assert not found[name].is_error, found[name]
    assert content(found[name])


def test_answers_come_with_their_sources(answers):
    _, found = answers
    said = content(found["show_entity"])["evidence"]
    assert all(e["text"] and e["title"] for e in said)
    papers = content(found["list_papers"])
    assert len(papers) == 2
    assert all("CIFAR-10" in " ".join(p["evidence"]) for p in papers)


def test_errors_tell_how_to_go_on(answers):
    _, found = answers
    assert found["unknown"].is_error
    assert "Did you mean: Mamba" in found["unknown"].content[0].text
    assert found["update"].is_error
    assert "is wrong" in found["update"].content[0].text
