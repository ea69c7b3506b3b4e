// The tracker's entry: listens to the page, loads the wasm, and hands it what happens.
// Not here: any rule (Rust decides what is an event), or what the wasm asks of the page (host.js).
//
//   <script defer src="https://…/t.js" data-site="main.demo"></script>
//
// t.js and t.wasm are built by xtask/src/build/tracker.rs and belong together. They are served side by
// side; when the site is another origin, t.wasm with `access-control-allow-origin: *`, and so the answers
// of the endpoint.
//
// `data-consent="required"`: nothing is stored or sent until `trellis("consent", true)`; what was seen
// until then waits in memory. `trellis("consent", false)` and `trellis("optOut")` forget what is stored
// here and stop, on later pages too, until consent is given. Where the browser sends Global Privacy
// Control or Do Not Track nothing is tracked, unless the site says `data-signals="ignore"`.
import { begin as enter, imports, leave, online, page, start as automate, submit, track, visibility } from "trellis-glue";
import { beacon, decide, decided, isAllowed, keep, option, run, stored, tag } from "trellis-host";
import { mask } from "./mask.js";

// A function whose errors never reach the page.
const guarded =
  (run) =>
  (...args) => {
    try {
      run(...args);
    } catch {}
  };

let calls = []; // made before the wasm is there; undefined once it is
let begun; // listening, and loading the wasm
let off; // nothing is to be seen
let failed; // the wasm will not come
let seen = ""; // the URL of the last page view
let view; // a page view that waits for its title
let settling;
let handled; // the form submitted last: a site's handler may call `form.submit()` when it is content
let handledAt;

// Hands a call to the wasm, or keeps it until the wasm is there.
const call = (...args) => {
  settle();
  if (off) return;
  calls ? calls.length < 1e3 && calls.push(args) : run(...args);
  if (failed) plain();
};

// Lets a waiting page view go.
const settle = () => {
  clearTimeout(settling);
  const args = view;
  view = 0;
  if (args) show(...args);
};

// Where the document is.
const here = () => mask(location.href);

// The URL may have changed. Sites set the title a little after it, so the page view waits for that.
const moved = () => {
  const url = here();
  if (url == seen) return;
  settle();
  view = [url, seen];
  seen = url;
  settling = setTimeout(settle, 200);
};

// Shows a page to the wasm.
const show = (url, previous) => call(page, [{ url, previous, referrer: previous || mask(document.referrer), title: document.title }]);

// What `trellis(…)` does; what it does not know it ignores.
const trellis = guarded((command, name, props) => {
  if (command == "track" && name) {
    const rows = Object.entries(props || {}).map(([name, value]) => ({ name, value }));
    call(track, [{ url: here(), name }], rows);
  }
  if (command == "consent") choose(!!name);
  if (command == "optOut") choose(false);
});

// Whether the browser asks not to be tracked.
const signals = () => option("signals") != "ignore" && (navigator.globalPrivacyControl || navigator.doNotTrack == 1);

// The visitor decides, here or in another tab.
const choose = (given) => {
  if (signals()) return;
  decide(given);
  off = !given;
  if (off) calls = calls && [];
  else begun ? call(online) : begin();
};

// Without the wasm (a Content-Security-Policy may forbid it, or the page may leave before it is
// there) page views go as they are, by beacon. Forms and custom events do not.
const plain = () => {
  if (!isAllowed()) return;
  const sent = Date.now();
  const events = calls
    .filter(([enter]) => enter == page)
    .map(([, [{ url, referrer, title }]]) => ({
      id: uuid(),
      at: sent,
      kind: "page_view",
      url: url.slice(0, 2048),
      referrer: referrer.slice(0, 2048) || undefined,
      title: title.slice(0, 80) || undefined,
    }));
  calls = failed ? [] : calls.filter(([enter]) => enter != page);
  if (!events[0]) return;
  if (!stored()) keep(uuid());
  const automated = navigator.webdriver || undefined;
  beacon(JSON.stringify({ v: 1, site: option("site"), visitor: stored(), sent, consent: true, automated, events }));
};

// A UUID of version 7: the time, then chance.
const uuid = () => {
  const time = "0" + Date.now().toString(16);
  const chance = [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => (byte + 256).toString(16).slice(1)).join("");
  return (time + "7" + chance.slice(0, 3) + "8" + chance.slice(3)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
};

const load = async () => {
  try {
    const response = await fetch(new URL("t.wasm", tag.src));
    // A server that does not know the type of .wasm has it refused here, before the body is read.
    const { instance } = await WebAssembly.instantiateStreaming(response, imports).catch(async () =>
      WebAssembly.instantiate(await response.arrayBuffer(), imports),
    );
    enter(instance.exports);
    const made = calls;
    calls = 0;
    made.forEach((args) => run(...args));
  } catch {
    failed = 1;
    plain();
  }
};

const listen = () => {
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function () {
      const result = original.apply(this, arguments);
      moved();
      return result;
    };
  }
  addEventListener("popstate", moved);
  addEventListener("online", () => call(online));
  // A page that comes back from the back/forward cache is seen again.
  addEventListener("pageshow", ({ persisted }) => persisted && show((seen = here()), ""));
  addEventListener("click", guarded(clicked), true);
  // `form.submit()` fires no event.
  const forms = HTMLFormElement.prototype;
  const { submit: send } = forms;
  forms.submit = function () {
    if (this != handled || Date.now() > handledAt + 5e3) guarded(submitted)({ target: this });
    return send.apply(this, arguments);
  };
  document.addEventListener("submit", guarded(submitted), true);
  // A page that leaves before the wasm is there sends what it can without it.
  const hidden = (enter) => {
    call(enter, document);
    if (calls && (enter == leave || document.hidden)) plain();
  };
  addEventListener("pagehide", () => hidden(leave));
  document.addEventListener("visibilitychange", () => hidden(visibility));
};

const hushed = (element) => element.closest("[data-no-track]");

// Elements with `data-track` by the name it gives; links to other hosts and to files as `$outbound` and
// `$download`, with the link's address.
const clicked = (event) => {
  const target = event.composedPath()[0];
  const marked = target.closest("[data-track]");
  if (hushed(target)) return;
  if (marked) call(track, [{ url: here(), name: marked.dataset.track }], []);
  const link = target.closest("a[href]");
  if (!link || !/^http/.test(link.protocol)) return;
  const name = link.host != location.host ? "$outbound" : (link.hasAttribute("download") || FILE.test(link.pathname)) && "$download";
  if (name) call(track, [{ url: here(), name }], [{ name: "url", value: mask(link.href) }]);
};

const FILE = /\.(pdf|docx?|xlsx?|pptx?|csv|txt|zip|rar|7z|gz|dmg|exe|msi|apk|mp[34])$/i;

// The controls are found by their form, not through it: a form's own properties are hidden by controls
// of the same name, and controls may stand outside of it. A group of boxes has to stand together.
const submitted = ({ target: form }) => {
  if (hushed(form)) return;
  handled = form;
  handledAt = Date.now();
  const controls = [...document.querySelectorAll("input,select,textarea")]
    .filter((control) => control.form == form && !hushed(control))
    .sort((a, b) => (a.name > b.name) - (a.name < b.name));
  const [label, name, id] = ["data-track-form", "name", "id"].map((name) => form.getAttribute(name));
  call(submit, [{ url: here(), label, name, id }], controls);
};

const begin = () => {
  begun = 1;
  seen = here();
  call(automate, navigator.webdriver);
  show(seen, "");
  listen();
  load();
};

const start = guarded(() => {
  off = signals() || decided == 0;
  if (!off) begin();
  for (const args of stub) trellis(...args);
  addEventListener("storage", ({ key, newValue }) => key == "_trc" && newValue && choose(newValue == 1));
});

// The page's own stub may have queued calls; a second tag finds the first one's function.
const { q: stub = [], on } = window.trellis || {};
if (tag && !on) {
  window.trellis = trellis;
  trellis.on = 1;
  document.prerendering ? document.addEventListener("prerenderingchange", start, { once: true }) : start();
}
