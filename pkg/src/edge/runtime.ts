/** What the edge worker touches of workerd, so that nobody needs its types to build with this package. */

export interface ObjectId {
  toString(): string;
}

/** A service binding, or a Durable Object as its callers see it. */
export interface Fetcher {
  fetch(request: Request): Promise<Response>;
}

export interface ObjectNamespace {
  idFromName(name: string): ObjectId;
  /** Throws for text that is no id of this namespace. */
  idFromString(text: string): ObjectId;
  get(id: ObjectId): Fetcher;
}

export type SqlValue = string | number | null;

export interface SqlStorage {
  exec(query: string, ...values: SqlValue[]): { toArray(): Record<string, SqlValue>[] };
}

export interface ObjectStorage {
  readonly sql: SqlStorage;
  setAlarm(at: number): Promise<void>;
  deleteAll(): Promise<void>;
}

export interface ObjectState {
  readonly id: ObjectId;
  readonly storage: ObjectStorage;
  abort(reason?: string): void;
}
