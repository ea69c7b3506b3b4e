// What the wasm asks of the page (declared in src/host.rs), and the way into it: `run`.
// Not here: listening to the page (loader.js), and any rule (Rust).
// Nothing here throws: an error must not cross the wasm, which would not clear its stack.
import { landed, tick } from "trellis-glue";

// The tag that started this script.
export const tag = document.currentScript || document.querySelector("script[data-site]");

const events = []; // those that wait, each the JSON of one event
const encoder = new TextEncoder();
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

export const stored = () => {
  try {
    return localStorage._trl || visitor;
  } catch {
    return visitor;
  }
};

export const recall = (into) => write(stored() || "", into);

export const keep = (id) => {
  visitor = id;
  try {
    localStorage._trl = id;
  } catch {}
};

export const push = (event) => events.push(event);

export const waiting = (place, into) => {
  const event = events[place] || "";
  const { read, written } = encoder.encodeInto(event, into);
  return read && read == event.length ? written : -1;
};

export const forget = (count) => {
  events.splice(0, count);
  return events.length;
};

// Where events go: `data-endpoint`, else `/e`, both seen from the script's own address.
const endpoint = () => new URL(option("endpoint") || "/e", tag.src);

// A text body makes this a simple request: no preflight. Browsers refuse large ones with `keepalive`.
export const post = async (body, count) => {
  const batch = events.splice(0, count);
  let status = 0;
  try {
    status = (await fetch(endpoint(), { method: "POST", body, credentials: "omit", keepalive: body.length < 2e4 })).status;
  } catch {}
  events.unshift(...batch);
  run(landed, status, count);
};

export const beacon = (body) => {
  try {
    return navigator.sendBeacon(endpoint(), body);
  } catch {
    return false;
  }
};
