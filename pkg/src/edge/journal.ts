import type { OperationOutcome, Outcome, TransferEvent } from "../types.js";
import type { SqlStorage, SqlValue } from "./runtime.js";

/**
 * One row a transfer; its snapshot stands there while it runs, and so no second one can run. The snapshot is the only place that
 * holds phone numbers, and goes when the transfer ends. `claims` serves objects that guard an idempotency key, not a call.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS transfers (
    id TEXT PRIMARY KEY, key TEXT UNIQUE, state TEXT NOT NULL, snapshot TEXT, breakdowns INTEGER NOT NULL DEFAULT 0, touched INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS one_runs ON transfers ((1)) WHERE snapshot IS NOT NULL;
  CREATE TABLE IF NOT EXISTS events (
    transfer TEXT NOT NULL, sequence INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (transfer, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS outcomes (transfer TEXT PRIMARY KEY, outcome TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS claims (fingerprint TEXT PRIMARY KEY, touched INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** A transfer as it is written down. */
export interface Entry {
  readonly id: string;
  readonly state: string;
  /** Where it runs. */
  readonly snapshot: string | undefined;
  /** How often the engine broke over it. */
  readonly breakdowns: number;
}

/** What a Durable Object keeps, in its SQLite. All of it is synchronous: what is written in one turn is kept as one. */
export class Journal {
  readonly #sql: SqlStorage;
  #made: boolean;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#made = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'transfers'").toArray().length > 0;
  }

  running(): Entry | undefined {
    return this.#entry("snapshot IS NOT NULL", []);
  }

  find(id: string): Entry | undefined {
    return this.#entry("id = ?", [id]);
  }

  byKey(key: string): Entry | undefined {
    return this.#entry("key = ?", [key]);
  }

  open(id: string, key: string | undefined, snapshot: string, now: number): void {
    this.#write("INSERT INTO transfers (id, key, state, snapshot, touched) VALUES (?, ?, 'planned', ?, ?)", [id, key ?? null, snapshot, now]);
  }

  /** An event, and where the run stands after it. */
  record(id: string, event: TransferEvent, snapshot: string, now: number): void {
    const state = event.type === "state-changed" ? event.to : null;
    this.#write("INSERT OR IGNORE INTO events VALUES (?, ?, ?)", [id, event.sequence, JSON.stringify(event)]);
    this.#write(
      "UPDATE transfers SET snapshot = ?, state = coalesce(?, state), touched = ? WHERE id = ? AND (snapshot <> ? OR ? IS NOT NULL)",
      [snapshot, state, now, id, snapshot, state],
    );
  }

  /** How it ended; a second ending is refused. Without an outcome it broke down for good. */
  end(id: string, outcome: Outcome | OperationOutcome | undefined, now: number): void {
    if (outcome) this.#write("INSERT INTO outcomes VALUES (?, ?)", [id, JSON.stringify(outcome)]);
    this.#write("UPDATE transfers SET snapshot = NULL, touched = ? WHERE id = ?", [now, id]);
  }

  brokeDown(id: string): void {
    this.#write("UPDATE transfers SET breakdowns = breakdowns + 1 WHERE id = ?", [id]);
  }

  events(id: string, after: number): TransferEvent[] {
    return this.#read("SELECT event FROM events WHERE transfer = ? AND sequence > ? ORDER BY sequence", [id, after]).map(({ event }) =>
      JSON.parse(String(event)),
    );
  }

  outcome(id: string): Outcome | OperationOutcome | undefined {
    const [row] = this.#read("SELECT outcome FROM outcomes WHERE transfer = ?", [id]);
    return row && JSON.parse(String(row["outcome"]));
  }

  /** Whether nobody claimed this key for another body before. */
  claim(fingerprint: string, now: number): boolean {
    const [held] = this.#read("SELECT fingerprint FROM claims", []);
    if (!held) this.#write("INSERT INTO claims VALUES (?, ?)", [fingerprint, now]);
    return !held || held["fingerprint"] === fingerprint;
  }

  /** Whether somebody claimed the key before. */
  isClaimed(): boolean {
    return this.#read("SELECT fingerprint FROM claims", []).length > 0;
  }

  /** When something was last written. */
  touched(): number | undefined {
    const [row] = this.#read("SELECT max(touched) AS at FROM (SELECT touched FROM transfers UNION ALL SELECT touched FROM claims)", []);
    return typeof row?.["at"] === "number" ? row["at"] : undefined;
  }

  /** After everything was deleted. */
  forget(): void {
    this.#made = false;
  }

  #entry(where: string, values: SqlValue[]): Entry | undefined {
    const [row] = this.#read(`SELECT id, state, snapshot, breakdowns FROM transfers WHERE ${where}`, values);
    if (!row) return undefined;
    const { id, state, snapshot, breakdowns } = row;
    return { id: String(id), state: String(state), snapshot: snapshot === null ? undefined : String(snapshot), breakdowns: Number(breakdowns) };
  }

  /** Reading makes no tables: most objects are only asked about calls that nobody transfers. */
  #read(query: string, values: SqlValue[]): Record<string, SqlValue>[] {
    return this.#made ? this.#sql.exec(query, ...values).toArray() : [];
  }

  #write(query: string, values: SqlValue[]): void {
    if (!this.#made) this.#sql.exec(TABLES);
    this.#made = true;
    this.#sql.exec(query, ...values);
  }
}
