// The view as a whole: what is shown, the address that brings it back, the pointer and the keys.
let state = { show: null, mode: "", to: null },
  listsOpen = true;

/** Show something; without `show`, the overview. */
function go(next, replace) {
  if (pathFrom && next.show && next.show.kind !== "Paper" && next.show !== pathFrom && !next.mode) {
    next = { show: pathFrom, to: next.show, mode: "path" };
    leaveSearch();
  }
  state = { show: null, mode: "", to: null, ...next };
  if (!state.show && next.show === null) listsOpen = innerWidth > 720;
  render();
  save(!replace);
}
function render(keep) {
  const { show, mode, to } = state,
    open = Boolean(show) || listsOpen,
    reading = panel.contains(document.activeElement);
  // The panel first: the scene is made for the room that it leaves.
  panel.hidden = !open;
  $("lists").hidden = open;
  document.body.classList.toggle("open", open);
  network.setSize("100%", "100%");
  const next = compose(show, mode, to);
  $("caption").textContent = [next.caption, data.leftOut].filter(Boolean).join(" ");
  document.title = show ? `${show.name}${to ? ` – ${to.name}` : ""} · ${pageTitle}` : pageTitle;
  stageScene(next, keep && next.islanded && scene.islanded);
  // Who reads the panel by keyboard stays in it.
  if (reading) panel.querySelector("h2").focus({ preventScroll: true });
}
/** Fill the panel, and return the scene beside it. */
function compose(show, mode, to) {
  if (!show) {
    if (listsOpen) showLists();
    return overviewScene();
  }
  if (mode === "path") {
    const path = shortestPath(show, to);
    showPath(show, to, path);
    return path ? pathScene(path) : bothScene(show, to);
  }
  if (mode === "both") {
    showBoth(show, to);
    return bothScene(show, to);
  }
  if (show.kind === "Paper") {
    showPaper(show);
    return paperScene(show);
  }
  showEntity(show, mode);
  return mode === "near" ? nearScene(show) : entityScene(show);
}
const pageTitle = document.title;
function closePanel() {
  listsOpen = false;
  render();
}

// -- the address --------------------------------------------------------------------------------
function save(push) {
  const { show, mode, to } = state,
    out = new URLSearchParams();
  if (show) out.set(mode || "show", to ? `${show.ref} ${to.ref}` : show.ref);
  const off = [...filter.kinds, ...filter.predicates];
  if (off.length) out.set("hide", off.join(","));
  if (narrowed()) out.set("years", `${filter.from}-${filter.to}`);
  for (const e of filter.without) out.append("without", e.ref);
  for (const e of filter.only) out.append("only", e.ref);
  const hash = `#${out}`;
  if (hash === location.hash || (hash === "#" && !location.hash)) return;
  // A page inside another page (a notebook) has no address of its own.
  try {
    history[push ? "pushState" : "replaceState"](null, "", hash);
  } catch {
    /* nothing is kept there */
  }
}
function load() {
  const from = new URLSearchParams(location.hash.slice(1));
  const named = (name) =>
    from
      .getAll(name)
      .map((ref) => byRef.get(ref))
      .filter(Boolean);
  filter.kinds.clear();
  filter.predicates.clear();
  filter.without.clear();
  filter.only.clear();
  for (const name of (from.get("hide") || "").split(",")) {
    if (kinds.includes(name)) filter.kinds.add(name);
    else if (predicates.includes(name)) filter.predicates.add(name);
  }
  for (const e of named("without")) filter.without.add(e);
  for (const e of named("only")) filter.only.add(e);
  if (span) {
    const [low, high] = (from.get("years") || "").split("-").map(Number),
      inside = (year) => Math.min(span[1], Math.max(span[0], year));
    [filter.from, filter.to] = low && high >= low ? [inside(low), inside(high)] : span;
  }
  refilter();
  for (const mode of ["show", "near", "path", "both"]) {
    const [show, to] = (from.get(mode) || "").split(" ").map((ref) => byRef.get(ref));
    const two = mode === "path" || mode === "both";
    if (show && (!two || to)) return { show, mode: mode === "show" ? "" : mode, to: two ? to : null };
  }
  return {
    show: location.hash.length < 2 && data.start >= 0 ? entities[data.start] : null,
    mode: "",
    to: null,
  };
}
addEventListener("popstate", () => {
  state = load();
  yearFilter.show?.();
  legend();
  render();
});

// -- pointer and keys ---------------------------------------------------------------------------
network.on("click", ({ pointer, edges: [edge] }) => {
  const id = nodeAt(pointer.DOM);
  if (id !== undefined) {
    scene.nodes.find((n) => n.id === id)?.go();
    return;
  }
  const pair =
    scene.islanded &&
    edge &&
    String(edge)
      .split(" ")
      .map((key) => byKey.get(key));
  if (pair) go({ show: pair[0], to: pair[1], mode: "both" });
});
function lightUp(id) {
  const next = id === undefined || !scene.islanded ? null : new Set([id, ...network.getConnectedNodes(id)]);
  if ((next === null) === (lit === null) && (!next || (next.has(id) && lit.from === id))) return;
  lit = next;
  if (lit) lit.from = id;
  placedAt = null;
  network.redraw();
}
stage.addEventListener("pointermove", (event) => {
  if (event.buttons) return;
  const frame = stage.getBoundingClientRect(),
    id = nodeAt({ x: event.clientX - frame.left, y: event.clientY - frame.top });
  stage.style.cursor = id === undefined ? "" : "pointer";
  lightUp(id);
});
stage.addEventListener("pointerleave", () => lightUp(undefined));
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName || "");
  if (event.key === "/" && document.activeElement !== box) {
    event.preventDefault();
    box.focus();
  } else if (event.key === "Escape" && !typing) go({ show: null });
});
$("home").onclick = () => go({ show: null });
$("lists").onclick = () => {
  listsOpen = true;
  render();
};
$("in").onclick = () => zoom(1.35);
$("out").onclick = () => zoom(1 / 1.35);
$("fit").onclick = () => fit(true);
let resized = 0;
addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(() => {
    network.setSize("100%", "100%");
    network.redraw();
    render();
  }, 120);
});

/** Save what is on the stage, with its legend, as a picture. */
$("png").onclick = () => {
  const ratio = canvas.width / stage.clientWidth,
    foot = 40 * ratio,
    out = make("canvas", { width: canvas.width, height: canvas.height + foot }),
    pen = out.getContext("2d");
  pen.fillStyle = theme.ground;
  pen.fillRect(0, 0, out.width, out.height);
  pen.drawImage(canvas, 0, 0);
  pen.scale(ratio, ratio);
  pen.font = `13px ${theme.letters}`;
  pen.textBaseline = "middle";
  let x = 20;
  const y = canvas.height / ratio + 16,
    kept = kinds.filter((kind) => scene.nodes.some((n) => n.kind === kind));
  for (const kind of kept) {
    pen.save();
    pen.translate(x, y);
    pen.fillStyle = theme[kind];
    pen.fill(new Path2D(OUTLINES[kind](6)));
    pen.restore();
    pen.fillStyle = theme.soft;
    pen.fillText(kind, x + 12, y);
    x += pen.measureText(kind).width + 34;
  }
  make("a", {
    href: out.toDataURL("image/png"),
    download: `${(state.show?.name || "overview").replace(/[^\w.-]+/g, "-")}.png`,
  }).click();
};

readTheme();
yearFilter();
state = load();
listsOpen = innerWidth > 720;
yearFilter.show?.();
legend();
render();
network.once("afterDrawing", () => {
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
});
network.redraw();
