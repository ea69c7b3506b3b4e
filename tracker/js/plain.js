// Where wasm is refused, or the page leaves before it is there: an event from its parts, without it.
// The limits are those of Rust's `event`, in characters; a value with as many digits as a payment card is left out.
const TEXTS = [
  ["kind", 20],
  ["url", 2048],
  ["session", 16],
  ["referrer", 2048],
  ["title", 80],
  ["form", 20],
  ["name", 20],
];
const CARD = /(\d[ -]*){13}/;

export const plain = (parts) => {
  const [id, at, ...rest] = parts.split("\x1f");
  const event = { id, at: +at };
  for (const [name, chars] of TEXTS) {
    const text = rest.shift().slice(0, chars);
    if (text) event[name] = text;
  }
  const of = rest.shift();
  if (of) event[of] = {};
  for (let pairs = 0; rest.length > 1 && pairs < 64; pairs++) {
    const [name, value] = rest.splice(0, 2);
    if (name && value && !CARD.test(value)) event[of][name.slice(0, 20)] = value.slice(0, 340);
  }
  return JSON.stringify(event);
};
