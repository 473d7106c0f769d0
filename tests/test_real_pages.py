"""The real listing pages, where they are at hand: counts, order, idempotence."""

import kg


def test_pages(shared, tmp_path):
    files = sorted((shared / "pages").iterdir())
    with kg.build(*files, to=tmp_path / "a.kg") as graph:
        assert (graph.report.listings, graph.report.papers) == (491, 419)
        assert graph.report.problems == ()
        first = graph.export(tmp_path / "a.ttl").read_bytes()
        assert first.count(b" a kg:Paper ;") == 419
        assert any("Learning Delays" in p.title for p in graph.papers(on="SHD"))
        assert any("Mamba" in p.title for p in graph.papers(using="Mamba"))
    with kg.build(*files, to=tmp_path / "a.kg") as again:
        assert again.report.unchanged == 419
    with kg.build(*reversed(files)) as other:
        assert other.export(tmp_path / "b.ttl").read_bytes() == first
