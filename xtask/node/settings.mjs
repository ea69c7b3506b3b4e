// What the local runtime takes from worker/wrangler.jsonc, so that the deployed worker and the local
// one cannot drift apart: the compatibility date and flags, and how static files are answered.
// Not a reader of the whole file: bindings are named in serve.mjs.

import { existsSync, readFileSync } from "node:fs";

const WRANGLER_FILE = new URL("../../worker/wrangler.jsonc", import.meta.url);

const DEFAULTS = {
  compatibilityDate: "2026-04-01",
  compatibilityFlags: [],
  htmlHandling: "auto-trailing-slash",
  notFoundHandling: "none",
};

/** Reads the settings; a missing file means the defaults, an unreadable one is an error. */
export function readSettings(file = WRANGLER_FILE) {
  if (!existsSync(file)) return DEFAULTS;
  const config = parseJsonc(readFileSync(file, "utf8"));
  return {
    compatibilityDate: config.compatibility_date ?? DEFAULTS.compatibilityDate,
    compatibilityFlags: config.compatibility_flags ?? DEFAULTS.compatibilityFlags,
    htmlHandling: config.assets?.html_handling ?? DEFAULTS.htmlHandling,
    notFoundHandling: config.assets?.not_found_handling ?? DEFAULTS.notFoundHandling,
  };
}

/** JSON with comments and trailing commas. A string is kept whole, whatever it holds. */
export function parseJsonc(text) {
  const token = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[^]*?\*\/|,(?=(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*[\]}])/g;
  return JSON.parse(text.replace(token, (found) => (found.startsWith('"') ? found : "")));
}
