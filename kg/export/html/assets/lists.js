// The lists beside the overview: what is named most, by kind, and the newest papers. All that the picture shows, for reading.

/** A row with a bar: an entity and its number of papers. */
function ranked(e, n, most, onclick = () => go({ show: e })) {
  const bar = make("span", { className: `bar ${e.kind}` });
  bar.style.width = `${Math.max(2, (100 * n) / most)}%`;
  const row = button("", onclick, { className: "rank", title: counted(e) });
  row.append(
    sign(e.kind),
    make("span", { className: "what" }, e.name),
    make("span", { className: "count" }, number(n)),
    bar,
  );
  return row;
}
function showLists() {
  const list = papers.filter((p) => visible(p)),
    shown =
      list.length === papers.length
        ? plural(papers.length, "paper")
        : `${number(list.length)} of ${plural(papers.length, "paper")}`;
  const when = span
    ? filter.from === filter.to
      ? `, ${filter.from}`
      : `, ${filter.from} to ${filter.to}`
    : "";
  const tops = kinds.map((kind) => {
    const all = entities
      .filter((e) => e.kind === kind && e.papers && visible(e))
      .sort((a, b) => b.papers - a.papers || (a.key < b.key ? -1 : 1));
    return all.length
      ? section(
          kind,
          heading(MANY[kind], number(all.length)),
          long(
            all,
            (e) => ranked(e, e.papers, all[0].papers),
            kind === "Benchmark" ? 3 : 5,
            { className: "ranks" },
            200,
          ),
        )
      : "";
  });
  fill(
    make(
      "header",
      {},
      button("✕", () => closePanel(), { className: "close", ariaLabel: "Close the lists" }),
      make("h2", { tabIndex: -1 }, `What ${shown}${when} name`),
      make(
        "p",
        { className: "soft" },
        "Each sign is something that papers name, the larger the more papers name it. Pick one, here or in the picture, to read who says what of it; or search for a paper.",
      ),
    ),
    timeline(list),
    tops,
    section(
      "Paper",
      heading("Newest papers"),
      long([...list].sort(recent), (p) => [link(p), about(p)], 5, {}, 200),
    ),
  );
}
