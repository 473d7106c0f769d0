// Search: suggestions over every entity, by any of its names, and every paper, by its title.
const box = $("search"),
  hits = $("hits");
const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
let index = null,
  found = [],
  chosen = 0,
  pathFrom = null;
const makeIndex = () => [
  ...entities.map((e) => ({ thing: e, keys: [e.name, ...e.aliases].map((name) => [fold(name), name]) })),
  ...papers.map((p) => ({ thing: p, keys: [[fold(p.title), p.title]] })),
];

/** How well a name answers: 0 the very name, 1 its beginning, 2 the beginning of a word, 3 within, 4 all words somewhere; 9 not. */
function rank(key, query, words) {
  if (key === query) return 0;
  const at = key.indexOf(query);
  if (at === 0) return 1;
  if (at > 0) return /[a-z0-9]/.test(key[at - 1]) ? 3 : 2;
  return words.length > 1 && words.every((word) => key.includes(word)) ? 4 : 9;
}
function search(text, most = 12) {
  index ||= makeIndex();
  const query = fold(text.trim()),
    words = query.split(/\s+/),
    out = [];
  if (!query) return out;
  for (const { thing, keys } of index) {
    if (pathFrom && (thing.kind === "Paper" || thing === pathFrom)) continue;
    let best = 9,
      by = "";
    for (const [key, name] of keys) {
      const r = rank(key, query, words);
      if (r < best) {
        best = r;
        by = name;
      }
    }
    if (best < 9) out.push({ thing, best, by, weight: thing.kind === "Paper" ? 0 : thing.total });
  }
  return out
    .sort(
      (a, b) =>
        a.best - b.best ||
        b.weight - a.weight ||
        a.thing.name.length - b.thing.name.length ||
        (a.thing.key < b.thing.key ? -1 : 1),
    )
    .slice(0, most);
}
function suggest() {
  found = search(box.value);
  chosen = 0;
  const rows = found.map(({ thing, by }, n) => {
    const note = thing.kind === "Paper" ? thing.year || "Paper" : plural(thing.papers, "paper");
    const row = make(
      "li",
      {
        id: `hit${n}`,
        role: "option",
        onmousedown: (event) => {
          event.preventDefault();
          pick(n);
        },
      },
      sign(thing.kind),
      make("span", { className: "what" }, thing.name, by !== thing.name ? make("em", {}, by) : ""),
      make("small", {}, String(note)),
    );
    return row;
  });
  if (box.value.trim() && !rows.length)
    rows.push(
      make("li", { className: "nothing", role: "option", ariaDisabled: "true" }, "Nothing by that name"),
    );
  hits.replaceChildren(...rows);
  hits.hidden = !rows.length;
  box.setAttribute("aria-expanded", String(rows.length > 0));
  point();
}
function point() {
  [...hits.children].forEach((row, n) =>
    row.setAttribute("aria-selected", String(n === chosen && found.length > 0)),
  );
  if (found.length) {
    box.setAttribute("aria-activedescendant", `hit${chosen}`);
    hits.children[chosen].scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
}
function pick(n) {
  if (!found[n]) return;
  const { thing } = found[n],
    from = pathFrom;
  leaveSearch();
  if (from) go({ show: from, to: thing, mode: "path" });
  else go({ show: thing });
  panel.querySelector("h2")?.focus({ preventScroll: true });
}
function leaveSearch() {
  box.value = "";
  pathFrom = null;
  box.placeholder = box.dataset.placeholder;
  document.body.classList.remove("asking");
  suggest();
  box.blur();
}
/** Ask for the other end of a path: the next pick in the search box, or on the picture. */
function askPath(from) {
  pathFrom = from;
  box.placeholder = `Path from ${from.name} to …`;
  document.body.classList.add("asking");
  box.value = "";
  suggest();
  box.focus();
}
box.dataset.placeholder = box.placeholder;
box.addEventListener("input", suggest);
box.addEventListener("focus", suggest);
box.addEventListener("blur", () => {
  hits.hidden = true;
  box.setAttribute("aria-expanded", "false");
});
box.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) {
    chosen = (chosen + step + found.length) % found.length;
    point();
    event.preventDefault();
  } else if (event.key === "Enter") pick(chosen);
  else if (event.key === "Escape") {
    leaveSearch();
    event.stopPropagation();
  }
});
