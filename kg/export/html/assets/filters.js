// Filters: the legend with its counts, relations, years, and what the reader has hidden or narrowed to.
function toggle(set, name, alone, all) {
  if (alone) {
    const others = all.filter((n) => n !== name),
      already = others.every((n) => set.has(n)) && !set.has(name);
    set.clear();
    if (!already) others.forEach((n) => set.add(n));
  } else if (set.has(name)) set.delete(name);
  else set.add(name);
  changed();
}
function hide(e) {
  filter.without.add(e);
  changed(true);
}
function only(e) {
  filter.only.add(e);
  changed(true);
}
function changed(home) {
  refilter();
  legend();
  if (home) go({ show: null }, true);
  else {
    render(true);
    save(false);
  }
}

/** A row of the legend that is a switch as well. */
function toggler(set, name, all, label, count, kind) {
  const b = button("", (event) => toggle(set, name, event.shiftKey, all), {
    title: `Show or hide; with the shift key, show only ${label.toLowerCase()}`,
  });
  b.append(kind ? sign(kind) : "", make("span", {}, label), make("small", {}, number(count)));
  b.setAttribute("aria-pressed", String(!set.has(name)));
  b.dataset.name = name;
  return b;
}
function legend() {
  const focus = document.activeElement?.dataset?.name;
  const shown = (kind) =>
    entities.filter((e) => e.kind === kind && (e.papers || filter.kinds.has(kind)) && !filter.without.has(e))
      .length;
  $("kinds").replaceChildren(
    ...kinds
      .filter((kind) => entities.some((e) => e.kind === kind))
      .map((kind) => toggler(filter.kinds, kind, kinds, MANY[kind], shown(kind), kind)),
    make(
      "span",
      { className: "paper" },
      sign("Paper"),
      make("span", {}, "Papers"),
      make("small", {}, number(papers.filter(visible).length)),
    ),
  );
  const count = new Map();
  for (const l of links)
    if (visible(l.paper) && visible(l.entity)) count.set(l.predicate, (count.get(l.predicate) || 0) + 1);
  $("predicates").replaceChildren(
    ...predicates
      .filter((p) => links.some((l) => l.predicate === p))
      .map((p) => toggler(filter.predicates, p, predicates, say(p), count.get(p) || 0)),
  );
  mark($("relations"), filter.predicates.size);
  mark($("when"), narrowed());
  const undo = (e, text, set, title) => {
    const b = button(
      "",
      () => {
        set.delete(e);
        changed();
      },
      { className: "chip", title },
    );
    b.append(text, sign(e.kind), e.name, " ✕");
    return b;
  };
  $("narrowed").replaceChildren(
    ...[...filter.only].map((e) => undo(e, "only papers with ", filter.only, "Show all papers again")),
    ...[...filter.without].map((e) => undo(e, "without ", filter.without, "Show it again")),
  );
  if (focus) document.querySelector(`[data-name="${focus}"]`)?.focus();
}
const mark = (menu, on) => menu.classList.toggle("on", Boolean(on));

/** Two handles over the papers by year. */
function yearFilter() {
  if (!span || span[0] === span[1]) {
    $("when").hidden = true;
    return;
  }
  const [from, to] = [$("from"), $("to")],
    count = new Map();
  for (const year of years) count.set(year, (count.get(year) || 0) + 1);
  const most = Math.max(...count.values()),
    list = [];
  for (let year = span[0]; year <= span[1]; year++) list.push(year);
  const bars = list.map((year) => {
    const bar = make("i", { title: `${year}: ${plural(count.get(year) || 0, "paper")}` });
    bar.style.height = `${(100 * (count.get(year) || 0)) / most}%`;
    return bar;
  });
  $("bars").replaceChildren(...bars);
  for (const input of [from, to]) {
    [input.min, input.max] = span;
    input.addEventListener("input", () => {
      if (+from.value > +to.value) {
        if (input === from) to.value = from.value;
        else from.value = to.value;
      }
      filter.from = +from.value;
      filter.to = +to.value;
      yearMarks();
      changed();
    });
  }
  function yearMarks() {
    list.forEach((year, n) => bars[n].classList.toggle("off", year < filter.from || year > filter.to));
    $("fromText").textContent = from.value;
    $("toText").textContent = to.value;
  }
  yearFilter.show = () => {
    from.value = filter.from;
    to.value = filter.to;
    yearMarks();
  };
  yearFilter.show();
}
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopPropagation();
    }
  });
  menu.addEventListener("toggle", () => {
    if (menu.open)
      for (const other of document.querySelectorAll("details.menu")) if (other !== menu) other.open = false;
  });
}
document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (!menu.contains(event.target)) menu.open = false;
});
