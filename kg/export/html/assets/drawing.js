// The drawing: vis-network moves, zooms and finds what is under the pointer; the looks are ours.
const stage = $("network");
const nodes = new vis.DataSet(),
  edges = new vis.DataSet();
const network = new vis.Network(stage, { nodes, edges }, drawing.options);
const canvas = stage.querySelector("canvas");
canvas.setAttribute("aria-hidden", "true");

/** Colours and letters of the style sheet, as the canvas needs them. */
const theme = {};
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  for (const name of [
    "ground",
    "island",
    "panel",
    "ink",
    "soft",
    "line",
    "edge",
    "accent",
    ...Object.keys(MANY),
  ])
    theme[name] = style.getPropertyValue(`--${name}`).trim();
  theme.letters = getComputedStyle(document.body).fontFamily;
  SAYING = `600 12px ${theme.letters}`;
  network.setOptions({
    edges: {
      color: { color: theme.edge, hover: theme.accent, highlight: theme.edge },
      selectionWidth: 0,
      hoverWidth: 1,
      font: { color: theme.soft, size: 12, face: theme.letters, strokeWidth: 4, strokeColor: theme.ground },
    },
  });
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  readTheme();
  network.redraw();
});

/** The scene on the stage; see scenes.js. `lit` holds what stands out while the pointer is on a node. */
let scene = { nodes: [], edges: [], islands: [] },
  lit = null;
const pale = (id) => lit !== null && !lit.has(id);

/** An entity: the sign of its kind. */
function drawEntity({ ctx, id, x, y, state }, node) {
  const r = node.size,
    outline = new Path2D(OUTLINES[node.kind](r));
  return {
    nodeDimensions: { width: 2 * r + 6, height: 2 * r + 6 },
    drawNode() {
      ctx.translate(x, y);
      ctx.globalAlpha = pale(id) ? 0.22 : 1;
      if (state.hover || node.chosen) {
        ctx.strokeStyle = theme.accent;
        ctx.lineWidth = 7;
        ctx.globalAlpha *= 0.45;
        ctx.stroke(outline);
        ctx.globalAlpha = pale(id) ? 0.22 : 1;
      }
      ctx.fillStyle = theme[node.kind];
      ctx.strokeStyle = theme.ground;
      ctx.lineWidth = 1.5;
      ctx.lineJoin = "round";
      ctx.fill(outline);
      ctx.stroke(outline);
    },
  };
}

/** A paper: a card with its title. */
const CARD = { width: 216, line: 15.5, pad: 9, letters: 12 };
function drawPaper({ ctx, id, x, y, state }, node) {
  const { width, line, pad, letters } = CARD,
    high = node.lines.length * line + 2 * pad - 2;
  return {
    nodeDimensions: { width, height: high },
    drawNode() {
      ctx.globalAlpha = pale(id) ? 0.3 : 1;
      ctx.beginPath();
      ctx.roundRect(x - width / 2, y - high / 2, width, high, 7);
      ctx.fillStyle = theme.panel;
      ctx.fill();
      ctx.lineWidth = node.chosen || state.hover ? 2 : 1;
      ctx.strokeStyle = node.chosen || state.hover ? theme.accent : theme.edge;
      ctx.stroke();
      ctx.textAlign = "left";
      ctx.textBaseline = "middle";
      node.lines.forEach((text, n) => {
        ctx.font = `${node.chosen ? 600 : 400} ${letters}px ${theme.letters}`;
        ctx.fillStyle = theme.ink;
        let left = x - width / 2 + pad + 2;
        const at = y - high / 2 + pad + line * (n + 0.5) - 1;
        if (!n && node.year) {
          ctx.fillStyle = theme.soft;
          ctx.fillText(node.year, left, at);
          left += 33;
          ctx.fillStyle = theme.ink;
        }
        ctx.fillText(text, left, at);
      });
    },
  };
}

/** What a bundle of edges says: the predicate, and how many. */
let SAYING = "";
function drawSaying({ ctx, id, x, y, state }, node) {
  ctx.font = SAYING;
  const width = ctx.measureText(node.text).width + 20;
  return {
    nodeDimensions: { width, height: 23 },
    drawNode() {
      ctx.globalAlpha = pale(id) ? 0.3 : 1;
      ctx.beginPath();
      ctx.roundRect(x - width / 2, y - 11.5, width, 23, 11.5);
      ctx.fillStyle = theme.island;
      ctx.fill();
      ctx.lineWidth = 1;
      ctx.strokeStyle = state.hover ? theme.accent : theme.edge;
      ctx.stroke();
      ctx.font = SAYING;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = theme.ink;
      ctx.fillText(node.text, x, y + 0.5);
    },
  };
}

/** Break a title into lines for a card; the first leaves room for the year. */
const ruler = document.createElement("canvas").getContext("2d");
function cardLines(paper, most, bold) {
  ruler.font = `${bold ? 600 : 400} ${CARD.letters}px ${theme.letters}`;
  const room = CARD.width - 2 * CARD.pad - 4,
    lines = [];
  let text = "";
  const fits = (words) =>
    ruler.measureText(words).width <= room - (lines.length === 0 && paper.year ? 33 : 0);
  for (const word of paper.title.split(/\s+/)) {
    if (!text || fits(`${text} ${word}`)) {
      text = text ? `${text} ${word}` : word;
      continue;
    }
    if (lines.length === most - 1) {
      text += "…";
      break;
    }
    lines.push(text);
    text = word;
  }
  while (!fits(text) && text.length > 2) text = `${text.replace(/…$/, "").slice(0, -1)}…`;
  return [...lines, text];
}

/** Put a scene on the stage. */
function stageScene(next, keep) {
  scene = { islands: [], ...next };
  lit = null;
  const draw = { entity: drawEntity, paper: drawPaper, saying: drawSaying };
  nodes.clear();
  edges.clear();
  nodes.add(
    scene.nodes.map((n) => ({
      id: n.id,
      x: n.x,
      y: n.y,
      size: n.size,
      title: n.title,
      shape: "custom",
      ctxRenderer: (at) => draw[n.draw](at, n),
    })),
  );
  edges.add(
    scene.edges.map((e) =>
      e.faint ? { ...e, color: { color: theme.line, hover: theme.accent, highlight: theme.line } } : e,
    ),
  );
  newLabels();
  if (scene.islanded) scene.islands = islandsOf(scene.nodes);
  if (!keep) fit();
}

/** Fill the stage with the scene; nothing grows beyond its natural size by much. */
function fit(animate) {
  const boxes = scene.nodes.map(boxOf);
  if (!boxes.length) return;
  const { left, right, top, bottom } = bounds(boxes);
  const narrow = stage.clientWidth < 640,
    margin = narrow ? 12 : 34,
    below = Math.max(44, $("caption").offsetHeight + 22);
  const wide = (stage.clientWidth - 2 * margin) / (right - left),
    high = (stage.clientHeight - margin - below) / (bottom - top);
  // On a narrow screen a scene is as wide as the screen and begins at the top; the rest of it is a swipe away.
  const tallest = narrow && !scene.islanded && wide > high;
  const scale = Math.max(0.05, Math.min(wide, tallest ? wide : high, scene.most || 1));
  const y = tallest
    ? top + (stage.clientHeight / 2 - margin) / scale
    : (top + bottom) / 2 + (below - margin) / 2 / scale;
  const still = !animate || matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({
    position: { x: (left + right) / 2, y },
    scale,
    animation: still ? false : { duration: 220, easingFunction: "easeInOutQuad" },
  });
}
function zoom(factor) {
  network.moveTo({
    scale: Math.min(6, Math.max(0.05, network.getScale() * factor)),
    animation: { duration: 120, easingFunction: "easeOutQuad" },
  });
}
