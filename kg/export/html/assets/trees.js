// Trees: a thing in the middle, what it is tied to on both sides, under what the tie says.
/**
 * A tree to both sides of a thing (to one side on a narrow screen): groups of leaves, each under what it says. A leaf
 * takes `high` pixels; its node is made by `leaf(item, x, y, side)`, where x is the end that looks to the middle.
 */
function tree(thing, groups, leaf, high, caption) {
  const centre = central(thing),
    one = narrow(),
    list = [centre],
    curves = [];
  const rows =
    Math.max(5, Math.min(16, Math.floor((stage.clientHeight - 60) / high))) * (one ? 1.5 : 2) - groups.length;
  const half = thing.kind === "Paper" ? CARD.width / 2 : centre.size;
  ruler.font = SAYING;
  share(shares(groups, Math.max(rows, groups.length * 2)), one).forEach((blocks, at) => {
    const side = at ? -1 : 1,
      wide = Math.max(0, ...blocks.map((b) => ruler.measureText(b.text).width + 20));
    const inner = one ? 0 : half + 34,
      x = side * (inner + wide / 2),
      out = side * (inner + wide + 38);
    const count = (block) => block.items.length + (block.more ? 0.8 : 0);
    let y = -blocks.reduce((sum, b) => sum + high * count(b) + 16, -16) / 2;
    for (const block of blocks) {
      const saying = {
        id: `${at} ${block.text}`,
        draw: "saying",
        text: block.text,
        x,
        y: y + (count(block) * high) / 2,
        size: 10,
        go: () => reveal(block.reveal),
      };
      const ends = [...block.items.map((item, n) => leaf(item, out, y + high * (n + 0.5), side))];
      if (block.more)
        ends.push({
          id: `${saying.id} more`,
          draw: "saying",
          text: `${number(block.more)} more`,
          x: out + side * 42,
          y: y + high * (block.items.length + 0.4),
          size: 10,
          go: () => reveal(block.reveal),
        });
      for (const end of ends)
        curves.push({
          from: { x: x + (side * wide) / 2 - side * 8, y: saying.y },
          to: { x: out, y: end.y },
          width: end.weight || 1,
        });
      curves.push({
        from: one ? { x: 0, y: 0, down: true, of: centre } : { x: side * half, y: 0 },
        to: one ? { x, y: saying.y } : { x: x - (side * wide) / 2 + side * 8, y: saying.y },
        width: 1.7,
      });
      list.push(saying, ...ends.filter((end) => !list.some((n) => n.id === end.id)));
      y += high * count(block) + 16;
    }
  });
  if (one) {
    const trunk = list.length > 1 ? list[1].x : 0;
    centre.x = thing.kind === "Paper" ? half : trunk;
    centre.y = Math.min(...list.map((n) => n.y)) - 80;
    for (const { from } of curves)
      if (from.of) {
        from.x = trunk;
        from.y = centre.y;
      }
  }
  return { nodes: list, edges: [], curves, caption };
}
/** How many of each group are shown when there is room for so many: equal shares, what one leaves goes to the others. */
function shares(groups, room) {
  const shown = groups.map(() => 0);
  for (let free = room, moved = true; free > 0 && moved;) {
    moved = false;
    groups.forEach((g, n) => {
      if (free > 0 && shown[n] < g.items.length) {
        shown[n]++;
        free--;
        moved = true;
      }
    });
  }
  return groups.map((g, n) => ({ ...g, items: g.items.slice(0, shown[n]), more: g.items.length - shown[n] }));
}
/** Part blocks between right and left, about equal; one large block stands on both sides. */
function share(blocks, one) {
  if (one) return [blocks];
  const total = blocks.reduce((sum, b) => sum + b.items.length + 1, 0),
    sides = [[], []];
  let used = 0;
  for (const block of blocks) {
    const size = block.items.length + 1,
      room = total / 2 - used;
    if (room >= size - 1) {
      sides[0].push(block);
      used += size;
    } else if (room > 3 && size - room > 3) {
      const cut = Math.round(room - 0.5);
      sides[0].push({ ...block, items: block.items.slice(0, cut), more: 0 });
      sides[1].push({ ...block, items: block.items.slice(cut) });
      used = total;
    } else if (room > size / 2) {
      sides[0].push(block);
      used += size;
    } else {
      sides[1].push(block);
      used = total;
    }
  }
  return sides;
}
