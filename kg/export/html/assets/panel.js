// The panel: what the picture cannot say. Lists, sentences, tables.
const panel = $("panel");
function head(kind, name, ...under) {
  const close = button("✕", () => go({ show: null }), {
    className: "close",
    ariaLabel: "Close and go back to the overview",
  });
  return make(
    "header",
    {},
    close,
    make("p", { className: "kind" }, kind in OUTLINES ? sign(kind) : "", kind),
    make("h2", { tabIndex: -1 }, name),
    ...under,
  );
}
function fill(...content) {
  panel.replaceChildren(...content.flat(2).filter(Boolean));
  panel.scrollTop = 0;
}
/** Bring a group of the panel into sight. */
function reveal(group) {
  const place = panel.querySelector(`[data-group="${group}"]`);
  if (!place) return;
  place.querySelector(".more")?.click();
  place.scrollIntoView({ block: "start" });
}
const section = (group, ...content) => {
  const out = make("section", {}, ...content.flat(2));
  if (group) out.dataset.group = group;
  return out;
};

function about(paper) {
  const parts = [paper.year ? String(paper.year) : "", paper.venue].filter(Boolean).join(" · "),
    out = make("p", { className: "about" }, parts);
  if (paper.url) out.append(outside(paper.url, "paper"));
  for (const url of paper.code) out.append(outside(url, "code"));
  return out.childNodes.length ? out : "";
}
function actions(e, mode) {
  return make(
    "div",
    { className: "actions" },
    mode === "near"
      ? button("Its papers", () => go({ show: e }))
      : button("Neighbours", () => go({ show: e, mode: "near" }), { title: "What the same papers name" }),
    button("Path to …", () => askPath(e), { title: "The way to another entity, over papers" }),
    button(
      "Only its papers",
      () => {
        only(e);
      },
      { title: "Leave only papers that name it, everywhere in this page" },
    ),
    button(
      "Hide",
      () => {
        hide(e);
      },
      { title: "Leave it out of every picture" },
    ),
  );
}

function showEntity(e, mode) {
  const list = papersOf(e),
    others = e.aliases.slice(0, 8).join(", "),
    whole = naming(e).size;
  const said = [
    `Named in ${plural(list.length, "paper")}`,
    list.length < whole ? ` of ${number(whole)} before filtering` : "",
    whole < e.total ? ` (${number(e.total)} in the whole graph)` : "",
    ".",
  ].join("");
  const narrower = entities.filter((o) => o.broader === e);
  const figures = results.filter((r) => [r.metric, r.dataset, r.method].includes(e) && visible(r.paper));
  const role = { Dataset: "dataset", Benchmark: "dataset", Metric: "metric", Method: "method" }[e.kind];
  fill(
    head(
      e.kind,
      e.name,
      others ? make("p", { className: "soft" }, `Also written ${others}`) : "",
      e.broader ? make("p", { className: "soft" }, "A kind of ", link(e.broader)) : "",
      narrower.length
        ? make(
            "p",
            { className: "soft" },
            "Kinds of it: ",
            ...narrower.slice(0, 6).flatMap((o, n) => [n ? ", " : "", link(o)]),
          )
        : "",
    ),
    make("p", { className: "soft" }, said),
    timeline(list),
    actions(e, mode),
    mode === "near" ? neighbourLists(e) : [],
    figures.length && role !== "method"
      ? section(
          "figures",
          heading(role === "dataset" ? "Leaderboard" : "Figures", number(figures.length)),
          boards(figures, role),
        )
      : "",
    grouped(e.links, (l) => l.paper).map(({ predicate, items }) =>
      section(
        predicate,
        heading(PASSIVE[predicate], number(items.length)),
        long(
          items.sort(recent),
          (p) => [
            link(p),
            about(p),
            evidence(e.links.find((l) => l.paper === p && l.predicate === predicate)),
          ],
          8,
        ),
      ),
    ),
    figures.length && role === "method"
      ? section("figures", heading("Figures", number(figures.length)), boards(figures, role))
      : "",
  );
}
function neighbourLists(e) {
  const all = near(e),
    most = all.length ? all[0][1] : 1;
  return kinds.map((kind) => {
    const list = all.filter(([o]) => o.kind === kind);
    return list.length
      ? section(
          kind,
          heading(MANY[kind], number(list.length)),
          long(list, ([o, n]) => ranked(o, n, most, () => go({ show: e, to: o, mode: "both" })), 6, {
            className: "ranks",
          }),
        )
      : "";
  });
}

function showPaper(p) {
  const figures = results.filter((r) => r.paper === p);
  const report = (r) => [
    make("strong", {}, figure(r)),
    r.metric ? " " : "",
    r.metric ? link(r.metric) : "",
    r.dataset ? " on " : "",
    r.dataset ? link(r.dataset) : "",
    r.method ? " with " : "",
    r.method ? link(r.method) : "",
  ];
  fill(
    head(
      "Paper",
      p.title,
      p.authors ? make("p", { className: "soft" }, shortAuthors(p.authors)) : "",
      about(p),
    ),
    p.links.length || figures.length
      ? ""
      : make(
          "p",
          { className: "soft" },
          narrowed() || filter.kinds.size || filter.predicates.size
            ? "The filters leave nothing that it names."
            : "Nothing that it names is known.",
        ),
    figures.length
      ? section(
          "reports",
          heading("Reports"),
          make("ul", { className: "plain" }, ...figures.map((r) => make("li", {}, ...report(r)))),
        )
      : "",
    grouped(p.links, (l) => l.entity).map(({ predicate }) =>
      section(
        predicate,
        heading(say(predicate)[0].toUpperCase() + say(predicate).slice(1)),
        sayings(p, predicate),
      ),
    ),
    p.abstract
      ? section(
          "abstract",
          heading("Abstract"),
          marked(p.abstract, placesIn(p, 1, 0, p.abstract.length), null, "p"),
        )
      : "",
  );
}
const shortAuthors = (text) => {
  const all = text.split(", ");
  return all.length > 8 ? `${all.slice(0, 7).join(", ")} and ${all.length - 7} more` : text;
};
/** Entities of a predicate with their sentences, each sentence once. */
function sayings(p, predicate) {
  const bySentence = new Map();
  for (const l of p.links.filter((l) => l.predicate === predicate)) {
    const key = `${l.field} ${l.start}`;
    bySentence.set(key, [...(bySentence.get(key) || []), l]);
  }
  const chips = (list) =>
    make(
      "p",
      { className: "chips" },
      ...distinct(list.map((l) => l.entity))
        .map((e) => button("", () => go({ show: e }), { className: "chip" }))
        .map((chip, n) => {
          const e = distinct(list.map((l) => l.entity))[n];
          chip.append(sign(e.kind), e.name);
          return chip;
        }),
    );
  return make(
    "ul",
    { className: "plain" },
    ...[...bySentence.values()].map((list) => make("li", {}, chips(list), evidence(list[0]))),
  );
}

function showPath(from, to, path) {
  if (!path) {
    fill(
      head("Path", `${from.name} → ${to.name}`),
      make("p", {}, "No path: no chain of papers ties the two, with the filters as they are."),
    );
    return;
  }
  const steps = path
    .filter((thing) => thing.kind === "Paper")
    .map((p, n) =>
      make(
        "li",
        {},
        make("p", { className: "step" }, link(path[2 * n]), " — ", link(path[2 * n + 2])),
        link(p),
        about(p),
        ...distinct([strongest(p, path[2 * n]), strongest(p, path[2 * n + 2])]).map((l) =>
          make(
            "div",
            { className: "said" },
            make("small", {}, `${say(l.predicate)} ${l.entity.name}`),
            evidence(l),
          ),
        ),
      ),
    );
  fill(
    head(
      "Path",
      `${from.name} → ${to.name}`,
      make(
        "p",
        { className: "soft" },
        `${plural(steps.length, "paper")} apart. Hide what lies between to find another way.`,
      ),
    ),
    make("ol", {}, ...steps),
  );
}
function showBoth(a, b) {
  const list = sharedPapers(a, b).sort(recent);
  fill(
    head(
      "Together",
      `${a.name} and ${b.name}`,
      make(
        "p",
        { className: "soft" },
        `${plural(list.length, "paper")} ${list.length === 1 ? "names" : "name"} both.`,
      ),
      make("p", { className: "about" }, link(a), link(b)),
    ),
    long(
      list,
      (p) => [
        link(p),
        about(p),
        ...[a, b].map((e) => {
          const l = strongest(p, e);
          return make(
            "div",
            { className: "said" },
            make("small", {}, `${say(l.predicate)} ${e.name}`),
            evidence(l),
          );
        }),
      ],
      12,
    ),
  );
}
