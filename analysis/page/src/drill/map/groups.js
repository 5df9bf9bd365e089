// Units that stand together are one sign with one label; signs make room for each other, labels are
// where nothing else is, or not at all. Pixels; no document, so that it can be tried without a browser.

export const touch = (a, b) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
export const boxAt = (x, y, width, height) => ({
  x0: x - width / 2,
  y0: y - height / 2,
  x1: x + width / 2,
  y1: y + height / 2,
});

/**
 * Marks of one kind {x, y, key} that are nearer than `reach` to one of their group.
 *
 * @return [{key, marks, x, y}], x and y those of the first mark
 */
export function gather(marks, reach) {
  const groups = [];
  for (const mark of marks) {
    const near = groups.filter(
      (group) =>
        group.key === mark.key &&
        group.marks.some((other) => Math.hypot(other.x - mark.x, other.y - mark.y) < reach),
    );
    const [first, ...rest] = near;
    if (!first) {
      groups.push({ key: mark.key, marks: [mark], x: mark.x, y: mark.y });
      continue;
    }
    for (const other of rest) {
      first.marks.push(...other.marks);
      groups.splice(groups.indexOf(other), 1);
    }
    first.marks.push(mark);
  }
  return groups;
}

// Right, left, below, above, then between.
const TURNS = [0, 180, 90, 270, 45, 135, 315, 225].map((angle) => (angle * Math.PI) / 180);

const EVERYWHERE = { x0: -Infinity, y0: -Infinity, x1: Infinity, y1: Infinity };
const isWithin = (box, bounds) => box.x0 >= bounds.x0 && box.x1 <= bounds.x1 && box.y0 >= bounds.y0 && box.y1 <= bounds.y1;

/**
 * Moves signs off each other and off obstacles: each gets `sx`, `sy` and `moved`; the first come first. One that
 * moves stays within bounds.
 */
export function spread(groups, size, before = new Map(), obstacles = [], bounds = EVERYWHERE) {
  const taken = [...obstacles];
  for (const group of groups) {
    const tries = [[0, 0]];
    for (const ring of [1.15, 2.1, 3.1, 4.2])
      for (const turn of TURNS) tries.push([ring * size * Math.cos(turn), ring * size * Math.sin(turn)]);
    const kept = before.get(group.id);
    // Where it was the frame before, unless it can come home.
    if (kept !== undefined && kept > 0) tries.splice(1, 0, tries[kept]);
    let at = tries.findIndex(([dx, dy], index) => {
      const box = boxAt(group.x + dx, group.y + dy, size, size);
      return (index === 0 || isWithin(box, bounds)) && !taken.some((other) => touch(box, other));
    });
    if (at < 0) at = 0;
    group.sx = group.x + tries[at][0];
    group.sy = group.y + tries[at][1];
    group.moved = at > 0;
    group.box = boxAt(group.sx, group.sy, size, size);
    taken.push(group.box);
    const index = kept !== undefined && kept > 0 ? (at === 0 ? 0 : at === 1 ? kept : at - 1) : at;
    before.set(group.id, index);
  }
  return groups;
}

const GAP = 3;

/** Places of a label round a box: close by, then farther with a leader. */
function placesRound({ box, width, height, upright }) {
  const [cx, cy] = [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2];
  const half = [(box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2];
  const places = [];
  for (const far of [0, 16, 34, 56]) {
    const [dx, dy] = [half[0] + GAP + far + width / 2, half[1] + 1 + far * 0.8 + height / 2];
    places.push([dx, 0], [-dx, 0], [0, dy], [0, -dy], [dx, dy * 0.75], [dx, -dy * 0.75], [-dx, dy * 0.75], [-dx, -dy * 0.75]);
  }
  // A name of an area stands over its edge, else under it.
  if (upright) places.unshift(places[3], places[2], ...places.splice(0, 6).slice(4));
  return places.map(([x, y], index) => ({
    ...boxAt(cx + x, cy + y, width, height),
    isFar: index >= 8,
  }));
}

/**
 * Finds each label {id, box of its sign, width, height} a place inside `bounds` where it meets no
 * obstacle, no sign and no other label: in order, so the first matter most. A label that has no place
 * is not in the answer.
 *
 * @param before places taken last time by id, which are kept while they are free
 * @return Map of id to {x0, y0, x1, y1, isFar}
 */
export function placeLabels(labels, obstacles, bounds, before = new Map()) {
  const taken = [...obstacles];
  const placed = new Map();
  for (const label of labels) {
    const { id } = label;
    const places = placesRound(label);
    const isFree = (at) => isWithin(at, bounds) && !taken.some((other) => touch(at, other));
    const kept = before.get(id);
    let index = kept !== undefined && isFree(places[kept]) ? kept : places.findIndex(isFree);
    if (index < 0) {
      before.delete(id);
      continue;
    }
    before.set(id, index);
    placed.set(id, places[index]);
    taken.push(places[index]);
  }
  return placed;
}
