// What the page knows: papers, entities and links as objects, and which of them the filters let through.
const embedded = (id) => JSON.parse(document.getElementById(id).textContent);
const data = embedded("data"),
  drawing = embedded("drawing");
const { kinds, predicates } = data;

const papers = data.papers.map(
  ([id, title, year, url, code, abstract, authors, venue, mentions], number) => ({
    key: `p${number}`,
    ref: `Paper/${id}`,
    kind: "Paper",
    name: title,
    title,
    year,
    url,
    code,
    abstract,
    authors,
    venue,
    mentions,
    links: [],
  }),
);
const entities = data.entities.map(([kind, id, name, aliases, broader, total], number) => ({
  key: `e${number}`,
  ref: `${kinds[kind]}/${id}`,
  kind: kinds[kind],
  name,
  aliases,
  broader,
  total,
  links: [],
  papers: 0,
}));
const links = chunks(data.links, 6, ([paper, entity, predicate, field, start, stop]) => ({
  paper: papers[paper],
  entity: entities[entity],
  predicate: predicates[predicate],
  field,
  start,
  stop,
}));
const results = data.results.map(([paper, value, unit, metric, dataset, method, relative]) => ({
  paper: papers[paper],
  value,
  unit,
  metric: entities[metric],
  dataset: entities[dataset],
  method: entities[method],
  relative,
}));
for (const e of entities)
  if (e.broader >= 0) e.broader = entities[e.broader];
  else e.broader = null;

/** Things by the name that stands in the address: "Method/mamba", "Paper/2312.00752". */
const byRef = new Map([...entities, ...papers].map((thing) => [thing.ref, thing]));
const byKey = new Map([...entities, ...papers].map((thing) => [thing.key, thing]));
const years = papers.map((p) => p.year).filter(Boolean);
const span = years.length
  ? [years.reduce((a, b) => Math.min(a, b)), years.reduce((a, b) => Math.max(a, b))]
  : null;

/** What the reader has switched off. */
const filter = {
  kinds: new Set(),
  predicates: new Set(),
  without: new Set(),
  only: new Set(),
  from: span && span[0],
  to: span && span[1],
};

function chunks(flat, size, build) {
  const out = [];
  for (let at = 0; at < flat.length; at += size) out.push(build(flat.slice(at, at + size)));
  return out;
}
const narrowed = () => span && (filter.from > span[0] || filter.to < span[1]);
const timely = (paper) =>
  (!narrowed() || (paper.year >= filter.from && paper.year <= filter.to)) &&
  (!onlyThese || onlyThese.has(paper));
/** Papers that name everything that the reader narrowed to; null when that is nothing. */
let onlyThese = null;
/** Papers that name an entity, whatever the filters. */
const naming = (entity) => new Set(links.filter((l) => l.entity === entity).map((l) => l.paper));
const visible = (thing) =>
  !filter.without.has(thing) && (thing.kind === "Paper" ? timely(thing) : !filter.kinds.has(thing.kind));

/** Let links through, or not; everything that is counted or drawn comes from `links` of a paper or an entity. */
function refilter() {
  onlyThese = null;
  for (const e of filter.only) {
    const those = naming(e);
    onlyThese = onlyThese ? new Set([...onlyThese].filter((p) => those.has(p))) : those;
  }
  for (const p of papers) p.links = [];
  for (const e of entities) {
    e.links = [];
    e.papers = 0;
  }
  // Links come by paper, so a paper is new to an entity when the entity's last link is of another.
  for (const link of links) {
    const { paper, entity, predicate } = link;
    if (filter.predicates.has(predicate) || !visible(paper) || !visible(entity)) continue;
    if (entity.links.at(-1)?.paper !== paper) entity.papers += 1;
    paper.links.push(link);
    entity.links.push(link);
  }
}
const distinct = (list) => [...new Set(list)];
const papersOf = (entity) => distinct(entity.links.map((l) => l.paper));
const textOf = (link) => (link.field ? link.paper.abstract : link.paper.title);

/** Entities in the same papers as one, with the papers they share, nearest (most shared, then least common) first. */
function near(entity) {
  const shared = new Map();
  for (const paper of papersOf(entity)) {
    for (const other of distinct(paper.links.map((l) => l.entity)))
      if (other !== entity) shared.set(other, (shared.get(other) || 0) + 1);
  }
  return [...shared].sort(([a, n], [b, m]) => m - n || a.papers - b.papers || (a.key < b.key ? -1 : 1));
}
const sharedPapers = (a, b) => {
  const other = new Set(papersOf(b));
  return papersOf(a).filter((p) => other.has(p));
};

/**
 * A shortest path between two entities over papers that name both, as [entity, paper, entity, …]; null where there is
 * none. Of equally short ones, that over the least common entities, which says most.
 */
function shortestPath(from, to) {
  const best = new Map([[from, { cost: 0, via: null }]]);
  for (let edge = [from]; edge.length && !best.has(to);) {
    const next = new Map();
    for (const here of edge)
      for (const paper of papersOf(here))
        for (const { entity } of paper.links) {
          const cost = best.get(here).cost + Math.log(1 + entity.papers);
          if (!best.has(entity) && !(next.has(entity) && next.get(entity).cost <= cost))
            next.set(entity, { cost, via: [here, paper] });
        }
    for (const [entity, step] of next) best.set(entity, step);
    edge = [...next.keys()];
  }
  if (!best.has(to)) return null;
  const path = [to];
  for (let at = to; best.get(at).via; [at] = best.get(at).via) path.unshift(...best.get(at).via);
  return path;
}
