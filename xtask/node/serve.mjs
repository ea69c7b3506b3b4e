// The worker on this machine: Miniflare with the built modules, its data kept on disk.
//
//   node serve.mjs --port N --worker DIR --dist DIR --data DIR [--bind KEY=VALUE ...] [--limiter NAME=REQUESTS ...]
//
// A limiter is one of the platform's, for 10 seconds; without it the worker has none.
//
// Prints one JSON line on stdout when it answers, {"ready":true,"port":N}, and nothing else there;
// what the worker logs goes to stderr. Port 0 takes any free port. Ends when stdin closes, so that
// it dies with its parent, and on SIGINT and SIGTERM.
//
// Not a build step and not a watcher: the caller hands over built files. Killing this process, or its
// group, with SIGKILL ends workerd too (see workerd-tied.sh) and loses no row that was committed.

import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { Log, LogLevel, Miniflare } from "miniflare";
import workerd from "workerd";

import { readSettings } from "./settings.mjs";

// Both names of the loopback reach this address: a client that tries ::1 first falls back to it.
const HOST = "127.0.0.1";
const WORKER_NAME = "trellis";

/** Miniflare's own messages, kept off stdout. */
class StderrLog extends Log {
  log(message) {
    process.stderr.write(`${message}\n`);
  }
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      worker: { type: "string" },
      dist: { type: "string" },
      data: { type: "string" },
      bind: { type: "string", multiple: true, default: [] },
      limiter: { type: "string", multiple: true, default: [] },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`--port ${values.port} is not a port`);
  for (const name of ["worker", "dist", "data"]) {
    if (!values[name]) fail(`--${name} DIR is missing`);
  }
  for (const file of [join(values.worker, "index.js"), join(values.worker, "index_bg.wasm"), values.dist]) {
    if (!existsSync(file)) fail(`${file} does not exist: build first`);
  }
  return {
    port,
    worker: values.worker,
    dist: values.dist,
    data: values.data,
    bindings: { APP_HOST: "localhost", PUBLIC_HOST: "127.0.0.1", ...readPairs("bind", values.bind) },
    limiters: readPairs("limiter", values.limiter),
  };
}

function readPairs(option, pairs) {
  const read = (pair) => {
    const at = pair.indexOf("=");
    if (at < 1) fail(`--${option} ${pair} is not KEY=VALUE`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  };
  return Object.fromEntries(pairs.map(read));
}

function optionsFor({ port, worker, dist, data, bindings, limiters }) {
  const settings = readSettings();
  return {
    name: WORKER_NAME,
    host: HOST,
    port,
    cf: false,
    log: new StderrLog(LogLevel.WARN),
    handleRuntimeStdio(stdout, stderr) {
      stdout.pipe(process.stderr, { end: false });
      stderr.pipe(process.stderr, { end: false });
    },
    compatibilityDate: settings.compatibilityDate,
    compatibilityFlags: settings.compatibilityFlags,
    modules: [
      { type: "ESModule", path: "index.js", contents: readFileSync(join(worker, "index.js"), "utf8") },
      { type: "CompiledWasm", path: "index_bg.wasm", contents: readFileSync(join(worker, "index_bg.wasm")) },
    ],
    bindings,
    ratelimits: Object.fromEntries(
      Object.entries(limiters).map(([name, limit]) => [name, { simple: { limit: Number(limit), period: 10 } }]),
    ),
    durableObjects: {
      WORKSPACE: { className: "Workspace", useSQLite: true },
      DIRECTORY: { className: "Directory", useSQLite: true },
    },
    durableObjectsPersist: join(data, "objects"),
    kvNamespaces: { EDGE: "edge" },
    kvPersist: join(data, "kv"),
    assets: {
      binding: "ASSETS",
      directory: dist,
      routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true },
      assetConfig: { html_handling: settings.htmlHandling, not_found_handling: settings.notFoundHandling },
    },
  };
}

/** Points Miniflare at the wrapper that ties workerd's life to this process. */
function tieWorkerd() {
  process.env.TRELLIS_WORKERD_BIN = workerd.default;
  process.env.MINIFLARE_WORKERD_PATH = fileURLToPath(new URL("workerd-tied.sh", import.meta.url));
}

function fail(message) {
  process.stderr.write(`serve: ${message}\n`);
  process.exit(1);
}

const given = readArguments();
given.dist = realpathSync(given.dist);
given.data = resolve(given.data);
mkdirSync(given.data, { recursive: true });
tieWorkerd();

const runtime = new Miniflare(optionsFor(given));
let ending = false;
async function end() {
  if (ending) return;
  ending = true;
  await runtime.dispose().catch(() => {});
  process.exit(0);
}
process.on("SIGINT", end);
process.on("SIGTERM", end);
process.stdin.on("end", end).on("close", end).on("error", end).resume();

try {
  const url = await runtime.ready;
  process.stdout.write(`${JSON.stringify({ ready: true, port: Number(url.port) })}\n`);
} catch (error) {
  if (!ending) fail(error.message);
}
