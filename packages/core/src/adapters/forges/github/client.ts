import { Octokit } from "@octokit/core";
import { isProoflineError } from "#kernel";
import type { ForgeContext } from "#operations";
import { broken, noToken, notAuthorised, notThere, rateLimited, readOnlyToken, refused, unreachable, type CallAbout } from "../errors.ts";
import { patientFetch, type Fetch } from "../patient-fetch.ts";
import { waitAskedFor, type Pace } from "../pace.ts";

/** What writing a verdict needs. */
export const GITHUB_NEEDS = "permissions: checks: write, pull-requests: write (and security-events: write for SARIF)";

/** GitHub's API with types from its published description, our patience, and failures as named errors. */
export interface GitHubClient {
  readonly owner: string;
  readonly repo: string;
  readonly request: Octokit["request"];
  /** Collects every page of a list, at most `MAX_PAGES`. */
  pages<T>(page: (number: number) => Promise<readonly T[]>): Promise<T[]>;
}

const PER_PAGE = 100;
const MAX_PAGES = 50;

/** Connects to GitHub or raises `forge/no-token`. */
export function connectGitHub(context: ForgeContext, pace: Pace, send?: Fetch): GitHubClient {
  const host = new URL(context.apiUrl).host;
  if (context.token === undefined) throw noToken({ host, variable: "GITHUB_TOKEN", needs: GITHUB_NEEDS });
  const [owner = "", repo = ""] = context.repo.split("/");
  const octokit = new Octokit({
    auth: context.token,
    baseUrl: context.apiUrl,
    userAgent: "proofline",
    request: { fetch: patientFetch(pace, send) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  octokit.hook.error("request", (error, options) => {
    throw named(error, { host, call: `${options.method} ${options.url}`, says: "" }, pace.now());
  });
  return { owner, repo, request: octokit.request, pages: (page) => collect(host, page) };
}

const isListOf = <T>(value: unknown): value is readonly T[] => Array.isArray(value);
const silent = (): void => undefined;

async function collect<T>(host: string, page: (number: number) => Promise<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let number = 1; number <= MAX_PAGES; number += 1) {
    const items: unknown = await page(number);
    // A proxy's page or a body cut short arrives as text with status 200.
    if (!isListOf<T>(items)) throw unreachable({ host, call: "GET (a list)", says: "the answer is not a list" });
    all.push(...items);
    if (items.length < PER_PAGE) break;
  }
  return all;
}

interface HttpFailure {
  readonly status: number;
  readonly message: string;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

const isHttpFailure = (error: unknown): error is HttpFailure => error instanceof Error && "status" in error && typeof error.status === "number";

function named(error: unknown, about: CallAbout, now: number): Error {
  if (isProoflineError(error)) return error;
  // Octokit wraps what our fetch raised; the named error is inside.
  if (error instanceof Error && isProoflineError(error.cause)) return error.cause;
  if (!isHttpFailure(error)) return unreachable({ ...about, says: error instanceof Error ? error.message : String(error) }, error);
  const said = { ...about, says: firstLine(error.message), status: error.status };
  const wait = error.response && waitAskedFor({ status: error.status, headers: headersOf(error.response.headers), text: error.message }, now);
  if (wait !== undefined) return rateLimited({ ...said, seconds: Math.ceil(wait / 1000) });
  if (error.status === 401) return notAuthorised(said);
  if (error.status === 403) return readOnlyToken({ ...said, needs: GITHUB_NEEDS });
  if (error.status === 404 || error.status === 410) return notThere(said);
  // Octokit reports a failed fetch as 500 without a response.
  if (error.status >= 500) return error.response ? broken(said) : unreachable(said);
  return refused(said);
}

function headersOf(headers: Readonly<Record<string, string | number | undefined>>): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) result.set(name, String(value));
  return result;
}

const firstLine = (text: string): string => (text.split("\n")[0] ?? "").slice(0, 300);
