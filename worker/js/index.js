// The worker's entry: the way of a batch of events from its request to the object, and the objects' classes.
//
// Wrapping every request, header and promise for Rust costs more than all the rules, so on this one path
// JavaScript holds them, and what crosses to Rust is bytes: once a request, and once a commit. Not here: any rule.
// What is accepted, what is refused and in which words, Rust says.

import { DurableObject } from "cloudflare:workers";
import Rust, { Directory, Workspace as Core } from "./rust.js";

const { admit, answer, broken, collect, learn, leave, limited, limits, read, refusals } = Rust.prototype;
const [
  BODY_BYTES_MAX,
  WAITING_MAX,
  WAITING_BYTES_MAX,
  GROUP_WAIT_MS,
  GROUP_MAX,
  SENT_AWAY_AFTER_MS,
  BALLAST_WORDS,
] = limits();
const instance = globalThis.__worker_init_state;

const HEADERS = new Headers({ "content-type": "application/json", "access-control-allow-origin": "*" });
const ACCEPTED = { headers: HEADERS };

export { Directory };

export default {
  fetch(request, env, context) {
    return isBatch(request, env) ? take(request, env, context) : new Rust(context, env).fetch(request);
  },
};

// Whether it is `POST /e` of the public host; the platform has brought the URL into its one form.
function isBatch({ method, url }, env) {
  if (method !== "POST" || !url.endsWith("/e")) return false;
  const host = url.slice(url.indexOf("//") + 2, -2);
  return host === env.PUBLIC_HOST || (host.startsWith(env.PUBLIC_HOST) && /^:\d+$/.test(host.slice(env.PUBLIC_HOST.length)));
}

// Answers a batch of events.
async function take(request, env, context) {
  let place;
  try {
    renew(env, context);
    // V8 does not see what a request holds outside its heap; `limit.rs` says more.
    request.ballast = new Array(BALLAST_WORDS).fill(0);
    const address = request.headers.get("cf-connecting-ip") ?? "";
    place = admit(env, address);
    const step = "status" in place ? place : await store(request, address, place.client, env);
    // Refusals are counted after their senders have the answer, many at a time.
    if (step.countIn !== undefined) context.waitUntil(count(step.countIn, env));
    if (step.status === 503) await wait(SENT_AWAY_AFTER_MS);
    return respond(step);
  } catch (error) {
    note(error);
    renew(env, context);
    return respond(broken(String(error)));
  } finally {
    if (place?.number !== undefined) leave(place.number);
  }
}

// Takes a batch through the steps; what to answer.
async function store(request, address, client, env) {
  const { headers } = request;
  const length = headers.get("content-length");
  const body =
    length !== null && length <= BODY_BYTES_MAX ? new Uint8Array(await request.arrayBuffer()) : await read(request);
  if (client !== undefined && !(await within(env.CLIENT_LIMIT, client))) return limited();
  const batch = [body, headers.get("origin") ?? "", headers.get("user-agent") ?? "", address];
  let step = collect(...batch, false);
  if (!("workspace" in step) && "site" in step) {
    await learn(env, step.site);
    step = collect(...batch, true);
  }
  if (!("workspace" in step)) return step;
  if (!(await within(env.SITE_LIMIT, step.site))) return limited();
  return answer(step.refused, await env.WORKSPACE.getByName(step.workspace).append(step.frame));
}

// Whether a limiter of the platform's lets it pass, where there is one; one that fails does: it must not cost an event.
async function within(limiter, key) {
  try {
    return limiter === undefined || (await limiter.limit({ key })).success;
  } catch (error) {
    console.error("the platform's limiter", error);
    return true;
  }
}

async function count(ms, env) {
  await wait(ms);
  for (const { workspace, frame } of refusals()) {
    await env.WORKSPACE.getByName(workspace)
      .append(frame)
      .catch((error) => console.error("refusals were not counted", error));
  }
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function respond({ status, text, retryAfter }) {
  if (status === 200) return new Response(text, ACCEPTED);
  const headers = new Headers(HEADERS);
  if (retryAfter !== undefined) {
    headers.set("retry-after", retryAfter);
    headers.set("access-control-expose-headers", "retry-after");
  }
  return new Response(text, { status, headers });
}

// After a trap the instance is not used again.
function note(error) {
  if (error instanceof WebAssembly.RuntimeError) instance.criticalError = true;
}

function renew(env, context) {
  // Making the entrypoint makes a broken instance anew.
  if (instance.criticalError) new Rust(context, env);
}

export class Workspace extends DurableObject {
  #core;
  #waiting = [];
  #bytes = 0;

  constructor(state, env) {
    super(state, env);
    this.#core = new Core(state, env);
  }

  // Stores a batch: the reply comes when it is committed, `null` when too much waits. The first to come waits a few
  // milliseconds for others, unless many come, and what waits together is committed together.
  append(frame) {
    if (this.#waiting.length >= WAITING_MAX || this.#bytes + frame.length > WAITING_BYTES_MAX) return null;
    return new Promise((resolve, reject) => {
      this.#bytes += frame.length;
      const waiting = this.#waiting.push({ frame, resolve, reject });
      if (waiting === 1) setTimeout(() => this.#commit(), GROUP_WAIT_MS);
      if (waiting === GROUP_MAX) this.#commit();
    });
  }

  #commit() {
    const group = this.#waiting;
    if (group.length === 0) return;
    this.#waiting = [];
    this.#bytes = 0;
    const frames = group.map(({ frame }) => frame);
    try {
      const replies = this.#core.commit(frames);
      group.forEach(({ resolve }, at) => resolve(replies[at]));
    } catch (error) {
      // A trap has rolled the transaction back. Whoever waited may send again, and then each event is alone.
      if (error instanceof WebAssembly.RuntimeError) this.#core.suspect(frames);
      for (const { reject } of group) reject(error);
    }
  }

  fetch(request) {
    return this.#core.fetch(request);
  }

  alarm() {
    return this.#core.alarm();
  }

  webSocketMessage(socket, message) {
    return this.#core.webSocketMessage(socket, message);
  }

  webSocketClose(socket, code, reason, clean) {
    return this.#core.webSocketClose(socket, code, reason, clean);
  }

  webSocketError(socket, error) {
    return this.#core.webSocketError(socket, error);
  }
}
