import { z } from "zod";
import type { ForgeContext } from "#operations";
import { broken, noToken, notAuthorised, notThere, rateLimited, readOnlyToken, refused, unreachable } from "../errors.ts";
import { waitAskedFor, type Pace } from "../pace.ts";
import { patientFetch, type Fetch } from "../patient-fetch.ts";

/** What writing a verdict needs. */
export const GITLAB_NEEDS = "a project access token with role Developer and scope api, as GITLAB_TOKEN (a job's own token may not post)";

/** `409`: another update of the same commit is under way, try again (Commits API, “Conflicts”). */
const BUSY = [409];
const PER_PAGE = 100;
const MAX_PAGES = 50;

/**
 * The eight calls of GitLab's REST API that are needed, with answers checked by schema. Its full client (@gitbeaker/rest 43.8) was
 * read and bundled: it ignores Retry-After, pauses a quarter of a millisecond between its ten tries and repeats writes after a 502, which is how
 * a merge request gets the same note twice.
 */
export interface GitLabClient {
  /** One answer that fits the schema. */
  get<T>(path: string, schema: z.ZodType<T>, query?: Readonly<Record<string, string>>): Promise<T>;
  /** Every page of a list. */
  list<T>(path: string, item: z.ZodType<T>, query?: Readonly<Record<string, string>>): Promise<readonly T[]>;
  send<T>(method: "POST" | "PUT", path: string, body: object, schema: z.ZodType<T>): Promise<T>;
  remove(path: string): Promise<void>;
  /** `/projects/<id>` with the id made safe for a URL. */
  readonly project: string;
  /** True for a job's own token, which may read little and is told of the rest that it is not there. */
  readonly jobToken: boolean;
}

/** Connects to GitLab or raises `forge/no-token`. */
export function connectGitLab(context: ForgeContext, pace: Pace, send?: Fetch): GitLabClient {
  const host = new URL(context.apiUrl).host;
  const { token } = context;
  if (token === undefined) throw noToken({ host, variable: "GITLAB_TOKEN", needs: GITLAB_NEEDS });
  const ask = patientFetch(pace, send, BUSY);
  const headers = { [context.tokenKind === "job" ? "JOB-TOKEN" : "PRIVATE-TOKEN"]: token, "user-agent": "proofline", accept: "application/json" };

  async function call(method: string, path: string, query: Readonly<Record<string, string>> = {}, body?: object): Promise<Response> {
    const url = `${context.apiUrl}${path}${Object.keys(query).length === 0 ? "" : `?${new URLSearchParams(query)}`}`;
    const answer = await ask(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw await failure(answer, { host, call: `${method} ${path}` }, pace.now());
    return answer;
  }

  async function fitting<T>(answer: Response, path: string, schema: z.ZodType<T>): Promise<T> {
    const read = schema.safeParse(parsed(await answer.text()));
    if (read.success) return read.data;
    const issue = read.error.issues[0];
    throw unreachable({ host, call: path, says: `the answer has another shape (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""})` });
  }

  return {
    jobToken: context.tokenKind === "job",
    project: `/projects/${encodeURIComponent(context.repo)}`,
    get: async (path, schema, query) => fitting(await call("GET", path, query), path, schema),
    send: async (method, path, body, schema) => fitting(await call(method, path, {}, body), path, schema),
    remove: async (path) => void (await call("DELETE", path)),
    async list<T>(path: string, item: z.ZodType<T>, query: Readonly<Record<string, string>> = {}) {
      const all: T[] = [];
      for (let page = 1; page <= MAX_PAGES; page += 1) {
        const answer = await call("GET", path, { ...query, per_page: String(PER_PAGE), page: String(page) });
        const items = await fitting(answer, path, z.array(item));
        all.push(...items);
        if (items.length < PER_PAGE) break;
      }
      return all;
    },
  };
}

async function failure(answer: Response, at: { readonly host: string; readonly call: string }, now: number): Promise<Error> {
  const text = await answer.text();
  const { status, headers } = answer;
  const said = { ...at, says: messageOf(text), status };
  const wait = waitAskedFor({ status, headers, text }, now);
  if (wait !== undefined) return rateLimited({ ...said, seconds: Math.ceil(wait / 1000) });
  if (status === 401) return notAuthorised(said);
  if (status === 403) return readOnlyToken({ ...said, needs: GITLAB_NEEDS });
  if (status === 404 || status === 410) return notThere(said);
  return status >= 500 ? broken(said) : refused(said);
}

/** GitLab says `message` or `error`, as text or as lists by field. */
function messageOf(text: string): string {
  const value = parsed(text);
  const { message, error } = typeof value === "object" && value !== null ? (value as { message?: unknown; error?: unknown }) : {};
  const said = message ?? error ?? text;
  return (typeof said === "string" ? said : JSON.stringify(said)).slice(0, 300);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
