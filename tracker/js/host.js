// What the wasm asks of the page (declared in src/host.rs), and the way into it: `run`.
// Not here: listening to the page (loader.js), and any rule (Rust).
// Nothing here throws: an error must not cross the wasm, which would not clear its stack.
import { landed, tick } from "trellis-glue";

// The tag that started this script.
export const tag = document.currentScript || document.querySelector("script[data-site]");

const events = []; // those that wait, each the JSON of one event
const mine = new Set(); // the keys of those that wait here or are on their way
const encoder = new TextEncoder();
const prefix = `_trl.${tag?.dataset.site}.`;
let allowed; // whether anything may be stored or sent; until then events wait in memory
let visitor; // the visitor id when storage is blocked
let timer;

// Calls a function of the wasm, and `tick` when it says so. Its errors end here.
export const run = (enter, ...args) => {
  try {
    const wait = enter(...args);
    clearTimeout(timer);
    if (wait >= 0) timer = setTimeout(run, wait, tick);
  } catch {}
};

// Writes as many whole characters as fit, and answers the bytes.
const write = (text, into) => encoder.encodeInto(text, into).written;

export const cell = (rows, row, name, into) => {
  try {
    if (!(row in rows)) return -1;
    const { [name]: value, selectedOptions } = rows[row];
    const values = name == "value" && selectedOptions ? [...selectedOptions].map((option) => option.value) : [value];
    return write(values.join(", ").trim(), into); // null and undefined give ""
  } catch {
    return 0;
  }
};

export const option = (name) => tag.dataset[name] || "";

export const setting = (name, into) => write(option(name), into);

// Does something with the storage, which may be blocked or full; what was decided is read in any case.
const within = (act, always) => {
  try {
    if (allowed || always) return act(localStorage);
  } catch {}
};

// What the visitor decided: "1", "0", or undefined. Without a decision the site's option counts.
export const decided = within((store) => store._trc, 1);
allowed = decided ? decided == 1 : tag?.dataset.consent != "required";

export const isAllowed = () => allowed;

// The visitor decides. Consent stores what waits; a refusal forgets everything but itself.
export const decide = (given) => {
  allowed = given;
  if (given) events.forEach(save);
  else {
    events.length = 0;
    mine.clear();
    visitor = 0;
  }
  within((store) => {
    if (!given) Object.keys(store).forEach((name) => (name == "_trl" || name.startsWith(prefix)) && store.removeItem(name));
    store._trc = +given;
  }, 1);
};

export const stored = () => within((store) => store._trl) || visitor;

export const recall = (into) => write(stored() || "", into);

export const keep = (id) => {
  if (allowed) visitor = id;
  within((store) => (store._trl = id));
};

// Each event is stored under its id, so that no tab overwrites another's; ids sort by time.
const key = (event) => prefix + event.slice(7, 43);

const save = (event) => within((store) => (store[key(event)] = event));

export const push = (event) => {
  mine.add(key(event));
  save(event);
  return events.push(event);
};

export const restore = (oldest) => {
  within((store) => {
    const found = Object.keys(store).filter((name) => {
      if (!name.startsWith(prefix) || mine.has(name)) return;
      try {
        if (JSON.parse(store[name]).at > oldest && key(store[name]) == name) return mine.add(name);
      } catch {}
      store.removeItem(name);
    });
    events.unshift(...found.sort().map((name) => store[name]));
  });
  return events.length;
};

export const waiting = (place, into) => {
  const event = (allowed && events[place]) || "";
  const { read, written } = encoder.encodeInto(event, into);
  return read && read == event.length ? written : -1;
};

export const forget = (count, stay) => {
  for (const event of events.splice(0, count)) {
    mine.delete(key(event));
    stay || within((store) => store.removeItem(key(event)));
  }
  return events.length;
};

// Where events go: `data-endpoint`, else `/e`, both seen from the script's own address.
const endpoint = () => new URL(option("endpoint") || "/e", tag.src);

// A text body makes this a simple request: no preflight. Browsers refuse large ones with `keepalive`.
export const post = async (body, count) => {
  const batch = events.splice(0, count);
  let status = 0;
  let after = 0;
  try {
    const signal = AbortSignal.timeout?.(1e4);
    const answer = await fetch(endpoint(), { method: "POST", body, credentials: "omit", keepalive: body.length < 2e4, signal });
    status = answer.status;
    after = answer.headers.get("retry-after");
  } catch {}
  if (allowed) events.unshift(...batch);
  run(landed, status, count, after);
};

export const beacon = (body) => {
  try {
    return navigator.sendBeacon(endpoint(), body);
  } catch {
    return false;
  }
};
