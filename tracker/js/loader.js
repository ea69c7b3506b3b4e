// The tracker's entry: listens to the page, loads the wasm, and hands it what happens.
// Not here: what an event may hold (Rust; form.js), or what the wasm asks of the page (host.js).
//
//   <script defer src="https://…/t.js" data-site="main.demo"></script>
//
// t.js and t.wasm are built by xtask/src/build/tracker.rs and belong together. They are served side by
// side; when the site is another origin, t.wasm with `access-control-allow-origin: *`, and so the answers
// of the endpoint. What a site may say in the tag and call is in docs/tracker.md.
import { add, begin as enter, imports, resume, visibility } from "trellis-glue";
import { bring, clear, endpoint, keep, restore, run, tell, waiting } from "trellis-host";
import { spent, use, wake } from "./engagement.js";
import { answers, around, formName, isCounted, isHushed } from "./form.js";
import { mask } from "./mask.js";
import { plain } from "./plain.js";
import { option, tag } from "./tag.js";
import { arrive, decide, decorate, isAllowed, isOff, known, listed, look, sessionAt, uuid } from "./visitor.js";

// Does something when the page has nothing better to do: it does not wait for the tracker as it begins.
const later = (act) => (window.requestIdleCallback || setTimeout)(guarded(act), { timeout: 2e3 });

// A function whose errors never reach the page.
const guarded =
  (run) =>
  (...args) => {
    try {
      run(...args);
    } catch {}
  };

let early = []; // events that came before the wasm; undefined once it is there
let begun; // listening
let informed; // of what the browser asks for and the visitor decided
let loading; // the wasm
let failed; // the wasm will not come, or not soon
let tries = 0; // to fetch it
let flushing; // the next time that events go without it
let seen = ""; // the URL of the last page view
let view; // a page view that waits for its title
let settling;
let handled; // the form submitted last: a site's handler may call `form.submit()` when it is content
let handledAt;
const viewed = new WeakSet(); // forms that were in sight
const started = new WeakSet(); // forms that somebody began to fill in

const text = (part) => String(part ?? "").slice(0, 4096).replace(/\x1f/g, " ").trim();

// Something happened. `pairs` are names and values, `of` says of what: `fields` or `props`. What is odd about
// them shows here, where it harms no other event.
const see = (kind, { url = here(), referrer, title, form, name, of, pairs = [], urgent }) => {
  settle();
  if (informed && isOff()) return;
  const [said, ...more] = [url, referrer, title, form, name, of, ...pairs.flat()].map(text);
  const event = { now: Date.now(), kind, url: said, more, urgent };
  if (!early) return hand(event);
  if (early.length < 1e3) early.push(event);
  if (failed) flushing ||= setTimeout(flush, 1e3);
};

// An event as the text of its parts, in the order that Rust's `event` reads them.
const parts = (event) => {
  const { now, kind, url, more } = event;
  event.id ||= uuid(now);
  return [event.id, now, kind, url, sessionAt(now), ...more].join("\x1f");
};

// Hands an event to the wasm.
const hand = (event) => {
  bring(parts(event));
  run(add, event.urgent);
};

// Sends what came early by beacon: where the wasm will not come, a batch a second, and all when the page is hidden.
// Should the wasm come after all, it sends it again: ids make that harmless.
const flush = guarded(() => {
  clearTimeout(flushing);
  flushing = 0;
  if (!early[0] || !known()) return;
  const list = early.map((event) => plain(parts(event)));
  if (!failed) keep(list);
  const taken = tell(list, document.hidden ? 1e3 : 1);
  if (!failed) return;
  early = early.slice(taken);
  if (early[0]) flushing = setTimeout(flush, 1e3);
});

// Lets a waiting page view go.
const settle = () => {
  clearTimeout(settling);
  const about = view;
  view = 0;
  if (about) see("page_view", { ...about, title: document.title });
};

// Where the document is.
const here = () => mask(location.href);

// A mere anchor (`#prices`) is no other page; the fragments that routers use (`#/prices`, `#!prices`) are,
// and all of them where the site says `data-hash`.
const page = (url) => ("hash" in tag.dataset ? url : url.replace(/#(?![/!]).*/, ""));

// The URL may have changed. Sites set the title a little after it, so the page view waits for that.
const moved = guarded(() => {
  const url = here();
  if (page(url) == page(seen)) return;
  settle();
  tellUse();
  view = { url, referrer: seen };
  seen = url;
  settling = setTimeout(settle, 200);
});

// What `trellis(…)` does; what it does not know it ignores.
const trellis = guarded((command, name, more) => {
  const pairs = Object.entries(more || {});
  if (command == "track" && name) see("custom", { name, of: "props", pairs });
  if (command == "identify" && name) see("identify", { of: "fields", pairs: [["email", name], ...pairs], urgent: true });
  if (command == "consent") choose(!!name);
  if (command == "optOut") choose(false);
  if (command == "segments") segments(name);
});

// Asks for the segments that this browser is in. Whoever may not be known is in none.
const segments = async (tell) => {
  let found = [];
  try {
    const url = new URL(`s/${known()}?site=${option("site")}`, endpoint());
    if (known()) found = (await (await fetch(url, { credentials: "omit" })).json()).segments;
  } catch {}
  guarded(tell)(found || []);
};

// The visitor decides. Who was not seen until now is seen from here on.
const choose = (given) => {
  look();
  const wasOff = isOff();
  if (wasOff) hush();
  decide(given);
  if (isOff()) hush();
  else if (wasOff) begin();
  else if (early) failed ? flush() : load();
  else run(resume, waiting());
};

// Forgets what waits.
const hush = () => {
  clear();
  early &&= [];
};

const load = async () => {
  // Only now is it known what the browser asks for and what the visitor decided: reading that halts the page.
  look();
  informed = 1;
  if (isOff()) return hush();
  if (loading) return;
  loading = 1;
  let response;
  try {
    // The hash ties the two files of one build together, and under a page's own integrity check both.
    response = await fetch(new URL("t.wasm?" + WASM_INTEGRITY, tag.src), { integrity: WASM_INTEGRITY });
    // A server that does not know the type of .wasm has it refused here, before the body is read.
    const { instance } = await WebAssembly.instantiateStreaming(response, imports).catch(async () =>
      WebAssembly.instantiate(await response.arrayBuffer(), imports),
    );
    enter(instance.exports);
    const came = early;
    early = 0;
    came.forEach(hand);
    later(recover);
  } catch {
    failed = 1;
    flush();
    // What did not arrive may arrive later; what was refused will be again.
    if (!response?.ok && tries++ < 5) {
      loading = 0;
      setTimeout(load, 3e4);
    }
  }
};

// What earlier pages left goes after what this one has to say.
const recover = () => {
  if (restore()) run(resume, waiting());
};

const on = (type, act, target = window) => target.addEventListener(type, guarded(act), true);

const listen = () => {
  // Pages replace the functions of `history`; where there is the newer interface, nobody can hide from it. A page
  // may have something else of that name.
  const { navigation } = window;
  if (navigation?.currentEntry) on("currententrychange", moved, navigation);
  else
    for (const name of ["pushState", "replaceState"]) {
      const original = history[name];
      history[name] = function () {
        const result = original.apply(this, arguments);
        moved();
        return result;
      };
    }
  on("popstate", moved);
  on("online", () => run(resume, waiting()));
  // A page that comes back from the back/forward cache is seen again.
  on("pageshow", ({ persisted }) => persisted && see("page_view", { url: (seen = here()), title: document.title }));
  // `form.submit()` fires no event.
  const forms = HTMLFormElement.prototype;
  const { submit: send } = forms;
  forms.submit = function () {
    if (this != handled || Date.now() > handledAt + 5e3) guarded(submitted)({ target: this });
    return send.apply(this, arguments);
  };
  if ("engagement" in tag.dataset) for (const type of ["scroll", "pointermove", "keydown", "pointerdown"]) on(type, use);
  moved();
  later(load);
  later(watch);
};

// The document was shown or hidden.
const shown = () => {
  if (document.hidden) {
    settle();
    tellUse();
    if (early) flush();
  } else {
    wake();
    look();
    if (isOff()) hush();
  }
  run(visibility, document, waiting());
};

// Looks out for forms, also for those that come later.
const watch = () => {
  const sight = new IntersectionObserver(
    guarded((entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && noteForm("form_view", target, viewed))),
  );
  const observe = guarded(() => [...document.forms].forEach((form) => sight.observe(form)));
  new MutationObserver(observe).observe(document, { childList: true, subtree: true });
  observe();
};

// Tells how the page was used since it was last told.
const tellUse = () => {
  const pairs = "engagement" in tag.dataset && spent();
  if (pairs) see("user_engagement", { url: seen, of: "props", pairs });
};

// A form is seen and begun once a document.
const noteForm = (kind, form, noted) => {
  if (noted.has(form) || !isCounted(form)) return;
  noted.add(form);
  see(kind, { form: formName(form) });
};

// The element an event is about, also inside of an open shadow root. What is submitted there does not leave
// the root, so the root is listened to as soon as the visitor touches something in it.
const targetOf = (event) => {
  const [target] = event.composedPath();
  const root = target.getRootNode();
  if (root != document) root.addEventListener("submit", caught, true);
  return target;
};

const touched = (event) => {
  const target = targetOf(event);
  const form = target.form || around(target, "form");
  if (!form) return;
  noteForm("form_view", form, viewed);
  noteForm("form_start", form, started);
};

// Elements with `data-track` by the name it gives; links to hosts of others and to files as `$outbound` and
// `$download`, with the link's address.
const clicked = (event) => {
  const target = targetOf(event);
  const marked = around(target, "[data-track]");
  if (event.button > 1 || isHushed(target)) return;
  if (marked) see("custom", { name: marked.dataset.track });
  const link = around(target, "a[href]");
  if (!link || !/^http/.test(link.protocol)) return;
  const isOut = link.host != location.host && !listed(link.hostname);
  const name = isOut ? "$outbound" : (link.hasAttribute("download") || FILE.test(link.pathname)) && "$download";
  if (name) see("custom", { name, of: "props", pairs: [["url", mask(link.href)]] });
  decorate(link);
};

const FILE = /\.(pdf|docx?|xlsx?|pptx?|csv|txt|zip|rar|7z|gz|dmg|exe|msi|apk|mp[34])$/i;

const submitted = ({ target: form }) => {
  handled = form;
  handledAt = Date.now();
  if (isCounted(form)) see("form_submit", { form: formName(form), of: "fields", pairs: answers(form), urgent: true });
};
const caught = guarded(submitted);

const begin = () => {
  const url = here();
  arrive();
  seen = here();
  see("page_view", { url, referrer: mask(document.referrer), title: document.title });
  if (begun) return load();
  begun = 1;
  on("visibilitychange", shown);
  on("click", clicked);
  on("auxclick", clicked);
  on("input", touched);
  on("submit", submitted);
  later(listen);
};

const start = guarded(() => {
  begin();
  for (const args of stub) trellis(...args);
});

// The page's own stub may have queued calls. A second tag of the same site is one too many; one of another
// site hears the calls as well.
const other = window.trellis || {};
const { q: stub = [], on: sites = {} } = other;
const site = tag && option("site");
if (site && !sites[site]) {
  window.trellis = (...args) => {
    if (other.on) other(...args);
    trellis(...args);
  };
  window.trellis.on = { ...sites, [site]: 1 };
  document.prerendering ? document.addEventListener("prerenderingchange", start, { once: true }) : start();
}
