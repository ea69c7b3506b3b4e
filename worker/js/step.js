// What a batch of events needs next, as Rust tells it to the entry.

export const answered = (status, text, retryAfter, countIn) => ({ status, text, retryAfter, countIn });

export const admitted = (number, client) => ({ number, client });

export const unknown = (site) => ({ site });

// The frame lies in wasm's memory, which the next call may move.
export const store = (workspace, site, frame, refused) => ({ workspace, site, frame: frame.slice(), refused });
