import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

/**
 * Requests and answers of GitLab's REST API v4, written by hand from its documentation (docs.gitlab.com, in the repository gitlabhq/gitlabhq below doc/).
 * Compared with it field by field: api/commits.md, “Set commit pipeline status” as of 18.2 (states, 255 characters, 409 while another update is under way);
 * api/notes.md, “Create new merge request note” (a million characters; a line may order something: user/project/quick_actions.md);
 * api/merge_request_approvals.md as of 16.7 (`approved_by` with its user; `approved_at` and `approved` came later and may be absent); for the report
 * ci/testing/code_quality.md, “Implement a custom tool” (six properties). Not compared since they were written: api/merge_requests.md, api/users.md,
 * api/members.md. GitLab publishes no description that covers them all.
 */
const commitStatus = z.object({
  id: z.int(),
  sha: z.string(),
  ref: z.string().nullable(),
  status: z.enum(["pending", "running", "success", "failed", "canceled", "skipped"]),
  name: z.string(),
  target_url: z.string().nullable(),
  description: z.string().nullable(),
  created_at: z.iso.datetime(),
  allow_failure: z.boolean(),
  author: z.object({ id: z.int(), username: z.string(), state: z.string() }),
  coverage: z.number().nullable(),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
});
const note = z.object({
  id: z.int(),
  body: z.string(),
  author: z.object({ id: z.int(), username: z.string(), state: z.string() }),
  created_at: z.iso.datetime(),
  system: z.boolean(),
  noteable_type: z.literal("MergeRequest"),
  noteable_iid: z.int(),
});
const user = z.object({ id: z.int(), username: z.string(), state: z.string(), bot: z.boolean().optional() });
const schemas = {
  commitStatus,
  note,
  user,
  mergeRequest: z.object({ id: z.int(), iid: z.int(), sha: z.string(), author: user, web_url: z.url() }),
  approvals: z.object({
    approved: z.boolean().optional(),
    approvals_required: z.int(),
    approved_by: z.array(z.object({ user, approved_at: z.iso.datetime().optional() })),
  }),
  version: z.object({ id: z.int(), head_commit_sha: z.string(), base_commit_sha: z.string(), created_at: z.iso.datetime() }),
  member: z.object({ id: z.int(), username: z.string(), state: z.string(), access_level: z.int() }),
};

const bodies = {
  status: z.strictObject({
    state: z.enum(["pending", "running", "success", "failed", "canceled", "skipped"]),
    name: z.string(),
    description: z.string().max(255).optional(),
    target_url: z.url().max(255).optional(),
    ref: z.string().optional(),
    pipeline_id: z.int().optional(),
  }),
  note: z.strictObject({ body: z.string().min(1).max(1_000_000).refine((body) => !/^[^\S\n]*\/[a-z_]+(?:\s|$)/im.test(body), "a line of it orders GitLab to do something"), internal: z.boolean().optional() }),
};

interface Seen {
  readonly match: RegExpExecArray;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly schema?: z.ZodType;
}

export interface Failure {
  readonly call: RegExp;
  readonly times: number;
  readonly does: (response: ServerResponse) => void;
  readonly when?: "before" | "after";
}

type User = z.infer<typeof user>;

/** A GitLab on loopback that remembers what it is told; what does not fit the documentation lands in `faults`. */
export class GitLabHost {
  readonly faults: string[] = [];
  readonly calls: string[] = [];
  readonly statuses: z.infer<typeof commitStatus>[] = [];
  readonly notes: z.infer<typeof note>[] = [];
  readonly users = new Map<number, User>([[1, { id: 1, username: "project_42_bot_abc", state: "active", bot: true }]]);
  /** Members by group path; others can't be read. */
  readonly groups = new Map<string, readonly number[]>();
  /** Access level by account id; who is not listed is no member. */
  readonly members = new Map<number, number>([
    [5, 30],
    [6, 30],
  ]);
  approvedBy: { user: User; approved_at?: string }[] = [];
  versions: { head: string; at: string }[] = [];
  head = "";
  author: User = { id: 9, username: "mina", state: "active" };
  failures: Failure[] = [];
  #server: Server | undefined;
  #nextId = 100;

  async start(): Promise<string> {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    await new Promise<void>((resolve) => this.#server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/v4`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  addNote(authorId: number, body: string, system = false): void {
    const { id, username, state } = this.users.get(authorId) ?? { id: authorId, username: `user${authorId}`, state: "active" };
    this.notes.push({
      id: this.#id(),
      body,
      author: { id, username, state },
      created_at: "2026-11-01T10:00:00Z",
      system,
      noteable_type: "MergeRequest",
      noteable_iid: 3,
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    const call = `${request.method} ${url.pathname}`;
    this.calls.push(call);
    const body = await read(request);
    const token = request.headers["private-token"] ?? request.headers["job-token"];
    if (token !== "secret-token") return reply(response, { status: 401, body: { message: "401 Unauthorized" } });
    // What GitLab allows a job's own token: neither statuses nor notes.
    if (request.headers["job-token"] !== undefined && request.method !== "GET") return reply(response, { status: 401, body: { message: "401 Unauthorized" } });
    const planted = this.#planted(call);
    if (planted !== undefined && planted.when !== "after") return planted.does(response);
    const answer = this.#answer(call, url.searchParams, body);
    const wrong = answer.schema?.safeParse(answer.body);
    if (wrong?.success === false) this.faults.push(`${call}: ${z.prettifyError(wrong.error)}`);
    if (planted !== undefined) return planted.does(response);
    reply(response, answer);
  }

  #planted(call: string): Failure | undefined {
    const index = this.failures.findIndex((failure) => failure.call.test(call));
    const failure = this.failures[index];
    if (failure === undefined) return undefined;
    if (failure.times <= 1) this.failures.splice(index, 1);
    else this.failures[index] = { ...failure, times: failure.times - 1 };
    return failure;
  }

  #answer(call: string, query: URLSearchParams, body: unknown): Reply {
    for (const [pattern, serve] of this.#routes) {
      const match = pattern.exec(call);
      if (match !== null) return serve({ match, query, body });
    }
    this.faults.push(`${call} is not in the documentation this host was written from`);
    return { status: 404, body: { error: "404 Not Found" } };
  }

  readonly #routes: readonly (readonly [RegExp, (seen: Seen) => Reply])[] = [
    [/^GET \/api\/v4\/user$/, () => ({ status: 200, body: this.users.get(1), schema: user })],
    [/^GET \/api\/v4\/users\/(\d+)$/, ({ match }) => found(this.users.get(Number(match[1])), user)],
    [
      /^GET \/api\/v4\/projects\/42\/repository\/commits\/([0-9a-f]{40})\/statuses$/,
      ({ match, query }) =>
        list(
          this.statuses.filter(({ sha, name }) => sha === match[1] && name === (query.get("name") ?? name)),
          query,
          commitStatus,
        ),
    ],
    [/^POST \/api\/v4\/projects\/42\/statuses\/([0-9a-f]{40})$/, ({ match, body }) => this.#setStatus(match[1] ?? "", body)],
    [
      /^GET \/api\/v4\/projects\/42\/merge_requests\/3$/,
      () => ({
        status: 200,
        body: { id: 1, iid: 3, sha: this.head, author: this.author, web_url: "https://gitlab.example/acme/shop/-/merge_requests/3" },
        schema: schemas.mergeRequest,
      }),
    ],
    [/^GET \/api\/v4\/projects\/42\/merge_requests\/3\/notes$/, ({ query }) => list(this.notes, query, note)],
    [
      /^POST \/api\/v4\/projects\/42\/merge_requests\/3\/notes$/,
      ({ body }) => {
        this.addNote(1, this.#fitting(bodies.note, body).body);
        return { status: 201, body: this.notes.at(-1), schema: note };
      },
    ],
    [
      /^PUT \/api\/v4\/projects\/42\/merge_requests\/3\/notes\/(\d+)$/,
      ({ match, body }) => {
        const kept = this.notes.find(({ id }) => id === Number(match[1]));
        if (kept !== undefined) kept.body = this.#fitting(bodies.note, body).body;
        return found(kept, note);
      },
    ],
    [
      /^DELETE \/api\/v4\/projects\/42\/merge_requests\/3\/notes\/(\d+)$/,
      ({ match }) => {
        const index = this.notes.findIndex(({ id }) => id === Number(match[1]));
        if (index >= 0) this.notes.splice(index, 1);
        return { status: index >= 0 ? 204 : 404 };
      },
    ],
    [
      /^GET \/api\/v4\/projects\/42\/merge_requests\/3\/approvals$/,
      () => ({
        status: 200,
        body: { approved: this.approvedBy.length > 0, approvals_required: 1, approved_by: this.approvedBy },
        schema: schemas.approvals,
      }),
    ],
    [
      /^GET \/api\/v4\/projects\/42\/merge_requests\/3\/versions$/,
      ({ query }) =>
        list(
          this.versions.map(({ head, at }, index) => ({ id: index, head_commit_sha: head, base_commit_sha: "0".repeat(40), created_at: at })),
          query,
          schemas.version,
        ),
    ],
    [
      /^GET \/api\/v4\/projects\/42\/members\/all\/(\d+)$/,
      ({ match }) => {
        const level = this.members.get(Number(match[1]));
        return found(level === undefined ? undefined : { id: Number(match[1]), username: `user${match[1]}`, state: "active", access_level: level }, schemas.member);
      },
    ],
    [
      /^GET \/api\/v4\/groups\/([^/]+)\/members\/all$/,
      ({ match, query }) => {
        const ids = this.groups.get(decodeURIComponent(match[1] ?? ""));
        if (ids === undefined) return { status: 403, body: { message: "403 Forbidden" } };
        return list(
          ids.map((id) => ({ id, username: `user${id}`, state: "active", access_level: 30 })),
          query,
          schemas.member,
        );
      },
    ],
  ];

  /** GitLab refuses to move a status to the state it is in. */
  #setStatus(sha: string, body: unknown): Reply {
    const { state, name, description, target_url: target } = this.#fitting(bodies.status, body);
    const earlier = this.statuses.filter((status) => status.sha === sha && status.name === name).at(-1);
    if (earlier?.status === state) {
      return { status: 400, body: { message: `Cannot transition status via :${state} from :${state} (Reason(s): Status cannot transition via "${state}")` } };
    }
    const next = {
      id: this.#id(),
      sha,
      ref: null,
      status: state,
      name,
      target_url: target ?? null,
      description: description ?? null,
      created_at: "2026-11-01T10:00:00Z",
      allow_failure: false,
      author: { id: 1, username: "project_42_bot_abc", state: "active" },
      coverage: null,
      started_at: null,
      finished_at: "2026-11-01T10:00:00Z",
    };
    this.statuses.push(next);
    return { status: 201, body: next, schema: commitStatus };
  }

  #fitting<T>(schema: z.ZodType<T>, body: unknown): T {
    const read = schema.safeParse(body);
    if (!read.success) this.faults.push(z.prettifyError(read.error));
    return read.success ? read.data : (body as T);
  }

  #id(): number {
    this.#nextId += 1;
    return this.#nextId;
  }
}

const found = (body: unknown, schema: z.ZodType): Reply =>
  body === undefined ? { status: 404, body: { message: "404 Not found" } } : { status: 200, body, schema };

function list(items: readonly unknown[], query: URLSearchParams, schema: z.ZodType): Reply {
  const size = Number(query.get("per_page") ?? 20);
  const page = Number(query.get("page") ?? 1);
  return { status: 200, body: items.slice((page - 1) * size, page * size), schema: z.array(schema) };
}

function reply(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
