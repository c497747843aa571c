// What `require("patchcord")` gives: types for CommonJS over the ES module's own.
import type * as esm from "./index.js" with { "resolution-mode": "import" };

export type * from "./index.js" with { "resolution-mode": "import" };
export declare const ready: typeof esm.ready;
export declare const createPatchcord: typeof esm.createPatchcord;
export declare const buildRequest: typeof esm.buildRequest;
export declare const validate: typeof esm.validate;
export declare const checkPolicy: typeof esm.checkPolicy;
export declare const checkEligibility: typeof esm.checkEligibility;
export declare const roster: typeof esm.roster;
export declare const verifyAudit: typeof esm.verifyAudit;
export declare const clientCredentials: typeof esm.clientCredentials;
export declare const auditLine: typeof esm.auditLine;
export declare const checkScopes: typeof esm.checkScopes;
export declare const handoffRecord: typeof esm.handoffRecord;
export declare const readResponse: typeof esm.readResponse;
export declare const verifyAuditLines: typeof esm.verifyAuditLines;
export declare const profiles: typeof esm.profiles;
export declare const predict: typeof esm.predict;
export declare const predictionInputs: typeof esm.predictionInputs;
export declare const predictMany: typeof esm.predictMany;
export declare const score: typeof esm.score;
export declare const createLearned: typeof esm.createLearned;
export declare const PatchcordError: typeof esm.PatchcordError;
export type PatchcordError = esm.PatchcordError;
