/**
 * The words of Patchcord in TypeScript. They are the same in Rust, in JSON and in the WIT package.
 *
 * Times are milliseconds since 1970-01-01T00:00:00Z; fields that end in `Seconds` are seconds.
 */

export type * from "./types/answers.js";
export type * from "./types/decision.js";
export type * from "./types/host.js";
export type * from "./types/operations.js";
export type * from "./types/outcome.js";
export type * from "./types/prediction.js";
export type * from "./types/request.js";
