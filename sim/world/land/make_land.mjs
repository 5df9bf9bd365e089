// Makes land.bin, our compact form of the land, from Natural Earth 1:10m (npm world-atlas 2.0.2).
//
//   node make_land.mjs OUT_DIR [WEST EAST SOUTH NORTH]
//
// Longitudes are continuous: EAST may pass 180 (default 90 235 -50 75, that is 90 E to 125 W).
// Writes OUT_DIR/land.bin and OUT_DIR/land.txt. The same input gives the same bytes.
//
// Form of land.bin (little-endian): "MSTLAND1"; 8 doubles: west, east, south, north, longitude and
// latitude of grid point (0, 0), degrees per grid step in longitude and latitude; uint32 ring
// count; uint32 point count; per ring: its point count, then for each point the step in x and in
// y from the point before (of the first ring: from 0, 0; of a later ring: from the last point of
// the ring before), all as variable-length numbers of 7 bits a byte, low bits first, steps
// zig-zag coded; last, uint64 FNV-1a of all bytes before. Rings are closed by themselves.

import fs from 'node:fs';
import path from 'node:path';

const DIRECTORY = path.dirname(new URL(import.meta.url).pathname);

/** Rings of the file as arrays of [x, y] in its own grid steps, closed by themselves. */
function readRings(topology) {
    const arcs = topology.arcs.map((arc) => {
        let x = 0, y = 0;
        return arc.map(([dx, dy]) => [x += dx, y += dy]);
    });
    const rings = [];
    for (const geometry of topology.objects.land.geometries) {
        const polygons = geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs;
        for (const indices of polygons.flat()) {
            // Index i < 0 means arc ~i backwards; each arc repeats the last point of the one before.
            rings.push(indices.flatMap((i) => {
                const arc = i < 0 ? arcs[~i].slice().reverse() : arcs[i];
                return arc.slice(0, -1);
            }));
        }
    }
    return rings;
}

/**
 * Makes the longitudes of a ring continuous: no step is longer than half a turn. A ring that
 * goes round a pole does not close; it is led along the pole.
 */
function unwrap(ring, turn, poleOf) {
    const out = [];
    let shift = 0, before = ring[0][0];
    for (const [x, y] of [...ring, ring[0]]) {
        if (x - before > turn / 2) shift -= turn;
        else if (before - x > turn / 2) shift += turn;
        before = x;
        const last = out[out.length - 1];
        if (!last || last[0] !== x + shift || last[1] !== y) out.push([x + shift, y]);
    }
    const first = out[0], last = out[out.length - 1];
    if (last[0] !== first[0]) {
        const pole = poleOf(first[1]);
        out.push([last[0], pole], [first[0], pole]);
    } else {
        out.pop();
    }
    return out;
}

/**
 * Joins rings that share an edge of the meridian where the file was cut (x a whole number of
 * turns): an edge a->b of one ring and b->a of another vanish, and what is left is one ring.
 */
function joinAtCut(rings, turn) {
    const key = (p) => `${p[0]},${p[1]}`;
    const isCut = (p) => p[0] % turn === 0;
    const edges = new Map();
    rings.forEach((ring, r) => ring.forEach((a, i) => {
        const b = ring[(i + 1) % ring.length];
        if (isCut(a) && isCut(b)) edges.set(`${key(a)}>${key(b)}`, [r, i]);
    }));
    for (const [name] of edges) {
        const here = edges.get(name), [a, b] = name.split('>');
        const there = edges.get(`${b}>${a}`);
        if (!there || there[0] === here[0]) continue;
        const one = rings[here[0]], two = rings[there[0]];
        const from = (ring, p) => ring.findIndex((q) => key(q) === p);
        const turned = (ring, at) => [...ring.slice(at), ...ring.slice(0, at)];
        // one: b .. a; two: a .. b. Each starts where the shared edge ends, and ends where it starts.
        const joined = [...turned(one, from(one, b)).slice(0, -1), ...turned(two, from(two, a)).slice(0, -1)];
        rings[here[0]] = joined;
        rings[there[0]] = [];
        for (const [other, where] of edges) if (where[0] === there[0]) edges.set(other, [here[0], -1]);
        edges.delete(name);
        edges.delete(`${b}>${a}`);
    }
    return rings.filter((ring) => ring.length > 0);
}

/**
 * The part of a ring where sign * (coordinate - limit) < 0, as whole rings. The limit lies
 * between grid lines, so no point is on it: the ring falls into chains, and along the limit its
 * crossings, in order, are entry and exit of the land in turn. Rings keep their sense.
 */
function clipSide(ring, axis, limit, sign) {
    const inside = (p) => sign * (p[axis] - limit) < 0;
    const start = ring.findIndex((p, i) => !inside(p) && inside(ring[(i + 1) % ring.length]));
    if (start < 0) return inside(ring[0]) ? [ring] : [];
    const cut = (p, q) => {
        const t = (limit - p[axis]) / (q[axis] - p[axis]);
        const other = p[1 - axis] + t * (q[1 - axis] - p[1 - axis]);
        return axis === 0 ? [limit, other] : [other, limit];
    };
    const chains = [];
    for (let i = 0; i < ring.length; i++) {
        const p = ring[(start + i) % ring.length], q = ring[(start + i + 1) % ring.length];
        if (!inside(p) && inside(q)) chains.push([cut(p, q)]);
        if (inside(p)) chains[chains.length - 1].push(p);
        if (inside(p) && !inside(q)) chains[chains.length - 1].push(cut(p, q));
    }
    // Neighbours in order along the limit belong together; walk from an exit to its neighbour's entry.
    const ends = chains.flatMap((chain, c) => [
        { at: chain[0][1 - axis], chain: c, entry: true },
        { at: chain[chain.length - 1][1 - axis], chain: c, entry: false }]);
    ends.sort((a, b) => a.at - b.at || a.chain - b.chain || Number(a.entry) - Number(b.entry));
    const next = new Array(chains.length).fill(-1);
    for (let i = 0; i < ends.length; i += 2) {
        const [a, b] = [ends[i], ends[i + 1]];
        if (a.entry === b.entry) return clipPlain(ring, inside, cut);
        next[a.entry ? b.chain : a.chain] = a.entry ? a.chain : b.chain;
    }
    const out = [], done = new Array(chains.length).fill(false);
    for (let c = 0; c < chains.length; c++) {
        const points = [];
        for (let d = c; !done[d]; d = next[d]) {
            done[d] = true;
            points.push(...chains[d]);
        }
        if (points.length > 0) out.push(points);
    }
    return out;
}

/** Sutherland-Hodgman, for a ring that touches itself at the limit: one ring, land kept right. */
function clipPlain(ring, inside, cut) {
    const out = [];
    ring.forEach((p, i) => {
        const q = ring[(i + 1) % ring.length];
        if (inside(p)) out.push(p);
        if (inside(p) !== inside(q)) out.push(cut(p, q));
    });
    return [out];
}

/** Whole grid steps, without repeated points; fewer than three points are no ring. */
function tidy(ring) {
    const out = [];
    for (const [x, y] of ring.map(([px, py]) => [Math.round(px), Math.round(py)])) {
        const last = out[out.length - 1];
        if (!last || last[0] !== x || last[1] !== y) out.push([x, y]);
    }
    while (out.length > 1 && out[0][0] === out[out.length - 1][0] &&
        out[0][1] === out[out.length - 1][1]) out.pop();
    return out.length >= 3 ? out : null;
}

function fnv1a(bytes) {
    let hash = 0xcbf29ce484222325n;
    for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
    return hash;
}

function encode(rings, box, topology) {
    const { scale, translate } = topology.transform;
    const points = rings.reduce((sum, ring) => sum + ring.length, 0);
    const head = Buffer.alloc(8 + 8 * 8 + 8);
    head.write('MSTLAND1', 0, 'latin1');
    [...box, translate[0], translate[1], scale[0], scale[1]]
        .forEach((value, i) => head.writeDoubleLE(value, 8 + 8 * i));
    head.writeUInt32LE(rings.length, 72);
    head.writeUInt32LE(points, 76);
    const body = [];
    const number = (n) => {
        for (; n > 127; n = Math.floor(n / 128)) body.push((n % 128) + 128);
        body.push(n);
    };
    const step = (n) => number(n < 0 ? -2 * n - 1 : 2 * n);
    let x = 0, y = 0;
    for (const ring of rings) {
        number(ring.length);
        for (const [px, py] of ring) {
            step(px - x);
            step(py - y);
            [x, y] = [px, py];
        }
    }
    const bytes = Buffer.concat([head, Buffer.from(body)]);
    const tail = Buffer.alloc(8);
    tail.writeBigUInt64LE(fnv1a(bytes));
    return { bytes: Buffer.concat([bytes, tail]), points };
}

function main() {
    const [directory, ...boxText] = process.argv.slice(2);
    const box = boxText.length === 0 ? [90, 235, -50, 75] : boxText.map(Number);
    if (!directory || box.length !== 4 || !box.every(Number.isFinite) || box[1] - box[0] > 360 ||
        !(box[0] >= 0 && box[0] < box[1] && box[1] <= 360 && box[2] < box[3] &&
          box[2] >= -90 && box[3] <= 90)) {
        console.error('usage: node make_land.mjs OUT_DIR [WEST EAST SOUTH NORTH]\n' +
            '0 <= WEST < EAST <= 360, -90 <= SOUTH < NORTH <= 90, degrees');
        process.exit(2);
    }
    const [west, east, south, north] = box;
    const source = path.join(DIRECTORY, 'node_modules/world-atlas');
    const version = JSON.parse(fs.readFileSync(path.join(source, 'package.json'))).version;
    const topology = JSON.parse(fs.readFileSync(path.join(source, 'land-10m.json')));
    const { scale, translate } = topology.transform;
    const turn = Math.round(360 / scale[0]);
    const poleOf = (y) => Math.round(((y * scale[1] + translate[1] < 0 ? -90 : 90) - translate[1]) / scale[1]);

    // Limits just outside the box and between grid lines, so that no point lies on one.
    const x = (lon) => (lon - translate[0]) / scale[0], y = (lat) => (lat - translate[1]) / scale[1];
    const sides = [[0, Math.floor(x(west)) - 0.5, -1], [0, Math.ceil(x(east)) + 0.5, 1],
        [1, Math.floor(y(south)) - 0.5, -1], [1, Math.ceil(y(north)) + 0.5, 1]];

    // Each ring is tried on every turn that can touch the box.
    const whole = readRings(topology).map((ring) => unwrap(ring, turn, poleOf));
    const shifted = whole.flatMap((ring) => [-2, -1, 0, 1, 2].map(
        (k) => ring.map(([x, y]) => [x + k * turn, y])));
    const near = shifted.filter((ring) => ring.some(([x]) => x > sides[0][1]) &&
        ring.some(([x]) => x < sides[1][1]));
    let rings = joinAtCut(near, turn);
    for (const side of sides) rings = rings.flatMap((ring) => clipSide(ring, ...side));
    rings = rings.map(tidy).filter((ring) => ring !== null);

    const { bytes, points } = encode(rings, box, topology);
    fs.mkdirSync(directory, { recursive: true });
    fs.writeFileSync(path.join(directory, 'land.bin'), bytes);
    fs.writeFileSync(path.join(directory, 'land.txt'), [
        'source   Natural Earth 4.1, 1:10m land, public domain (naturalearthdata.com),',
        `         as land-10m.json of npm world-atlas ${version} (package ISC)`,
        `command  node make_land.mjs DIR ${box.join(' ')}`,
        `box      longitude ${west} to ${east}, latitude ${south} to ${north}`,
        `step     ${scale[0]} degrees of longitude, ${scale[1]} of latitude`,
        `rings    ${rings.length}`,
        `points   ${points}`,
        `bytes    ${bytes.length}`,
        `fnv1a64  ${fnv1a(bytes).toString(16).padStart(16, '0')}`, ''].join('\n'));
}

main();
