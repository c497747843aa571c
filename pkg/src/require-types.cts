// What a CommonJS module gets from `patchcord/types`.
export type * from "./types.js" with { "resolution-mode": "import" };
