// Lines of one level through a raster: marching squares with linear interpolation, open where they
// leave the raster (d3-contour closes them along its edge). Saddles follow the mean of their corners.

// Which edges of a cell a line joins, by which corners are at or above the level (above: true: above it alone): corner 1 top left,
// 2 top right, 4 bottom right, 8 bottom left; edges 0 top, 1 right, 2 bottom, 3 left.
const CASES = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  null,
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  null,
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

const saddle = (index, high) =>
  (index === 5) === high
    ? [
        [0, 1],
        [2, 3],
      ]
    : [
        [3, 0],
        [1, 2],
      ];

/**
 * @param raster width x height values, row after row; a cell with a corner that is no number has no line
 * @returns lines, each a list of [x, y] in units of the raster; the middle of pixel (i, j) is i + .5, j + .5
 */
export function isolines(raster, width, height, level, { above = false } = {}) {
  const isIn = above ? (value) => value > level : (value) => value >= level;
  const at = (i, j) => raster[j * width + i];
  const share = (a, b) => (level - a) / (b - a);
  // An edge has a number of its own, so that the ends of neighbouring cells meet exactly.
  const edge = (i, j, side) => {
    if (side === 0) return 2 * (j * width + i);
    if (side === 1) return 2 * (j * width + i + 1) + 1;
    if (side === 2) return 2 * ((j + 1) * width + i);
    return 2 * (j * width + i) + 1;
  };
  const point = (key) => {
    const cell = key >> 1;
    const i = cell % width;
    const j = (cell - i) / width;
    return key % 2 === 0
      ? [i + 0.5 + share(at(i, j), at(i + 1, j)), j + 0.5]
      : [i + 0.5, j + 0.5 + share(at(i, j), at(i, j + 1))];
  };
  const joined = new Map();
  const join = (a, b) => {
    if (!joined.has(a)) joined.set(a, []);
    joined.get(a).push(b);
  };
  for (let j = 0; j + 1 < height; j += 1) {
    for (let i = 0; i + 1 < width; i += 1) {
      const [a, b, c, d] = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)];
      const mean = (a + b + c + d) / 4;
      if (Number.isNaN(mean)) continue;
      const index = isIn(a) + 2 * isIn(b) + 4 * isIn(c) + 8 * isIn(d);
      if (index === 0 || index === 15) continue;
      for (const [from, to] of CASES[index] ?? saddle(index, isIn(mean))) {
        join(edge(i, j, from), edge(i, j, to));
        join(edge(i, j, to), edge(i, j, from));
      }
    }
  }
  return chain(joined).map((keys) => keys.map(point));
}

/** Chains of keys: open ones from their ends, then rings. */
function chain(joined) {
  const chains = [];
  const follow = (start) => {
    const keys = [start];
    let here = start;
    for (;;) {
      const next = joined.get(here)?.pop();
      if (next === undefined) break;
      const back = joined.get(next);
      back.splice(back.indexOf(here), 1);
      keys.push(next);
      here = next;
    }
    if (keys.length > 1) chains.push(keys);
  };
  for (const [key, others] of joined) if (others.length === 1) follow(key);
  for (const [key, others] of joined) while (others.length > 0) follow(key);
  return chains;
}
