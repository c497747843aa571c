import type { Issue } from "../types.js";

export interface ProblemDetails {
  /** Every finding, where a payload was refused. */
  issues?: Issue[] | undefined;
  headers?: Record<string, string> | undefined;
}

const TITLES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** Why a request is not done, as RFC 9457 has it. `code` is the contract. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: ProblemDetails;

  constructor(status: number, code: string, detail: string, details: ProblemDetails = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  toResponse(): Response {
    const { issues, headers } = this.details;
    const body = { type: "about:blank", title: TITLES[this.status], status: this.status, detail: this.message, code: this.code, issues };
    return respond(this.status, body, { "content-type": "application/problem+json", ...headers });
  }
}

/** An answer in JSON that nobody keeps: the next one may differ. */
export function respond(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const always = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
  if (body === undefined) return new Response(null, { status, headers: { ...always, ...headers } });
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...always, ...headers } });
}

/** The answer of `work`; what it throws is an answer too, and a defect says nothing about itself. */
export async function answering(work: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (thrown) {
    const problem = thrown instanceof Problem ? thrown : new Problem(500, "internal", "the worker met a defect of its own");
    return problem.toResponse();
  }
}
