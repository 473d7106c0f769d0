// Scenes: which nodes stand where. Each is { nodes, edges, islands?, caption }; a node knows what a click on it does.
const tall = () => stage.clientWidth < stage.clientHeight * 0.9,
  narrow = () => stage.clientWidth < 640;
const counted = (e) => `${e.name}\n${e.kind}, named in ${plural(e.papers, "paper")}`;
const entityNode = (e, x, y, more = {}) => ({
  id: e.key,
  draw: "entity",
  kind: e.kind,
  x,
  y,
  size: 7,
  font: 13,
  label: e.name,
  title: counted(e),
  go: () => go({ show: e }),
  ...more,
});
const paperNode = (p, x, y, more = {}) => ({
  id: p.key,
  draw: "paper",
  x,
  y,
  size: 20,
  year: p.year ? String(p.year) : "",
  title: p.title,
  go: () => go({ show: p }),
  ...more,
  lines: cardLines(p, more.chosen ? 4 : 2, more.chosen),
});
const central = (thing) =>
  thing.kind === "Paper"
    ? paperNode(thing, 0, 0, { chosen: true, go: () => {} })
    : entityNode(thing, 0, 0, { chosen: true, size: 17, font: 15, label: wrap(thing.name), go: () => {} });
function wrap(name) {
  const lines = [];
  for (const word of name.split(" "))
    if (lines.length && lines.at(-1).length + word.length < 16) lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  return lines.join("\n");
}

/** The first picture, as it was laid out, without what is filtered away. */
function overviewScene() {
  const turned = tall(),
    list = [];
  for (const n of drawing.nodes) {
    const e = byKey.get(n.id);
    if (visible(e) && e.papers)
      list.push(
        entityNode(e, turned ? n.y : n.x, turned ? n.x : n.y, {
          size: n.size,
          font: n.font.size,
          label: n.label,
          island: n.island,
        }),
      );
  }
  const shown = new Map(list.map((n) => [n.id, n])),
    lines = [];
  for (const tie of drawing.edges) {
    if (!shown.has(tie.from) || !shown.has(tie.to)) continue;
    const [a, b] = [byKey.get(tie.from), byKey.get(tie.to)],
      shared = sharedPapers(a, b).length;
    if (shared)
      lines.push({
        id: `${tie.from} ${tie.to}`,
        from: tie.from,
        to: tie.to,
        width: 0.6 + 4 * tie.strength,
        faint: shown.get(tie.from).island !== shown.get(tie.to).island,
        title: `${a.name} and ${b.name}\nnamed together in ${plural(shared, "paper")}`,
      });
  }
  return {
    nodes: list,
    edges: lines,
    islanded: true,
    most: 1.6,
    caption: list.length
      ? `The ${plural(list.length, "entity", "entities")} named most often, of ${number(entities.length)}. A line: papers name both.`
      : "Nothing is left: switch a filter off.",
  };
}

const recent = (a, b) => b.year - a.year || b.links.length - a.links.length || (a.key < b.key ? -1 : 1);
const grouped = (list, of) =>
  predicates
    .map((p) => ({ predicate: p, items: distinct(list.filter((l) => l.predicate === p).map(of)) }))
    .filter((g) => g.items.length);

/** An entity among the papers that name it, by what they say of it. */
function entityScene(e) {
  const groups = grouped(e.links, (l) => l.paper).map(({ predicate, items }) => ({
    text: `${say(predicate)} · ${number(items.length)}`,
    items: items.sort(recent),
    reveal: predicate,
  }));
  return tree(
    e,
    groups,
    (p, x, y, side) => paperNode(p, x + (side * CARD.width) / 2, y),
    52,
    `Papers that name ${e.name}, by what they say of it.`,
  );
}
/** A paper among what it names. */
function paperScene(p) {
  const groups = grouped(p.links, (l) => l.entity).map(({ predicate, items }) => ({
    text: say(predicate),
    items,
    reveal: predicate,
  }));
  return tree(
    p,
    groups,
    (e, x, y, side) => entityNode(e, x + side * 8, y, { side: side > 0 ? "right" : "left" }),
    34,
    "What the paper names, by what it says of it.",
  );
}
/** An entity among those that the same papers name. */
function nearScene(e) {
  const all = near(e),
    groups = kinds
      .map((kind) => ({
        text: `${MANY[kind].toLowerCase()} · ${number(all.filter(([o]) => o.kind === kind).length)}`,
        items: all.filter(([o]) => o.kind === kind),
        reveal: kind,
      }))
      .filter((g) => g.items.length);
  const most = all.length ? all[0][1] : 1;
  return tree(
    e,
    groups,
    ([o, n], x, y, side) =>
      entityNode(o, x + side * 8, y, {
        side: side > 0 ? "right" : "left",
        label: `${o.name}  ${number(n)}`,
        size: 6 + 5 * Math.sqrt(n / most),
        weight: 0.8 + 3 * (n / most),
        go: () => go({ show: e, to: o, mode: "both" }),
      }),
    34,
    `Named in the same papers as ${e.name}, with how many papers name both.`,
  );
}
/** The way from one entity to another over papers. */
function pathScene(path) {
  const down = narrow(),
    list = [],
    lines = [];
  path.forEach((thing, n) => {
    const x = down ? 0 : n * 180,
      y = down ? n * 110 : 0,
      end = n === 0 || n === path.length - 1;
    list.push(
      thing.kind === "Paper"
        ? paperNode(thing, x, down ? y : n % 4 === 1 ? -70 : 70)
        : entityNode(thing, x, y, {
            size: end ? 16 : 11,
            font: end ? 15 : 13,
            label: wrap(thing.name),
            chosen: end,
          }),
    );
    if (thing.kind === "Paper")
      for (const e of [path[n - 1], path[n + 1]])
        lines.push({
          from: thing.key,
          to: e.key,
          width: 1.6,
          smooth: false,
          arrows: { to: { enabled: true, scaleFactor: 0.45 } },
          label: say(strongest(thing, e).predicate),
        });
  });
  return {
    nodes: list,
    edges: lines,
    caption: `A shortest way from ${path[0].name} to ${path.at(-1).name}: ${plural((path.length - 1) / 2, "paper")}.`,
  };
}
/** The papers that name two entities. */
function bothScene(a, b) {
  const all = sharedPapers(a, b).sort(recent),
    list = all.slice(0, narrow() ? 7 : 11),
    curves = [],
    far = narrow() ? 180 : 330;
  const nodesOut = [
    entityNode(a, -far, 0, { size: 16, font: 15, label: wrap(a.name), chosen: true }),
    entityNode(b, far, 0, { size: 16, font: 15, label: wrap(b.name), chosen: true }),
  ];
  list.forEach((p, n) => {
    const y = 56 * (n - (list.length - 1) / 2);
    nodesOut.push(paperNode(p, 0, y));
    for (const side of [-1, 1])
      curves.push({
        from: { x: side * (far - 16), y: 0 },
        to: { x: (side * CARD.width) / 2, y },
        width: 1.2,
      });
  });
  return {
    nodes: nodesOut,
    edges: [],
    curves,
    caption: `${plural(all.length, "paper")} ${all.length === 1 ? "names" : "name"} both${all.length > list.length ? `; ${list.length} are drawn, all are in the list` : ""}.`,
  };
}
const strongest = (paper, entity) => paper.links.find((l) => l.entity === entity);
