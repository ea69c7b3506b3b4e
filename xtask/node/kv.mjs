// KV for bare workerd: the HTTP protocol that a `kvNamespace` binding speaks, on a map in memory.
// For benches only: nothing is kept, nothing expires, and metadata comes back with the value and in
// lists but is not checked.

const entries = new Map();

const LIST_LIMIT_MAX = 1000;

export default {
  async fetch(request) {
    const url = new URL(request.url);
    const path = url.pathname.slice(1);
    const key = url.searchParams.get("urlencoded") === "true" ? decodeURIComponent(path) : path;
    switch (request.method) {
      case "GET":
        return key === "" ? list(url.searchParams) : read(key);
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

function read(key) {
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
