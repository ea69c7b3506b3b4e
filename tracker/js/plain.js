// Where wasm is refused, or the page leaves before it is there: an event from its parts, without it.
// The limits are those of Rust's `event`; a value with as many digits as a payment card is left out.
const TEXTS = [
  ["kind", 64],
  ["url", 2048],
  ["session", 16],
  ["referrer", 2048],
  ["title", 256],
  ["form", 64],
  ["name", 64],
];
const CARD = /(\d[ -]*){13}/;

// The start of a text that has at most so many bytes; half a character at its end goes.
const cut = (text, bytes) => new TextDecoder().decode(new TextEncoder().encode(text).slice(0, bytes)).replace(/\ufffd+$/, "");

export const plain = (parts) => {
  const [id, at, ...rest] = parts.split("\x1f");
  const event = { id, at: +at };
  for (const [name, bytes] of TEXTS) {
    const text = cut(rest.shift(), bytes);
    if (text) event[name] = text;
  }
  const of = rest.shift();
  if (of) event[of] = {};
  for (let pairs = 0; rest.length > 1 && pairs < 64; pairs++) {
    const [name, value] = rest.splice(0, 2);
    if (name && value && !CARD.test(value)) event[of][cut(name, 64)] = cut(value, 1024);
  }
  return JSON.stringify(event);
};
