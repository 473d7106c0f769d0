// Labels: of one size on the screen at every zoom, the important first, none on another; islands behind them.
let labels = [],
  placed = [],
  placedAt = null,
  frame = null;

const lettersOf = (node) =>
  `${node.chosen ? 700 : node.font > 13.5 ? 600 : 400} ${node.font}px ${theme.letters}`;
/** The short name of an entity, such as CNN, where it has one. */
const shortName = (e) =>
  e &&
  e.aliases
    .filter((name) => /^[A-Z][A-Za-z0-9]*[A-Z0-9]$/.test(name) && name.length < 6)
    .sort((a, b) => a.length - b.length)[0];
/** Measure the labels of the scene's entities, each in the forms to try: broken into lines, in one line, shortened. */
function newLabels() {
  const important = (n) => (n.chosen ? 1e9 : 0) + n.size;
  labels = scene.nodes
    .filter((n) => n.draw === "entity")
    .sort((a, b) => important(b) - important(a))
    .map((node) => {
      ruler.font = lettersOf(node);
      const measured = (lines) => ({
        node,
        lines,
        wide: Math.max(...lines.map((line) => ruler.measureText(line).width)),
        high: lines.length * node.font * 1.16,
      });
      const lines = node.label.split("\n"),
        short = lines.length > 1 && shortName(byKey.get(node.id));
      return {
        ...measured(lines),
        forms: [lines, lines.length > 1 && [lines.join(" ")], short && [short]].filter(Boolean).map(measured),
      };
    });
  frame = scene.nodes.length ? bounds(scene.nodes.map(boxOf)) : null;
  placedAt = null;
}

/** The box of a node with its label, at scale 1. */
function boxOf(node) {
  if (node.draw === "paper")
    return around(node, CARD.width / 2, (node.lines.length * CARD.line + 2 * CARD.pad) / 2);
  if (node.draw === "saying") return around(node, 4.2 * node.text.length + 10, 12);
  const label = labels.find((l) => l.node === node),
    { left, top } = offset(label, 1);
  return {
    left: Math.min(node.x - node.size, node.x + left),
    right: Math.max(node.x + node.size, node.x + left + label.wide),
    top: Math.min(node.y - node.size, node.y + top),
    bottom: Math.max(node.y + node.size, node.y + top + label.high),
  };
}
const bounds = (boxes) => ({
  left: Math.min(...boxes.map((b) => b.left)),
  right: Math.max(...boxes.map((b) => b.right)),
  top: Math.min(...boxes.map((b) => b.top)),
  bottom: Math.max(...boxes.map((b) => b.bottom)),
});
const around = ({ x, y }, wide, high) => ({
  left: x - wide,
  right: x + wide,
  top: y - high,
  bottom: y + high,
});

/** Where a label may stand from its node: which way, and to which side its lines are set. The first that has room is taken. */
const PLACES = {
  below: [0, 1],
  above: [0, -1],
  right: [1, 0],
  left: [-1, 0],
  belowRight: [0.5, 1],
  belowLeft: [-0.5, 1],
  aboveRight: [0.5, -1],
  aboveLeft: [-0.5, -1],
};
function offset({ node, wide, high }, scale, place = node.side || "below") {
  const r = node.size * scale,
    [across, down] = PLACES[place];
  if (!down) return { left: across > 0 ? r + 6 : -r - 6 - wide, top: -high / 2 };
  return {
    left: across ? (across > 0 ? -r * 0.6 : r * 0.6 - wide) : -wide / 2,
    top: down > 0 ? r + 3 : -r - 3 - high,
  };
}
const alignment = (place) => (PLACES[place][0] > 0 ? "left" : PLACES[place][0] < 0 ? "right" : "center");

/** Choose the labels that find room at this scale. */
function placeLabels(scale) {
  const scaled = (box) => ({
    left: box.left * scale,
    right: box.right * scale,
    top: box.top * scale,
    bottom: box.bottom * scale,
  });
  const taken = scene.nodes.map((node) => ({
    node,
    ...scaled(node.draw === "entity" ? around(node, node.size, node.size) : boxOf(node)),
  }));
  const order = lit ? [...labels].sort((a, b) => lit.has(b.node.id) - lit.has(a.node.id)) : labels;
  placed = [];
  const room = (label, place) => {
    const { left, top } = offset(label, scale, place),
      x = label.node.x * scale + left,
      y = label.node.y * scale + top;
    const box = { node: label.node, left: x - 2, right: x + label.wide + 2, top: y, bottom: y + label.high };
    const beyond = x < frame.left * scale - 12 || box.right > frame.right * scale + 12;
    const free =
      !beyond &&
      taken.every(
        (other) =>
          other.node === box.node ||
          box.left >= other.right ||
          other.left >= box.right ||
          box.top >= other.bottom ||
          other.top >= box.bottom,
      );
    return free && { ...label, place, box };
  };
  for (const label of order) {
    let found = null;
    for (const form of label.forms)
      for (const place of label.node.side ? [label.node.side] : Object.keys(PLACES))
        found ||= room(form, place);
    if (found) {
      taken.push(found.box);
      placed.push(found);
    }
  }
  placedAt = scale;
}

network.on("afterDrawing", (ctx) => {
  const scale = network.getScale();
  if (scale !== placedAt) placeLabels(scale);
  ctx.save();
  ctx.scale(1 / scale, 1 / scale);
  ctx.lineJoin = "round";
  ctx.textBaseline = "alphabetic";
  ctx.strokeStyle = theme.ground;
  ctx.lineWidth = 3.5;
  ctx.fillStyle = theme.ink;
  for (const { node, lines, place, box } of placed) {
    ctx.font = lettersOf(node);
    ctx.globalAlpha = pale(node.id) ? 0.18 : 1;
    ctx.textAlign = alignment(place);
    const x = { left: box.left + 2, right: box.right - 2, center: (box.left + box.right) / 2 }[ctx.textAlign];
    lines.forEach((line, n) => {
      const y = box.top + node.font * (0.92 + 1.16 * n);
      if (!pale(node.id)) ctx.strokeText(line, x, y);
      ctx.fillText(line, x, y);
    });
  }
  ctx.restore();
});

/** The node under a place of the stage: its sign, or its label. */
function nodeAt({ x, y }) {
  const found = network.getNodeAt({ x, y });
  if (found !== undefined) return found;
  const scale = network.getScale(),
    at = network.DOMtoCanvas({ x, y });
  const hit = placed.find(
    ({ box }) =>
      at.x * scale > box.left &&
      at.x * scale < box.right &&
      at.y * scale > box.top &&
      at.y * scale < box.bottom,
  );
  return hit && hit.node.id;
}

/** Islands: what is often named together, on common ground: a disc under each node, bridges between near ones. */
function islandsOf(list) {
  const groups = new Map();
  for (const node of list) groups.set(node.island, [...(groups.get(node.island) || []), node]);
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const bridges = new Path2D(),
        far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y),
        joined = [group[0]],
        left = new Set(group.slice(1));
      const bridge = (a, b) => {
        bridges.moveTo(a.x, a.y + 8);
        bridges.lineTo(b.x, b.y + 8);
      };
      while (left.size) {
        let best = null;
        for (const a of joined) for (const b of left) if (!best || far(a, b) < far(...best)) best = [a, b];
        bridge(...best);
        left.delete(best[1]);
        joined.push(best[1]);
      }
      group.forEach((a, n) => {
        for (const b of group.slice(n + 1)) if (far(a, b) < 150) bridge(a, b);
      });
      return bridges;
    });
}
network.on("beforeDrawing", (ctx) => {
  ctx.lineCap = ctx.lineJoin = "round";
  ctx.strokeStyle = theme.island;
  ctx.lineWidth = 84;
  for (const island of scene.islands) ctx.stroke(island);
  for (const { from, to, width } of scene.curves || []) {
    const middle = (from.x + to.x) / 2;
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    if (from.down) ctx.bezierCurveTo(from.x, (from.y + to.y) / 2, to.x, (from.y + to.y) / 2, to.x, to.y);
    else ctx.bezierCurveTo(middle, from.y, middle, to.y, to.x, to.y);
    ctx.lineWidth = width;
    ctx.strokeStyle = theme.edge;
    ctx.stroke();
  }
});
