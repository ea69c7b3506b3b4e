// How long a page was used and how deep it was scrolled, for sites that say `data-engagement`.
// The time between two signs of use counts, up to half a minute of it.
// Not here: when it is told (loader.js).
const GAP_MS = 3e4;

let used = 0;
let deepest = 0;
let last = Date.now();

// A sign of use.
export const use = () => {
  const now = Date.now();
  const { scrollHeight } = document.documentElement;
  used += Math.max(0, Math.min(now - last, GAP_MS));
  last = now;
  deepest = Math.max(deepest, ((scrollY + innerHeight) / scrollHeight) * 100 || 0);
};

// The page comes to the front: the time before does not count.
export const wake = () => (last = Date.now());

// What was used since the last time, as seconds and percent; nothing under a second.
export const spent = () => {
  use();
  const seconds = Math.floor(used / 1e3);
  const scroll = Math.min(Math.floor(deepest), 100);
  if (!seconds) return;
  used = deepest = 0;
  return [
    ["seconds", seconds],
    ["scroll", scroll],
  ];
};
