// Leaderboards: the figures that papers report.
const figure = (r) =>
  `${r.relative && !/^[+\-−]/.test(r.value) ? "Δ " : ""}${r.value}${r.unit ? ` ${r.unit}` : ""}`;

/** Figures as tables, one for each metric: the best first. */
function boards(rows, role) {
  const columns = [
    ["dataset", "On"],
    ["method", "Method"],
  ].filter(([name]) => name !== role);
  const byMetric = new Map();
  for (const r of rows) byMetric.set(r.metric, [...(byMetric.get(r.metric) || []), r]);
  return [...byMetric]
    .sort(([, a], [, b]) => b.length - a.length)
    .flatMap(([metric, list]) => {
      const body = make("tbody"),
        used = columns.filter(([name]) => list.some((r) => r[name]));
      const row = (r) =>
        make(
          "tr",
          {},
          make("td", { className: "figure" }, figure(r)),
          ...used.map(([name]) => make("td", {}, r[name] ? link(r[name]) : "–")),
          make(
            "td",
            { className: "source" },
            link(r.paper),
            r.paper.year ? make("small", {}, ` ${r.paper.year}`) : "",
          ),
        );
      body.append(...list.slice(0, 6).map(row));
      const table = make(
        "table",
        {},
        make("caption", {}, role === "metric" ? "" : metric ? link(metric) : "other figures"),
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            ...["Figure", ...used.map(([, text]) => text), "Paper"].map((text) =>
              make("th", { scope: "col" }, text),
            ),
          ),
        ),
        body,
      );
      if (list.length <= 6) return [table];
      const more = button(
        `Show all ${number(list.length)}`,
        () => {
          body.append(...list.slice(6).map(row));
          more.remove();
        },
        { className: "more" },
      );
      return [table, more];
    });
}
