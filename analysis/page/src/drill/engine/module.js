// The engine, once loaded: requests and answers are objects (include/muster/call.h), and travel as UTF-8
// through the module's memory. Needs nothing but WebAssembly; works in a page, a worker and Node.js.

// The engine has stopped in the middle of a request and cannot go on: whoever wants more loads it anew.
export class EngineStopped extends Error {
  constructor(why) {
    super(`the engine has stopped: ${why}`);
    this.name = "EngineStopped";
  }
}

// What the C library inside asks of the system. It has no files and no clock; what it prints before it
// gives up (a failed assertion) becomes the reason.
function system(memory, words) {
  const EBADF = 8;
  const write = (file, parts, count, written) => {
    const view = new DataView(memory().buffer);
    let bytes = 0;
    for (let i = 0; i < count; i++) {
      const at = view.getUint32(parts + 8 * i, true);
      const length = view.getUint32(parts + 8 * i + 4, true);
      words.push(new TextDecoder().decode(new Uint8Array(memory().buffer, at, length).slice()));
      bytes += length;
    }
    view.setUint32(written, bytes, true);
    return 0;
  };
  const leave = (status) => {
    throw new EngineStopped(words.join("").trim() || `exit ${status}`);
  };
  const named = { fd_write: write, proc_exit: leave, abort: leave, emscripten_notify_memory_growth() {} };
  return (name) => named[name] ?? (() => EBADF);
}

// bytes: of engine.wasm. Rejects when they are no such module, or the browser allows none.
export async function instantiate(bytes) {
  const words = [];
  let exports = null;
  const answerOf = system(() => exports.memory, words);
  const module = await WebAssembly.compile(bytes);
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module))
    (imports[from] ??= {})[name] = answerOf(name);
  ({ exports } = await WebAssembly.instantiate(module, imports));
  return engine(exports, words);
}

function engine(exports, words) {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let stopped = null;

  // Whatever ends a call early leaves the memory in the middle of something.
  const guarded = (work) => {
    if (stopped) throw stopped;
    try {
      return work();
    } catch (error) {
      stopped = error instanceof EngineStopped ? error : new EngineStopped(error.message);
      throw stopped;
    } finally {
      words.length = 0;
    }
  };
  const textAt = (address) => {
    const memory = new Uint8Array(exports.memory.buffer);
    return decoder.decode(memory.slice(address, memory.indexOf(0, address)));
  };
  const send = (door, bytes) => {
    const room = exports.muster_module_room(bytes.length || 1);
    if (!room) throw new EngineStopped("out of memory");
    new Uint8Array(exports.memory.buffer).set(bytes, room);
    const answer = door(desk, room, bytes.length);
    exports.muster_module_clear(room);
    if (!answer) throw new EngineStopped("out of memory");
    const text = textAt(answer);
    exports.muster_module_give_back(desk, answer);
    return text;
  };
  const bytesOf = (request) => (request instanceof Uint8Array ? request : encoder.encode(JSON.stringify(request)));
  const callText = (request) => guarded(() => send(exports.muster_module_call, bytesOf(request)));

  const desk = guarded(() => {
    exports._initialize?.();
    const opened = exports.muster_module_open();
    if (!opened) throw new EngineStopped("out of memory");
    return opened;
  });
  return {
    // An object, or the bytes of a request; the answer is a document, of failures too.
    call: (request) => JSON.parse(callText(request)),
    // The same, not yet read.
    callText,
    // The bytes of a land extract (sim/world/README.md); the answer is a list of what is wrong with them.
    land: (bytes) => JSON.parse(guarded(() => send(exports.muster_module_land, bytes))),
    // The same for routes found elsewhere (muster_routes_write): before a scenario is opened.
    routes: (bytes) => JSON.parse(guarded(() => send(exports.muster_module_routes, bytes))),
    memoryBytes: () => exports.memory.buffer.byteLength,
  };
}
