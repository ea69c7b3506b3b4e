// Who the visitor is, which session this is, and what the visitor decided: in cookies of the widest domain
// that takes them, so that the sub-domains of a site share them. Where cookies are blocked the page remembers.
// Reading a cookie halts the page, so it is done once as the page begins, and then when something is sent.
// Not here: events.
import { option, tag } from "./tag.js";

const SILENCE_MS = 18e5; // a session ends after 30 minutes without an event
const LOOK_MS = 1e4; // how long a page may not know what another tab did
const STORE_MS = 6e4; // how long a cookie may not know of the last event
const LINK_MS = 12e4; // how long a decorated link says who follows it
const VALUE = /([\da-f-]{36})\.([\da-z]{1,16})\.([\da-z]{1,16})/; // visitor, session, the session's last event
const MARK = /[?&]_trl=([^&#]*)/; // such a value in a link

let asked; // whether the browser asks not to be tracked, once that is known
let decision; // "1", "0", or undefined
let visitor; // undefined until something is to be sent
let session;
let last = 0; // when the session's last event was
let looked = 0; // when the cookies were read
let stored = 0; // the session's last event as the cookie has it
let domain; // of the cookies, once one was taken

const cookies = () => {
  try {
    return document.cookie;
  } catch {
    return "";
  }
};

const read = (name, all = cookies()) => all.match(`(?:^|; )${name}=([^;]*)`)?.[1] || "";

// Browsers refuse a cookie for a public suffix, so the first domain that they take, from the right, is the
// site's. A name of one label is none, unless it is the whole host, and an address has no parts. What stands
// there already would look like a cookie that was taken.
const write = (name, value) => {
  try {
    if (read(name) == value) return;
    const { hostname } = location;
    const labels = /\d$/.test(hostname) ? [hostname] : hostname.split(".");
    let from = Math.max(labels.length - 2, 0);
    do {
      const into = domain || labels.slice(from).join(".");
      document.cookie = `${name}=${value};domain=${into};path=/;samesite=lax;max-age=${value ? 34e6 : 0}`;
      if (read(name) == value) domain = into;
    } while (!domain && from--);
  } catch {}
};

// The session of a page that goes on is newer than one that was stored before.
const understand = (text) => {
  const [, id, began, at] = text.match(VALUE) || [];
  if (!id) return;
  visitor = id;
  stored = parseInt(at, 36);
  if (stored >= last) [session, last] = [began, stored];
};

const value = () => `${visitor}.${session}.${last.toString(36)}`;

const keep = () => {
  stored = last;
  write("_trl", value());
};

// Reads what this or another tab stored.
export const look = () => {
  const all = cookies();
  looked = Date.now();
  decision = read("_trc", all) || decision;
  if (decision == 0) visitor = last = 0;
  understand(read("_trl", all));
};

// Whether the browser asks not to be tracked.
const asks = () => (asked ??= option("signals") != "ignore" && (navigator.globalPrivacyControl || navigator.doNotTrack == 1));

// Whether nothing is to be seen at all.
export const isOff = () => asks() || decision == 0;

// Whether anything may be stored or sent; until then events wait in memory.
export const isAllowed = () => !isOff() && (decision == 1 || !("consent" in tag.dataset));

// The visitor decides, unless the browser did.
export const decide = (given) => {
  if (asks()) return;
  write("_trc", (decision = `${+given}`));
  if (!given) write("_trl", "");
  look();
};

// The session that an event of this moment belongs to.
export const sessionAt = (now) => {
  if (now - looked > LOOK_MS) look();
  if (!(now - last < SILENCE_MS)) session = now.toString(36);
  last = Math.max(last, now);
  return session;
};

// Who the visitor is, for something that is sent. It may be another tab that knows.
export const known = () => {
  if (!visitor || Date.now() - looked > LOOK_MS) look();
  if (!isAllowed()) return "";
  if (!visitor || last - stored > STORE_MS) {
    visitor ||= uuid();
    keep();
  }
  return visitor;
};

// A UUID of version 7: the time, then chance.
export const uuid = (now = Date.now()) => {
  const time = "0" + now.toString(16);
  const chance = [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => (byte + 256).toString(16).slice(1)).join("");
  return (time + "7" + chance.slice(0, 3) + "8" + chance.slice(3)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
};

// The entry of `data-domains` that the host is on.
export const listed = (host) => option("domains").toLowerCase().split(/[\s,]+/).find((domain) => domain && `.${host}`.endsWith("." + domain));

// A link to another of the company's domains takes the visitor along.
export const decorate = (link) => {
  const to = listed(link.hostname);
  if (!to || to == listed(location.hostname) || !known()) return;
  last = Date.now();
  const search = link.search.replace(MARK, "");
  link.search = search + (search ? "&" : "?") + "_trl=" + value();
};

// Somebody comes by such a link. The mark is taken out of the address bar: what is copied from there says nothing.
export const arrive = () => {
  const [mark, carried] = location.search.match(MARK) || [];
  if (!mark) return;
  try {
    history.replaceState(history.state, "", location.href.replace(mark + "&", mark[0]).replace(mark, ""));
  } catch {}
  look();
  const from = document.referrer && new URL(document.referrer).hostname;
  const [, , , at] = carried.match(VALUE) || [];
  if (isOff() || !listed(from) || !(Date.now() - parseInt(at, 36) < LINK_MS)) return;
  last = 0;
  understand(carried);
  if (isAllowed()) keep();
};
