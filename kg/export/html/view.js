"use strict";
// All text enters the page through textContent: nothing that a paper says can become markup.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("data"), drawing = read("drawing");
  const { kinds, predicates, papers, entities, links, results, styles } = data;
  const byEntity = entities.map(() => []), byPaper = papers.map(() => []);
  links.forEach((link) => { byEntity[link[1]].push(link); byPaper[link[0]].push(link); });
  const number = new Map();
  entities.forEach((e, i) => number.set(`${kinds[e[0]]}/${e[1]}`, `e${i}`));
  papers.forEach((p, i) => number.set(`Paper/${p[0]}`, `p${i}`));
  const hidden = { kinds: new Set(), predicates: new Set() };
  const SAY = { introduces: "introduced by", outperforms: "outperformed by", compares_with: "compared in",
    builds_on: "built on by", evaluated_on: "evaluated on by", addresses: "addressed by", mentions: "mentioned in" };
  const $ = (id) => document.getElementById(id);
  const say = (p) => p.replaceAll("_", " ");
  const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
  const papersOf = (i) => new Set(byEntity[i].map((l) => l[0])).size;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const make = (tag, props = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) {
      if (key in node && key !== "list") node[key] = value; else node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  };
  const sign = (kind) => {
    const { shape, color } = styles[kind] || { shape: "paper", color: "#8a909c" };
    const paths = { dot: "M7 1a6 6 0 1 0 .01 0z", square: "M2 2h10v10H2z", diamond: "M7 0l7 7-7 7-7-7z",
      triangle: "M7 1l6 12H1z", triangleDown: "M7 13L1 1h12z", paper: "M1 3h12v8H1z" };
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 14 14"); svg.setAttribute("class", "sign"); svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", paths[shape]); path.setAttribute("fill", color);
    svg.append(path);
    return svg;
  };

  // -- the network ------------------------------------------------------------------------------
  const nodes = new vis.DataSet(drawing.nodes), edges = new vis.DataSet();
  const overview = drawing.edges.map((e, i) => ({ ...e, id: `o${i}` }));
  edges.add(overview);
  const network = new vis.Network($("network"), { nodes, edges }, drawing.options);
  const dim = () => {
    const ink = colour("--ink"), edge = colour("--edge"), ground = colour("--ground");
    network.setOptions({ nodes: { font: { color: ink, size: 24, strokeWidth: 5, strokeColor: ground } },
      edges: { color: { color: edge, highlight: colour("--accent"), hover: colour("--accent") },
        font: { color: colour("--soft"), size: 13, strokeWidth: 3, strokeColor: ground } } });
  };
  dim();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dim);
  const drawn = (i, x, y) => {
    const [k, , name] = entities[i], kind = kinds[k], n = papersOf(i);
    return { id: `e${i}`, label: name, x, y, size: 7 + 3.2 * Math.sqrt(n), shape: styles[kind].shape,
      color: styles[kind].color, title: `${name}\n${kind} · ${plural(n, "paper")}`, hidden: hidden.kinds.has(kind) };
  };
  const paperNode = (p, x, y) => ({ id: `p${p}`, label: papers[p][1].length > 38 ? papers[p][1].slice(0, 36) + "…" : papers[p][1],
    x, y, shape: "box", margin: 6, color: { background: colour("--panel"), border: colour("--edge") },
    font: { size: 18 }, title: papers[p][1] });
  const reset = () => {
    const keep = new Set(drawing.nodes.map((n) => n.id));
    nodes.remove(nodes.getIds().filter((id) => !keep.has(id)));
    edges.clear(); edges.add(overview);
    nodes.update(drawing.nodes.map((n) => ({ id: n.id, x: n.x, y: n.y, hidden: hidden.kinds.has(kinds[entities[+n.id.slice(1)][0]]) })));
  };
  const edgeOf = (l) => ({ id: `l${l[0]}-${l[1]}-${l[2]}`, from: `p${l[0]}`, to: `e${l[1]}`, arrows: { to: { scaleFactor: 0.5 } },
    label: say(predicates[l[2]]), dashes: predicates[l[2]] === "mentions" });
  const put = (set, item) => { if (!set.get(item.id)) set.add(item); };
  const ring = (centre, items, radius) => items.map((item, n) => {
    const a = (2 * Math.PI * n) / Math.max(items.length, 1) - Math.PI / 2, r = radius + 70 * (n % 2);
    return [item, Math.round(centre.x + 1.5 * r * Math.cos(a)), Math.round(centre.y + r * Math.sin(a))];
  });
  const alone = (ids) => nodes.update(nodes.getIds().map((id) => ({ id, hidden: !ids.has(id) })));
  const seen = (l) => !hidden.predicates.has(predicates[l[2]]) && !hidden.kinds.has(kinds[entities[l[1]][0]]);
  /** Show one entity with its papers around it, and nothing else. */
  const unfold = (i) => {
    reset(); edges.clear();
    const list = byEntity[i].filter(seen), shown = [...new Set(list.map((l) => l[0]))].slice(0, 24);
    const centre = { x: 0, y: 0 };
    put(nodes, drawn(i, 0, 0)); nodes.update({ id: `e${i}`, x: 0, y: 0 });
    ring(centre, shown, 150 + 12 * shown.length).forEach(([p, x, y]) => put(nodes, paperNode(p, x, y)));
    const near = new Set([`e${i}`, ...shown.map((p) => `p${p}`)]);
    alone(near);
    list.filter((l) => near.has(`p${l[0]}`)).forEach((l) => put(edges, edgeOf(l)));
    const left = new Set(list.map((l) => l[0])).size - shown.length;
    hint(left > 0 ? `${plural(left, "more paper")} in the list` : "");
   
  };
  const unfoldPaper = (p) => {
    reset(); edges.clear();
    const list = byPaper[p].filter(seen), shown = [...new Set(list.map((l) => l[1]))];
    put(nodes, paperNode(p, 0, 0));
    ring({ x: 0, y: 0 }, shown, 140 + 9 * shown.length).forEach(([i, x, y]) => { put(nodes, drawn(i, x, y)); nodes.update({ id: `e${i}`, x, y }); });
    alone(new Set([`p${p}`, ...shown.map((i) => `e${i}`)]));
    list.forEach((l) => put(edges, edgeOf(l)));
    hint("");
  };
  const hint = (text) => { $("hint").textContent = text; };

  /** Leave room for the panel, then fit the drawing into what is left. */
  const frame = (panel) => {
    document.querySelector("main").classList.toggle("open", panel);
    requestAnimationFrame(() => { network.redraw(); network.fit({ animation: false }); });
  };

  // -- the panel --------------------------------------------------------------------------------
  const link = (text, target) => make("button", { className: "link", type: "button", onclick: () => open(target), textContent: text });
  const marked = (text, names) => {
    const out = make("blockquote"), sorted = [...names].filter(Boolean).sort((a, b) => b.length - a.length);
    for (let at = 0; at < text.length;) {
      let best = -1, hit = "";
      for (const name of sorted) {
        const place = text.indexOf(name, at);
        if (place >= 0 && (best < 0 || place < best)) { best = place; hit = name; }
      }
      if (best < 0) { out.append(text.slice(at)); break; }
      out.append(text.slice(at, best), make("mark", { textContent: hit }));
      at = best + hit.length;
    }
    return out;
  };
  const sentence = (l) => papers[l[0]][l[3] ? 5 : 1].slice(l[4], l[5]);
  const names = (i) => [entities[i][2], ...entities[i][3]];
  const head = (title, kind) => {
    const close = make("button", { className: "close", type: "button", textContent: "✕", onclick: home });
    close.setAttribute("aria-label", "Close details");
    return [close, make("p", { className: "muted row" }, sign(kind), kind), make("h2", { textContent: title })];
  };
  const show = (...content) => { const p = $("panel"); p.replaceChildren(...content); p.hidden = false; p.scrollTop = 0; frame(true); };
  const grouped = (list) => predicates.map((_, k) => [k, list.filter((l) => l[2] === k)]).filter(([k, g]) => g.length && !hidden.predicates.has(predicates[k]));
  const showEntity = (i) => {
    const [k, , name, aliases] = entities[i], others = aliases.filter((a) => a !== name);
    const body = [...head(name, kinds[k])];
    if (others.length) body.push(make("p", { className: "muted", textContent: `also: ${others.slice(0, 12).join(", ")}` }));
    const actions = make("div", { className: "row" });
    actions.append(make("button", { type: "button", textContent: "Path from here to …", onclick: () => startPath(i) }),
      make("button", { type: "button", textContent: "Neighbours", onclick: () => neighbours(i) }));
    body.push(actions);
    const board = results.filter((r) => r[4] === i);
    if (board.length) {
      const table = make("table", {}, make("tr", {}, ...["Figure", "Metric", "Method"].map((t) => make("th", { textContent: t, scope: "col" }))));
      board.slice(0, 40).forEach((r) => table.append(make("tr", {},
        make("td", {}, link(`${r[6] ? "Δ " : ""}${r[1]} ${r[2]}`.trim(), `p${r[0]}`)),
        make("td", { textContent: r[3] < 0 ? "–" : entities[r[3]][2] }), make("td", { textContent: r[5] < 0 ? "–" : entities[r[5]][2] }))));
      body.push(make("h3", { textContent: `Figures reported on ${name}` }), table);
    }
    for (const [p, group] of grouped(byEntity[i])) {
      const list = make("ul");
      group.slice(0, 200).forEach((l) => list.append(make("li", {}, link(papers[l[0]][1], `p${l[0]}`), marked(sentence(l), names(i)))));
      body.push(make("h3", { textContent: `${SAY[predicates[p]]} ${plural(group.length, "paper")}` }), list);
    }
    show(...body);
  };
  const outside = (url, text) => make("a", { href: url, textContent: text, target: "_blank", rel: "noopener noreferrer" });
  const showPaper = (p) => {
    const [id, title, year, url, code, abstract] = papers[p];
    const row = make("div", { className: "row" });
    if (year) row.append(String(year));
    if (url) row.append(outside(url, "paper"));
    code.forEach((c) => row.append(outside(c, "code")));
    const body = [...head(title, "Paper"), row];
    for (const [k, group] of grouped(byPaper[p])) {
      const list = make("div", { className: "row" });
      group.forEach((l) => { const b = link(entities[l[1]][2], `e${l[1]}`); b.prepend(sign(kinds[entities[l[1]][0]]), " "); b.title = sentence(l); list.append(b); });
      body.push(make("h3", { textContent: say(predicates[k]) }), list);
    }
    const figures = results.filter((r) => r[0] === p);
    if (figures.length) {
      const list = make("ul");
      figures.forEach((r) => list.append(make("li", { textContent: [`${r[6] ? "Δ " : ""}${r[1]}${r[2] ? " " + r[2] : ""}`, r[3] >= 0 ? entities[r[3]][2] : "", r[4] >= 0 ? "on " + entities[r[4]][2] : ""].filter(Boolean).join(" · ") })));
      body.push(make("h3", { textContent: "reports" }), list);
    }
    if (abstract) body.push(make("h3", { textContent: "abstract" }), marked(abstract, byPaper[p].flatMap((l) => names(l[1]).filter((n) => n.length > 2))));
    show(...body);
  };
  const neighbours = (i) => {
    const mine = new Set(byEntity[i].map((l) => l[0])), count = new Map();
    mine.forEach((p) => new Set(byPaper[p].map((l) => l[1])).forEach((e) => { if (e !== i) count.set(e, (count.get(e) || 0) + 1); }));
    const best = [...count].map(([e, n]) => [e, n, n / (mine.size + papersOf(e) - n)]).filter(([e]) => !hidden.kinds.has(kinds[entities[e][0]]))
      .sort((a, b) => b[1] - a[1] || b[2] - a[2] || a[0] - b[0]).slice(0, 24);
    reset(); edges.clear();
    put(nodes, drawn(i, 0, 0)); nodes.update({ id: `e${i}`, x: 0, y: 0 });
    ring({ x: 0, y: 0 }, best, 260).forEach(([[e, n], x, y]) => {
      put(nodes, drawn(e, x, y)); nodes.update({ id: `e${e}`, x, y });
      put(edges, { id: `n${e}`, from: `e${i}`, to: `e${e}`, width: 0.5 + 0.4 * Math.min(n, 12), label: plural(n, "paper") });
    });
    alone(new Set([`e${i}`, ...best.map(([e]) => `e${e}`)]));
    hint("Entities named in the same papers");
  };
  let pathFrom = null;
  const startPath = (i) => { pathFrom = i; hint(`Path from ${entities[i][2]}: choose where to`); $("search").value = ""; $("search").focus(); };
  /** Breadth-first over papers: the shortest way from one entity to another, with the papers that make it. */
  const showPath = (a, b) => {
    const came = new Map([[a, null]]), queue = [a];
    while (queue.length && !came.has(b)) {
      const here = queue.shift();
      for (const l of byEntity[here]) for (const o of byPaper[l[0]]) if (!came.has(o[1])) { came.set(o[1], [here, l[0]]); queue.push(o[1]); }
    }
    if (!came.has(b)) { hint(`No path between ${entities[a][2]} and ${entities[b][2]}`); return; }
    const steps = [];
    for (let at = b; came.get(at); at = came.get(at)[0]) steps.unshift([...came.get(at), at]);
    reset(); edges.clear();
    const ids = new Set([`e${a}`]), list = make("ul");
    put(nodes, drawn(a, 0, 0)); nodes.update({ id: `e${a}`, x: 0, y: 0 });
    steps.forEach(([from, p, to], n) => {
      put(nodes, paperNode(p, 520 * n + 260, 170)); put(nodes, drawn(to, 520 * (n + 1), 0)); nodes.update({ id: `e${to}`, x: 520 * (n + 1), y: 0 });
      [from, to].forEach((e) => put(edges, edgeOf(byPaper[p].find((l) => l[1] === e))));
      ids.add(`p${p}`).add(`e${to}`);
      list.append(make("li", {}, link(entities[from][2], `e${from}`), " — ", link(papers[p][1], `p${p}`), " — ", link(entities[to][2], `e${to}`)));
    });
    alone(ids);
    show(...head(`${entities[a][2]} → ${entities[b][2]}`, "Path"), make("p", { className: "muted", textContent: plural(steps.length, "paper") + " apart" }), list);
    hint("");
  };

  // -- search -----------------------------------------------------------------------------------
  const index = [...entities.map((e, i) => ({ id: `e${i}`, name: e[2], kind: kinds[e[0]], n: papersOf(i), keys: [e[2], ...e[3]].map((s) => s.toLowerCase()) })),
    ...papers.map((p, i) => ({ id: `p${i}`, name: p[1], kind: "Paper", n: 0, keys: [p[1].toLowerCase()] }))];
  const rank = (item, q) => {
    let best = 9;
    for (const key of item.keys) best = Math.min(best, key === q ? 0 : key.startsWith(q) ? 1 : key.includes(" " + q) || key.includes("-" + q) ? 2 : key.includes(q) ? 3 : 9);
    return best;
  };
  let hits = [], chosen = 0;
  const suggest = () => {
    const q = $("search").value.trim().toLowerCase(), box = $("hits");
    hits = !q ? [] : index.map((item) => [rank(item, q), item]).filter(([r]) => r < 9)
      .sort((a, b) => a[0] - b[0] || b[1].n - a[1].n || a[1].name.localeCompare(b[1].name, "en")).slice(0, 12).map(([, item]) => item);
    chosen = 0;
    box.replaceChildren(...hits.map((h, n) => {
      const row = make("li", { id: `hit${n}`, onmousedown: (event) => { event.preventDefault(); pick(n); } }, sign(h.kind), h.name, make("small", { textContent: h.n ? plural(h.n, "paper") : h.kind }));
      row.setAttribute("role", "option");
      return row;
    }));
    if (q && !hits.length) box.replaceChildren(make("li", { className: "muted", textContent: "Nothing by that name" }));
    box.hidden = !q; $("search").setAttribute("aria-expanded", String(!!q)); point();
  };
  const point = () => {
    [...$("hits").children].forEach((row, n) => row.setAttribute("aria-selected", String(n === chosen)));
    if (hits.length) $("search").setAttribute("aria-activedescendant", `hit${chosen}`);
  };
  const pick = (n) => { const hit = hits[n]; if (!hit) return; $("search").value = ""; suggest(); open(hit.id); };
  $("search").addEventListener("input", suggest);
  $("search").addEventListener("blur", () => { $("hits").hidden = true; });
  $("search").addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && hits.length) { chosen = (chosen + move + hits.length) % hits.length; point(); event.preventDefault(); }
    else if (event.key === "Enter") pick(chosen);
    else if (event.key === "Escape") { $("search").value = ""; suggest(); pathFrom = null; hint(""); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== $("search")) { event.preventDefault(); $("search").focus(); }
    else if (event.key === "Escape" && document.activeElement !== $("search")) home();
  });

  // -- legend, state, start ---------------------------------------------------------------------
  let current = null;
  const toggle = (set, name, button) => () => {
    if (set.has(name)) set.delete(name); else set.add(name);
    button.setAttribute("aria-pressed", String(!set.has(name)));
    open(current, true);
  };
  const legend = () => {
    const box = $("legend");
    box.append(make("h2", { textContent: "Kinds" }));
    const row = (name, count, set, label) => {
      const b = make("button", { type: "button" }, ...(label ? [] : [sign(name)]), label || name, make("small", { textContent: count.toLocaleString("en") }));
      b.setAttribute("aria-pressed", String(!set.has(name)));
      b.onclick = toggle(set, name, b);
      return b;
    };
    kinds.forEach((kind, k) => box.append(row(kind, entities.filter((e) => e[0] === k).length, hidden.kinds)));
    const paper = make("button", { type: "button", disabled: true }, sign("Paper"), "Paper", make("small", { textContent: papers.length.toLocaleString("en") }));
    paper.removeAttribute("aria-pressed");
    const more = make("div", { className: "relations" }, make("h2", { textContent: "Relations" }));
    predicates.forEach((p, k) => more.append(row(p, links.filter((l) => l[2] === k).length, hidden.predicates, say(p))));
    box.append(paper, more);
  };
  const save = () => {
    const parts = [];
    if (current) { const i = +current.slice(1); parts.push("show=" + encodeURIComponent(current[0] === "e" ? `${kinds[entities[i][0]]}/${entities[i][1]}` : `Paper/${papers[i][0]}`)); }
    const off = [...hidden.kinds, ...hidden.predicates];
    if (off.length) parts.push("hide=" + off.map(encodeURIComponent).join(","));
    history.replaceState(null, "", "#" + parts.join("&"));
  };
  const open = (target, quiet) => {
    if (target && pathFrom !== null && target[0] === "e" && !quiet) { const from = pathFrom; pathFrom = null; current = target; showPath(from, +target.slice(1)); save(); return; }
    current = target;
    if (!target) { $("panel").hidden = true; reset(); hint(note); frame(false); }
    else if (target[0] === "e") { unfold(+target.slice(1)); showEntity(+target.slice(1)); }
    else { unfoldPaper(+target.slice(1)); showPaper(+target.slice(1)); }
    if (target) network.selectNodes(nodes.get(target) ? [target] : []);
    save();
  };
  const home = () => open(null);
  const note = data.omitted ? `${plural(data.omitted, "less connected paper")} left out of this page` : "";
  const start = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    (state.get("hide") || "").split(",").filter(Boolean).forEach((n) => (kinds.includes(n) ? hidden.kinds : hidden.predicates).add(n));
    legend();
    $("counts").textContent = `${plural(papers.length, "paper")} · ${plural(entities.length, "entity").replace("entitys", "entities")} · ${plural(links.length, "link")}`;
    open(number.get(state.get("show")) || null);
  };
  network.on("click", ({ nodes: picked }) => { if (picked.length) open(String(picked[0])); });
  $("home").onclick = home;
  $("png").onclick = () => {
    const source = $("network").querySelector("canvas"), copy = make("canvas", { width: source.width, height: source.height }), pen = copy.getContext("2d");
    pen.fillStyle = colour("--ground"); pen.fillRect(0, 0, copy.width, copy.height); pen.drawImage(source, 0, 0);
    make("a", { href: copy.toDataURL("image/png"), download: "paperkg.png" }).click();
  };
  start();
  document.documentElement.dataset.ready = "yes";
})();
