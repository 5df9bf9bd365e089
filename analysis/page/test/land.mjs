// The land extract MSTLAND1 (sim/world/README.md) for tests: read, clipped to a box, written.

export function fnv1a(bytes) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}

/** One side of a box at a time: Sutherland and Hodgman, in grid steps. */
function clipSide(ring, axis, bound, keep) {
  const out = [];
  ring.forEach((b, i) => {
    const a = ring[(i + ring.length - 1) % ring.length];
    const [inA, inB] = [keep(a[axis], bound), keep(b[axis], bound)];
    if (inA !== inB) {
      const t = (bound - a[axis]) / (b[axis] - a[axis]);
      const at = a.map((value, k) => Math.round(value + t * (b[k] - value)));
      at[axis] = bound;
      out.push(at);
    }
    if (inB) out.push(b);
  });
  return out;
}

/** @param land {x0, y0, dx, dy, rings of [x, y] in grid steps} */
export function cropped(land, { west, east, south, north }) {
  const [x0, x1] = [west, east].map((lon) => Math.round((lon - land.x0) / land.dx));
  const [y0, y1] = [south, north].map((lat) => Math.round((lat - land.y0) / land.dy));
  const least = (a, b) => a >= b;
  const most = (a, b) => a <= b;
  const rings = land.rings
    .map((ring) => {
      let cut = clipSide(ring, 0, x0, land.dx > 0 ? least : most);
      cut = clipSide(cut, 0, x1, land.dx > 0 ? most : least);
      cut = clipSide(cut, 1, y0, land.dy > 0 ? least : most);
      return clipSide(cut, 1, y1, land.dy > 0 ? most : least);
    })
    .filter((ring) => ring.length > 2);
  return { ...land, west, east, south, north, rings };
}

export function encodeLand(land) {
  const bytes = [];
  const number = (size, set) => {
    const view = new DataView(new ArrayBuffer(size));
    set(view);
    bytes.push(...new Uint8Array(view.buffer));
  };
  bytes.push(...Buffer.from("MSTLAND1"));
  const { west, east, south, north, x0, y0, dx, dy, rings } = land;
  for (const value of [west, east, south, north, x0, y0, dx, dy])
    number(8, (view) => view.setFloat64(0, value, true));
  number(4, (view) => view.setUint32(0, rings.length, true));
  number(4, (view) => view.setUint32(0, rings.reduce((sum, ring) => sum + ring.length, 0), true));
  const varint = (value) => {
    while (value > 127) {
      bytes.push((value % 128) + 128);
      value = Math.floor(value / 128);
    }
    bytes.push(value);
  };
  const step = (value) => varint(value < 0 ? -2 * value - 1 : 2 * value);
  let [x, y] = [0, 0];
  for (const ring of rings) {
    varint(ring.length);
    for (const point of ring) {
      step(point[0] - x);
      step(point[1] - y);
      [x, y] = point;
    }
  }
  const hash = fnv1a(bytes);
  number(8, (view) => view.setBigUint64(0, hash, true));
  return Uint8Array.from(bytes);
}
