"""The house rules that a program can check."""

import ast

from tests.conftest import ROOT

MODULES = sorted((ROOT / "kg").rglob("*.py"))
ASSETS = sorted((ROOT / "kg").rglob("assets/*.*"))


def test_files_and_functions_stay_readable():
    assert len(MODULES) > 40
    assert len(ASSETS) > 10
    long_files = [
        p.name for p in MODULES + ASSETS if len(p.read_text(encoding="utf-8").splitlines()) > 300
    ]
    long_functions = [
        f"{path.name}:{node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and _code_lines(node) > 40
    ]
    assert (long_files, long_functions) == ([], [])


def _code_lines(node):
    documented = isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
    start = node.body[1] if documented and len(node.body) > 1 else node.body[0]
    return node.end_lineno - start.lineno + 1


def test_readme_names_every_command_and_format():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    from kg.export import WRITERS

    assert all(f".{suffix}" in readme for suffix in WRITERS)
    assert all(name in readme.lower() for name in ("json lines", "csv", "pages"))
