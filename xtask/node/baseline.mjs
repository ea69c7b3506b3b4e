// The baseline of the collector's bench: the least that a durable collector can do on this platform.
// A Durable Object inserts each event as one row and answers after the commit; what arrives within 4 ms,
// or fifty of it, is one transaction. No checks, no rules, no projections.

import { DurableObject } from "cloudflare:workers";

const GROUP_MS = 4;
const GROUP_MAX = 50;

export class Workspace extends DurableObject {
  waiting = [];

  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, visitor TEXT, at INTEGER, body TEXT) WITHOUT ROWID",
    );
  }

  append(body) {
    return new Promise((resolve, reject) => {
      const waiting = this.waiting.push({ body, resolve, reject });
      if (waiting === 1) setTimeout(() => this.flush(), GROUP_MS);
      if (waiting === GROUP_MAX) this.flush();
    });
  }

  flush() {
    const group = this.waiting;
    this.waiting = [];
    try {
      const counts = this.ctx.storage.transactionSync(() => group.map(({ body }) => this.insert(body)));
      group.forEach(({ resolve }, at) => resolve(counts[at]));
    } catch (error) {
      group.forEach(({ reject }) => reject(error));
    }
  }

  insert(body) {
    const { visitor, events } = JSON.parse(body);
    for (const event of events) {
      this.ctx.storage.sql.exec(
        "INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?)",
        event.id,
        visitor,
        event.at,
        JSON.stringify(event),
      );
    }
    return events.length;
  }

  count() {
    return this.ctx.storage.sql.exec("SELECT count(*) AS events FROM events").one().events;
  }
}

export class Directory extends DurableObject {}

export default {
  async fetch(request, env) {
    const workspace = env.WORKSPACE.get(env.WORKSPACE.idFromName("main"));
    if (request.method === "POST") {
      const accepted = await workspace.append(await request.text());
      return Response.json({ accepted, refused: [] });
    }
    return Response.json({ events: await workspace.count() });
  },
};
