// The edge worker as it is deployed, with doors that only tests have: bindings of one request's own, a look into a journal or
// a way to spoil it, and a call whose events can't be stored.

import { CallSession as Session, createEdge } from "patchcord/edge";

const edge = createEdge();

export class CallSession extends Session {
  #state;

  constructor(state, env) {
    const { id, storage } = state;
    const { sql } = storage;
    const exec = (query, ...values) => {
      if (query.includes("INTO events") && values.some((value) => String(value).includes("call-unwritable"))) throw new Error("disk full");
      return sql.exec(query, ...values);
    };
    const setAlarm = (at) => storage.setAlarm(at);
    const deleteAll = () => storage.deleteAll();
    super({ id, abort: (reason) => state.abort(reason), storage: { sql: { exec }, setAlarm, deleteAll } }, env);
    this.#state = state;
  }

  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/journal") return super.fetch(request);
    const { sql } = this.#state.storage;
    if (searchParams.has("spoil")) {
      sql.exec("UPDATE transfers SET snapshot = '{}' WHERE snapshot IS NOT NULL");
      await this.#state.storage.sync();
      this.#state.abort("spoilt by a test");
    }
    const tables = sql.exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'").toArray();
    return Response.json(Object.fromEntries(tables.map(({ name }) => [name, sql.exec(`SELECT * FROM "${name}"`).toArray()])));
  }
}

export default {
  fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/journal") return env.CALLS.get(env.CALLS.idFromName(searchParams.get("of"))).fetch(request);
    const own = JSON.parse(request.headers.get("test-bindings") ?? "{}");
    return edge.fetch(request, { ...env, ...own });
  },
};
