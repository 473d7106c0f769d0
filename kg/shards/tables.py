"""Annotations as Parquet: the shape of `kg annotate`, and what else it takes to have them back whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import PREDICATES, Annotation, Entity, Mention, Paper, Relation, Result

#: Papers in one row group.
GROUP = 2_000
_VERSION = b"paperkg.version"
_LISTS = ("authors", "categories", "cites", "sources", "ids")
_TEXTS = ("date", "venue", "doi", "arxiv_id", "url")
_KINDS = {"metric": "Metric", "method": "Method"}


@lru_cache(maxsize=1)
def schema() -> Any:
    """Return the columns: those of `Annotation.to_json`, `source_code_urls` (what the source itself
    knew), `implied` (entities that figures alone name), and ids beside names in results.
    """  # noqa: D205
    import pyarrow as pa

    text, texts, number = pa.string(), pa.list_(pa.string()), pa.int32()
    stretch = [("field", text), ("start", number), ("end", number)]
    entity = pa.struct(
        [("id", text), ("type", text), ("name", text), ("surfaces", texts), ("broader", text)]
    )
    mention = [*stretch, ("text", text), ("type", text), ("entity", text), ("rule", text)]
    relation = [("predicate", text), ("type", text), ("entity", text), *stretch, ("rule", text)]
    result = [("value", text), ("unit", text), ("relative", pa.bool_()), *stretch, ("rule", text)]
    for name in ("metric", "dataset", "method"):
        result += [(name, text), (f"{name}_type", text), (f"{name}_id", text)]
    return pa.schema(
        [("id", text), ("title", text), ("abstract", text)]
        + [(name, text) for name in _TEXTS]
        + [(name, texts) for name in (*_LISTS, "source_code_urls")]
        + [("mentions", pa.list_(pa.struct([*mention, ("score", pa.float64())])))]
        + [("entities", pa.list_(entity)), ("implied", pa.list_(entity))]
        + [(name, texts) for name in PREDICATES[:-1]]
        + [("results", pa.list_(pa.struct(result))), ("code_urls", texts)]
        + [("relations", pa.list_(pa.struct(relation)))]
    )


def to_row(annotation: Annotation) -> dict[str, Any]:
    """Return an annotation as a row."""
    row = annotation.to_json()
    paper = annotation.paper
    row |= {name: getattr(paper, name) for name in (*_LISTS, *_TEXTS)}
    row["source_code_urls"] = paper.code_urls
    for mention, found in zip(row["mentions"], annotation.mentions, strict=True):
        mention["score"] = found.score
    row["entities"] = list(map(_entity_row, annotation.entities))
    named = {entity.key for entity in annotation.entities}
    implied: dict[tuple[str, str], Entity] = {}
    for shown, result in zip(row["results"], annotation.results, strict=True):
        for name in ("metric", "dataset", "method"):
            entity: Entity | None = getattr(result, name)
            shown[f"{name}_type"], shown[f"{name}_id"] = entity.key if entity else (None, None)
            if entity and entity.key not in named:
                implied.setdefault(entity.key, entity)
    row["implied"] = list(map(_entity_row, implied.values()))
    return row


def of_row(row: dict[str, Any]) -> Annotation:
    """Return the annotation of a row."""
    values: dict[str, Any] = {name: row[name] for name in _TEXTS}
    values |= {name: tuple(row[name]) for name in _LISTS}
    codes = tuple(row["source_code_urls"])
    paper = Paper(row["id"], row["title"], row["abstract"], code_urls=codes, **values)
    entities = tuple(map(_entity, row["entities"]))
    known = {entity.key: entity for entity in [*map(_entity, row["implied"]), *entities]}
    return Annotation(
        paper,
        tuple(Mention(**_renamed(mention)) for mention in row["mentions"]),
        entities,
        tuple(Relation(**_renamed(relation)) for relation in row["relations"]),
        tuple(_result(result, known) for result in row["results"]),
        tuple(row["code_urls"]),
    )


def _entity_row(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "type": entity.kind,
        "name": entity.name,
        "surfaces": entity.aliases,
        "broader": entity.broader,
    }


def _entity(row: dict[str, Any]) -> Entity:
    return Entity(row["type"], row["id"], row["name"], tuple(row["surfaces"]), row["broader"])


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    row["kind"] = row.pop("type")
    return row


def _result(row: dict[str, Any], known: dict[tuple[str, str], Entity]) -> Result:
    values = {field.name: row[field.name] for field in fields(Result)}
    for name in ("metric", "dataset", "method"):
        key = row[f"{name}_type"], row[f"{name}_id"]
        values[name] = known[key] if key[1] is not None else None
    return Result(**values)


def write(path: Path, rows: Iterable[dict[str, Any]], version: str) -> int:
    """Write rows to a file, a group at a time, and return how many there were.

    Args:
        path: The file.
        rows: Rows, as `to_row` makes them.
        version: What annotated them.
    """
    import pyarrow as pa
    from pyarrow import parquet

    columns = schema().with_metadata({_VERSION: version.encode()})
    left, count = iter(rows), 0
    with parquet.ParquetWriter(path, columns, compression="zstd") as writer:
        while group := list(islice(left, GROUP)):
            writer.write_table(pa.Table.from_pylist(group, columns), GROUP)
            count += len(group)
    return count


def read(file: Any, name: str) -> Iterator[tuple[Annotation, str]]:
    """Yield the annotations of a file, each with the version of what made it.

    Args:
        file: The file, open or its path.
        name: What it is called in messages.

    Raises:
        InputError: It is damaged, or no file of annotations.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(file) as table:
            found = table.schema_arrow
            if not set(schema().names) <= set(found.names):
                raise InputError(f"{name} holds no annotations.", "kg annotate --to makes them.")
            version = (found.metadata or {}).get(_VERSION, b"").decode()
            for batch in table.iter_batches(batch_size=200):
                batch.validate(full=True)
                for row in batch.to_pylist():
                    yield of_row(row), version
    except (pa.ArrowException, ValueError, KeyError, TypeError) as error:
        why = str(error).split("\n", 1)[0]
        raise InputError(f"{name} is damaged: {why}", "Remove it and annotate again.") from None
