// What part of the map is seen: wheel, drag, two fingers, keys. Screen = k * map + (tx, ty).

const MOST_ZOOM = 80; // over the view that shows all
const LEAST_ZOOM = 0.6;
const KEY_STEP = 60; // pixels

/**
 * @param stage   the element of the map
 * @param box     what must be seen at first, on the map {x0, y0, x1, y1}
 * @param changed called when the part seen is another
 */
export function makeView(stage, box, changed) {
  const view = { k: 1, tx: 0, ty: 0, width: 0, height: 0 };
  let fitK = 1;

  const fitted = () => {
    const [w, h] = [box.x1 - box.x0, box.y1 - box.y0];
    return Math.min(view.width / w, view.height / h) * 0.9;
  };
  const clamp = () => {
    view.k = Math.max(fitK * LEAST_ZOOM, Math.min(fitK * MOST_ZOOM, view.k));
    // The middle of the screen stays over what there is to see.
    const middle = (size, offset, low, high) => {
      const at = Math.max(low, Math.min(high, (size / 2 - offset) / view.k));
      return size / 2 - at * view.k;
    };
    view.tx = middle(view.width, view.tx, box.x0, box.x1);
    view.ty = middle(view.height, view.ty, box.y0, box.y1);
  };
  const put = () => {
    clamp();
    changed();
  };
  view.fit = () => {
    view.k = fitK;
    view.tx = view.width / 2 - ((box.x0 + box.x1) / 2) * view.k;
    view.ty = view.height / 2 - ((box.y0 + box.y1) / 2) * view.k;
    put();
  };
  view.zoom = (factor, x = view.width / 2, y = view.height / 2) => {
    const before = view.k;
    view.k = Math.max(fitK * LEAST_ZOOM, Math.min(fitK * MOST_ZOOM, before * factor));
    const share = view.k / before;
    view.tx = x - (x - view.tx) * share;
    view.ty = y - (y - view.ty) * share;
    put();
  };
  view.pan = (dx, dy) => {
    view.tx += dx;
    view.ty += dy;
    put();
  };
  view.zoomed = () => view.k / fitK; // 1: all is seen
  view.screen = ([x, y]) => [view.k * x + view.tx, view.k * y + view.ty];
  view.map = (x, y) => [(x - view.tx) / view.k, (y - view.ty) / view.k];
  /** Brings a point of the map into the inner part of the view. */
  view.reveal = (point) => {
    const [x, y] = view.screen(point);
    const [mx, my] = [view.width * 0.2, view.height * 0.2];
    if (x < mx || x > view.width - mx || y < my || y > view.height - my)
      view.pan(view.width / 2 - x, view.height / 2 - y);
  };
  view.resize = (width, height) => {
    if (!(width > 0 && height > 0)) return;
    const isFirst = view.width === 0;
    const middle = view.map(view.width / 2, view.height / 2);
    const zoom = view.k / fitK;
    Object.assign(view, { width, height });
    fitK = fitted();
    if (isFirst) return view.fit();
    view.k = fitK * zoom;
    view.tx = width / 2 - middle[0] * view.k;
    view.ty = height / 2 - middle[1] * view.k;
    return put();
  };
  view.setBox = (next) => {
    box = next;
    fitK = fitted();
    view.fit();
  };

  const pointers = new Map();
  const local = (event) => {
    const frame = stage.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  };
  view.dragged = 0; // pixels since the pointer went down: a drag is no click
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest("button,select,input,label,summary,a")) return;
    pointers.set(event.pointerId, local(event));
    view.dragged = 0;
  });
  stage.addEventListener("pointermove", (event) => {
    const from = pointers.get(event.pointerId);
    if (!from) return;
    const to = local(event);
    view.dragged += Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (view.dragged < 3) return;
    if (!stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
    if (pointers.size === 2) {
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      const span = (at) => Math.max(10, Math.hypot(at[0] - other[0], at[1] - other[1]));
      view.zoom(span(to) / span(from), (to[0] + other[0]) / 2, (to[1] + other[1]) / 2);
    }
    pointers.set(event.pointerId, to);
    view.pan((to[0] - from[0]) / pointers.size, (to[1] - from[1]) / pointers.size);
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
    stage.addEventListener(name, (event) => pointers.delete(event.pointerId));
  stage.addEventListener(
    "wheel",
    (event) => {
      // Where the page itself scrolls, the wheel is the page's unless a key is held.
      const scrolls = document.scrollingElement.scrollHeight > innerHeight + 1;
      if (scrolls && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      view.zoom(2 ** (-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0025)), ...local(event));
    },
    { passive: false },
  );
  const KEYS = {
    ArrowLeft: () => view.pan(KEY_STEP, 0),
    ArrowRight: () => view.pan(-KEY_STEP, 0),
    ArrowUp: () => view.pan(0, KEY_STEP),
    ArrowDown: () => view.pan(0, -KEY_STEP),
    "+": () => view.zoom(1.4),
    "=": () => view.zoom(1.4),
    "-": () => view.zoom(1 / 1.4),
    0: () => view.fit(),
  };
  stage.addEventListener("keydown", (event) => {
    if (event.target !== stage || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  return view;
}
