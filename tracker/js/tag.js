// The tag that started this script, and its options.
// Not here: what an option means.
export const tag = document.currentScript || document.querySelector('script[data-site][src*="t.js"]');

export const option = (name) => tag.dataset[name] || "";
