// Before the first paint: the theme and the language that this browser chose (the keys of state/prefs.rs).
// Then: the app, whose files Trunk names in the preload links.
"use strict";
(() => {
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const html = document.documentElement;
  html.dataset.theme = read("trellis.theme") ?? "system";
  html.lang = (read("trellis.lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en")) === "zh" ? "zh-CN" : "en";
  const script = document.querySelector('link[rel="modulepreload"]');
  const wasm = document.querySelector('link[rel="preload"][type="application/wasm"]');
  import(script.href).then((app) => app.default({ module_or_path: wasm.href }));
})();
