// Words and elements. All text enters the page through textContent: nothing that a paper says can become markup.
const $ = (id) => document.getElementById(id);
const digits = new Intl.NumberFormat("en");
const number = (n) => digits.format(n);
const plural = (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;
const say = (predicate) => predicate.replaceAll("_", " ");
/** How a predicate reads from the entity's side. */
const PASSIVE = {
  introduces: "Introduced by",
  outperforms: "Outperformed by",
  compares_with: "Compared in",
  builds_on: "Built on by",
  evaluated_on: "Evaluated on by",
  addresses: "Addressed by",
  mentions: "Also mentioned in",
};
const MANY = {
  Method: "Methods",
  Dataset: "Datasets",
  Benchmark: "Benchmarks",
  Task: "Tasks",
  Metric: "Metrics",
  Paper: "Papers",
};

function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}
function svg(tag, props, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The outline of a kind's sign around (0, 0), for a canvas path or an SVG path alike. */
const OUTLINES = {
  Method: (r) => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`,
  Dataset: (r) =>
    polygon(
      [
        [-0.87, -0.87],
        [0.87, -0.87],
        [0.87, 0.87],
        [-0.87, 0.87],
      ],
      r,
    ),
  Benchmark: (r) =>
    polygon(
      [
        [0, -1.2],
        [1.2, 0],
        [0, 1.2],
        [-1.2, 0],
      ],
      r,
    ),
  Task: (r) =>
    polygon(
      [
        [0, -1.15],
        [1.15, 0.85],
        [-1.15, 0.85],
      ],
      r,
    ),
  Metric: (r) =>
    polygon(
      [
        [-1.15, -0.85],
        [1.15, -0.85],
        [0, 1.15],
      ],
      r,
    ),
  Paper: (r) =>
    polygon(
      [
        [-1.15, -0.8],
        [1.15, -0.8],
        [1.15, 0.8],
        [-1.15, 0.8],
      ],
      r,
    ),
};
const polygon = (points, r) =>
  `M${points.map(([x, y]) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`).join("L")}Z`;
const sign = (kind) =>
  svg(
    "svg",
    { viewBox: "-8 -8 16 16", class: `sign ${kind}`, "aria-hidden": "true" },
    svg("path", { d: OUTLINES[kind](6) }),
  );

const button = (text, onclick, props = {}) => make("button", { type: "button", onclick, ...props }, text);
/** A button that opens a thing; it reads as a link. */
const link = (thing, text = thing.name, props = {}) =>
  button(text, () => go({ show: thing }), { className: "link", ...props });
const outside = (url, text) => make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
const heading = (text, note) => make("h3", {}, text, note ? make("small", {}, note) : "");

/** A list that shows its first rows, and the rest, up to `most`, on demand. */
function long(items, row, shown = 6, props = {}, most = Infinity) {
  const all = Math.min(items.length, most);
  const list = make("ul", props);
  const add = (from, to) =>
    list.append(...items.slice(from, to).map((item) => make("li", {}, ...[row(item)].flat())));
  add(0, shown);
  if (all <= shown) return [list];
  const more = button(
    all < items.length ? `Show the first ${number(all)}` : `Show all ${number(all)}`,
    () => {
      add(shown, all);
      list.children[shown].querySelector("button, a")?.focus();
      more.remove();
    },
    { className: "more" },
  );
  return [list, more];
}

/** A text with the places of entities in it marked; `strong` is the one that the reader asked about. */
function marked(text, places, strong, tag = "q") {
  const out = make(tag, {});
  let at = 0;
  for (const { start, stop, entity } of places) {
    if (start < at || stop > text.length) continue;
    const words = text.slice(start, stop);
    out.append(
      text.slice(at, start),
      entity === strong
        ? make("mark", {}, words)
        : link(entity, words, { className: `name ${entity.kind}`, title: `${entity.kind}: ${entity.name}` }),
    );
    at = stop;
  }
  out.append(text.slice(at));
  return out;
}
/** The mentions inside a stretch of a field, with places counted from its start. */
const placesIn = (paper, field, start, stop) =>
  chunks(paper.mentions, 4, ([at, from, to, entity]) => ({ field: at, start: from, stop: to, entity }))
    .filter((m) => m.field === field && m.start >= start && m.stop <= stop)
    .map((m) => ({ start: m.start - start, stop: m.stop - start, entity: entities[m.entity] }))
    .sort((a, b) => a.start - b.start);
const evidence = (l) =>
  marked(textOf(l).slice(l.start, l.stop), placesIn(l.paper, l.field, l.start, l.stop), l.entity);

/** Papers by year as small bars. */
function timeline(list) {
  if (!span || span[0] === span[1]) return "";
  const count = new Map(),
    [first, last] = span;
  for (const { year } of list) if (year) count.set(year, (count.get(year) || 0) + 1);
  if (!count.size) return "";
  const most = Math.max(...count.values()),
    wide = Math.min(26, 340 / (last - first + 1)),
    bars = svg("svg", {
      viewBox: `0 0 ${wide * (last - first + 1)} 40`,
      role: "img",
      "aria-label": `Papers by year: ${[...count]
        .sort(([a], [b]) => a - b)
        .map(([year, n]) => `${year}: ${n}`)
        .join(", ")}`,
    });
  for (let year = first; year <= last; year++) {
    const n = count.get(year) || 0,
      high = n ? 3 + 35 * (n / most) : 1;
    bars.append(
      svg(
        "rect",
        { x: wide * (year - first) + 1, y: 40 - high, width: wide - 2, height: high, rx: 1.5 },
        svg("title", {}, `${year}: ${plural(n, "paper")}`),
      ),
    );
  }
  bars.style.width = `${wide * (last - first + 1)}px`;
  return make(
    "figure",
    { className: "timeline" },
    bars,
    make("figcaption", {}, make("span", {}, String(first)), make("span", {}, String(last))),
  );
}
