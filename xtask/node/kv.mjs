// KV for bare workerd: the HTTP protocol that a `kvNamespace` binding speaks, on a map in memory.
// For benches only: nothing is kept, nothing expires, and metadata comes back with the value and in
// lists but is not checked.
//
// With a seed in FAULTS it is as bad as KV may be: of ten calls one fails, one comes late, and one read gives what was there
// before, or nothing.

const entries = new Map();
/** What each key held before. */
const before = new Map();

const LATE_MS = 300;

const LIST_LIMIT_MAX = 1000;

let state = 0;

/** What is wrong with this call: "fails", "late", "stale" or nothing. The same seed gives the same faults. */
function draw(seed) {
  state ||= (Number(seed) >>> 0) + 1;
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return ["fails", "late", "stale"][Math.floor((state / 2 ** 32) * 10)];
}

export default {
  async fetch(request, env) {
    const fault = env.FAULTS === undefined ? undefined : draw(env.FAULTS);
    if (fault === "fails") {
      // A body that nobody reads would leave its sender waiting for ever.
      await request.arrayBuffer();
      return new Response("KV is out of order", { status: 503 });
    }
    if (fault === "late") await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    const url = new URL(request.url);
    const path = url.pathname.slice(1);
    const key = url.searchParams.get("urlencoded") === "true" ? decodeURIComponent(path) : path;
    switch (request.method) {
      case "GET":
        return key === "" ? list(url.searchParams) : read(key, fault === "stale" ? before : entries);
      case "POST":
        return readMany(await request.json());
      case "PUT":
        return write(key, request);
      case "DELETE":
        entries.delete(key);
        return new Response();
      default:
        return new Response(null, { status: 405 });
    }
  },
};

function read(key, entries) {
  const entry = entries.get(key);
  if (entry === undefined) return new Response(null, { status: 404 });
  const headers = entry.metadata === null ? {} : { "CF-KV-Metadata": entry.metadata };
  return new Response(entry.value, { headers });
}

function readMany({ keys, type }) {
  const decode = (key) => {
    const entry = entries.get(key);
    if (entry === undefined) return null;
    const text = new TextDecoder().decode(entry.value);
    return type === "json" ? JSON.parse(text) : text;
  };
  return Response.json(Object.fromEntries(keys.map((key) => [key, decode(key)])));
}

async function write(key, request) {
  if (entries.has(key)) before.set(key, entries.get(key));
  entries.set(key, {
    value: await request.arrayBuffer(),
    metadata: request.headers.get("CF-KV-Metadata"),
  });
  return new Response();
}

function list(params) {
  const prefix = params.get("prefix") ?? "";
  const after = params.get("cursor") ?? "";
  const limit = Math.min(Number(params.get("key_count_limit") ?? LIST_LIMIT_MAX), LIST_LIMIT_MAX);
  const names = [...entries.keys()].filter((name) => name.startsWith(prefix) && name > after).sort();
  const page = names.slice(0, limit);
  const keys = page.map((name) => {
    const { metadata } = entries.get(name);
    return metadata === null ? { name } : { name, metadata: JSON.parse(metadata) };
  });
  const complete = names.length <= limit;
  return Response.json({ keys, list_complete: complete, ...(complete ? {} : { cursor: page.at(-1) }) });
}
