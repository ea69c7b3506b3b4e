// What the wasm asks of the page (declared in src/host.rs), and the way into it: `run`. Events wait here.
// Not here: listening to the page (loader.js), and when a batch goes (Rust).
// Nothing here throws: an error must not cross the wasm, which would not clear its stack.
import { landed, tick } from "trellis-glue";
import { isAllowed, isOff, known } from "./visitor.js";
import { option, tag } from "./tag.js";

const KEPT_MS = 6048e5; // events wait for a later page for 7 days
const KEPT = 1e3; // and so many of them, the oldest going first
const BATCH = 50; // events of a batch, and
const BATCH_CHARS = 2e4; // its length: no more than the 64 KiB of a body, whatever the characters

let events = []; // those that wait, each the JSON of one event
let sent = []; // those of the last post
let failing; // whether it got no answer
const kept = new Set(); // those that are stored
let told; // the last event that went by beacon
let parts; // of the event that is added
let timer;
const prefix = `_trl.${tag?.dataset.site}.`;

// Calls a function of the wasm, and `tick` when it says so. Its errors end here.
export const run = (enter, ...args) => {
  try {
    const wait = enter(performance.now(), ...args);
    clearTimeout(timer);
    if (wait >= 0) timer = setTimeout(run, wait, tick);
  } catch {}
};

// What `take` gives next.
export const bring = (text) => (parts = text);

export const take = (into) => new TextEncoder().encodeInto(parts, into).written;

// Does something with the storage, which may be blocked or full.
const within = (act) => {
  try {
    act(localStorage);
  } catch {}
};

// Each event is stored under its id, so that no tab overwrites another's; ids sort by time.
const key = (event) => prefix + event.slice(7, 43);

// Stores what waits: the page may go, or the collector did not answer. While all goes well nothing is
// stored, since storing takes the page's time.
export const keep = (list) =>
  isAllowed() &&
  within((store) => {
    for (const event of list)
      if (!kept.has(event)) {
        store[key(event)] = event;
        kept.add(event);
      }
  });

const remove = (event) => kept.delete(event) && within((store) => store.removeItem(key(event)));

export const push = (bytes) => {
  if (events.push(new TextDecoder().decode(bytes)) > KEPT) remove(events.shift());
  if (failing) keep(events);
  return events.length;
};

export const waiting = () => events.length;

// The visitor refused.
export const clear = () => {
  events = [];
  kept.clear();
  within((store) => Object.keys(store).forEach((name) => name.startsWith(prefix) && store.removeItem(name)));
};

// Lets those wait again that earlier pages stored and saw no answer for; gives their number.
export const restore = () => {
  let found = [];
  if (isAllowed())
    within((store) => {
      for (const name of Object.keys(store).sort())
        if (name.startsWith(prefix)) {
          const event = store[name];
          let at;
          try {
            at = JSON.parse(event).at;
          } catch {}
          if (!(at > Date.now() - KEPT_MS)) store.removeItem(name);
          else if (!kept.has(event)) found.push(event);
        }
    });
  found = found.slice(-KEPT);
  found.forEach((event) => kept.add(event));
  events = [...found, ...events];
  return found.length;
};

export const forget = () => {
  failing = 0;
  sent.forEach(remove);
  events = events.filter((event) => !sent.includes(event));
  return events.length;
};

// Where events go: `data-endpoint`, else `/e`, both seen from the script's own address.
export const endpoint = () => new URL(option("endpoint") || "/e", tag.src).href;

export const body = (events) =>
  `{"v":1,"site":${JSON.stringify(option("site"))},"visitor":"${known()}","sent":${Date.now()},"consent":true,${
    navigator.webdriver ? '"automated":true,' : ""
  }"events":[${events}]}`;

// The first events of a list, from there on, that a batch may hold.
const batch = (list, from) => {
  let chars = 0;
  return list.slice(from, from + BATCH).filter((event, place) => (chars += event.length) < BATCH_CHARS || !place);
};

// Hands a list to the browser to be sent, batch by batch, and answers how many it took. Not without knowing who
// the visitor is, and whether another tab was told to stop.
export const tell = (list, batches) => {
  let taken = 0;
  try {
    for (let some; batches-- && known() && (some = batch(list, taken))[0] && navigator.sendBeacon(endpoint(), body(some)); )
      taken += some.length;
  } catch {}
  return taken;
};

// A text body makes this a simple request: no preflight. Browsers refuse large ones with `keepalive`.
const deliver = async (body) => {
  let status = 0;
  let after = 0;
  try {
    await 0; // whatever fails, fails after the wasm has heard that the batch left
    const signal = AbortSignal.timeout?.(1e4);
    const answer = await fetch(endpoint(), { method: "POST", body, credentials: "omit", keepalive: body.length < 3e4, signal });
    status = answer.status;
    after = answer.headers.get("retry-after");
  } catch {}
  failing = 1;
  run(landed, status, after, Math.random() * 256);
  if (failing) keep(events);
};

export const post = () => {
  sent = known() ? batch(events, 0) : [];
  if (isOff()) clear();
  if (sent[0]) deliver(body(sent));
  return sent.length > 0;
};

// A second beacon of the same events would tell nothing new.
export const beacon = () => {
  if (!known()) return;
  keep(events);
  const newest = events[events.length - 1];
  if (newest != told && tell(events, 1e3) == events.length) told = newest;
};
