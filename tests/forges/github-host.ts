import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { PublishedApi } from "./openapi.ts";

type Item = Record<string, unknown>;

/** What a route answers: a status and a body the description knows. */
interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

interface Request {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Item;
}

/** A planted failure. `before` fails without doing anything, `after` does the work and loses the answer. */
export interface Failure {
  readonly route: string;
  readonly times: number;
  readonly does: (response: ServerResponse) => void;
  readonly when?: "before" | "after";
}

interface Stored extends Item {
  id: number;
}

export interface StoredCheck extends Stored {
  head_sha: string;
  name: string;
  conclusion: string;
  external_id: string | null;
  output: Item;
  annotations: Item[];
}

export interface StoredComment extends Stored {
  body: string;
  user: Item;
}

/** Reading the description and compiling its schemas once is enough. */
const published = new PublishedApi();
const R = "/repos/{owner}/{repo}";

/**
 * A GitHub on loopback that remembers what it is told. Every request is checked against GitHub's published API description before it
 * is served and every answer before it is sent; what does not fit lands in `faults`, which each test asserts to be empty.
 */
export class GitHubHost {
  readonly api = published;
  readonly faults: string[] = [];
  readonly calls: string[] = [];
  readonly checks: StoredCheck[] = [];
  readonly comments: StoredComment[] = [];
  readonly reviews: Item[] = [];
  readonly sarifs: { readonly ref: string; readonly commit: string; readonly document: unknown }[] = [];
  readonly pulls = new Map<number, { head: string; author: string; branch: string; headOwner: string; open: boolean }>();
  /** Members by `org/team`; a team that is not listed can't be seen by the token. */
  readonly teams = new Map<string, readonly string[]>();
  /** Permission by account; `read` for those not listed, as on a public repository. Undefined where the token may not ask. */
  readonly permissions = new Map<string, "admin" | "write" | "read" | "none" | undefined>([
    ["kim", "write"],
    ["lee", "admin"],
  ]);
  /** The account behind the token; undefined for a job's own token, which may not ask. */
  self: { login: string; type: "User" | "Bot" } | undefined;
  failures: Failure[] = [];
  /** Called after a comment was stored, to let somebody else act in between. */
  onComment: (() => void) | undefined;
  #server: Server | undefined;
  #nextId = 1000;

  /** Starts listening; the returned address is what GITHUB_API_URL would be. */
  async start(): Promise<string> {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    await new Promise<void>((resolve) => this.#server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  addComment(login: string, type: "User" | "Bot", body: string): StoredComment {
    const comment: StoredComment = {
      ...this.api.example<Item>(`POST ${R}/issues/{issue_number}/comments`, 201),
      id: this.#id(),
      body,
      user: this.#user(login, type),
    };
    this.comments.push(comment);
    return comment;
  }

  addReview(login: string, state: string, commit: string | null, type: "User" | "Bot" = "User"): void {
    const [template] = this.api.example<Item[]>(`GET ${R}/pulls/{pull_number}/reviews`, 200);
    this.reviews.push({ ...template, id: this.#id(), user: this.#user(login, type), state, commit_id: commit, submitted_at: "2026-11-01T10:00:00Z" });
  }

  addForeignCheck(name: string, head: string): void {
    this.checks.push({ ...this.#check(), id: this.#id(), name, head_sha: head, external_id: null, conclusion: "success", annotations: [] });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    const matched = this.api.match(request.method ?? "GET", url.pathname);
    if (typeof matched === "string") {
      this.faults.push(matched);
      return send(response, 404, { message: matched });
    }
    const body = await read(request);
    this.calls.push(matched.route);
    this.faults.push(...this.api.requestFaults(matched.route, url.searchParams, body), ...headerFaults(request));
    const planted = this.#planted(matched.route);
    if (planted !== undefined && planted.when !== "after") return planted.does(response);
    const reply = this.#answer(matched.route, { params: matched.params, query: url.searchParams, body: body ?? {} });
    this.faults.push(...this.api.answerFaults(matched.route, reply.status, reply.body));
    if (planted !== undefined) return planted.does(response);
    send(response, reply.status, reply.body);
  }

  #planted(route: string): Failure | undefined {
    const index = this.failures.findIndex((failure) => failure.route === route);
    const failure = this.failures[index];
    if (failure === undefined) return undefined;
    if (failure.times <= 1) this.failures.splice(index, 1);
    else this.failures[index] = { ...failure, times: failure.times - 1 };
    return failure;
  }

  #answer(route: string, request: Request): Reply {
    const serve = this.#routes[route];
    if (serve === undefined) {
      this.faults.push(`${route} is in the description, but this host does not play it`);
      return { status: 404, body: { message: "Not Found" } };
    }
    return serve(request);
  }

  readonly #routes: Readonly<Record<string, (request: Request) => Reply>> = {
    "GET /user": () => (this.self === undefined ? forbidden : { status: 200, body: { ...this.api.example<Item>("GET /user", 200), ...this.self } }),
    [`GET ${R}/commits/{ref}/check-runs`]: ({ params, query }) => {
      const named = this.checks.filter((check) => check.head_sha === params["ref"] && check.name === (query.get("check_name") ?? check.name));
      return { status: 200, body: { total_count: named.length, check_runs: named.map(printed).reverse() } };
    },
    [`POST ${R}/check-runs`]: ({ body }) => {
      const check: StoredCheck = { ...this.#check(), id: this.#id(), annotations: [], name: "", head_sha: "", conclusion: "", external_id: null };
      this.checks.push(check);
      return { status: 201, body: printed(write(check, body)) };
    },
    [`PATCH ${R}/check-runs/{check_run_id}`]: ({ params, body }) => {
      const check = this.checks.find(({ id }) => id === Number(params["check_run_id"]));
      return check === undefined ? missing : { status: 200, body: printed(write(check, body)) };
    },
    [`GET ${R}/check-runs/{check_run_id}/annotations`]: ({ params, query }) => {
      const check = this.checks.find(({ id }) => id === Number(params["check_run_id"]));
      return check === undefined ? missing : { status: 200, body: page(check.annotations, query) };
    },
    [`GET ${R}/issues/{issue_number}/comments`]: ({ query }) => ({ status: 200, body: page(this.comments, query) }),
    [`POST ${R}/issues/{issue_number}/comments`]: ({ body }) => {
      const { login, type } = this.self ?? { login: "github-actions[bot]", type: "Bot" };
      const comment = this.addComment(login, type, String(body["body"]));
      this.onComment?.();
      return { status: 201, body: comment };
    },
    [`PATCH ${R}/issues/comments/{comment_id}`]: ({ params, body }) => {
      const comment = this.comments.find(({ id }) => id === Number(params["comment_id"]));
      if (comment === undefined) return missing;
      comment.body = String(body["body"]);
      return { status: 200, body: comment };
    },
    [`DELETE ${R}/issues/comments/{comment_id}`]: ({ params }) => {
      const index = this.comments.findIndex(({ id }) => id === Number(params["comment_id"]));
      if (index >= 0) this.comments.splice(index, 1);
      return { status: 204 };
    },
    [`GET ${R}/pulls/{pull_number}`]: ({ params }) => {
      const pull = this.pulls.get(Number(params["pull_number"]));
      return pull === undefined ? missing : { status: 200, body: this.#pull(Number(params["pull_number"]), `GET ${R}/pulls/{pull_number}`) };
    },
    [`GET ${R}/pulls`]: ({ query }) => ({
      status: 200,
      body: this.#pullsWhere((pull) => `${pull.headOwner}:${pull.branch}` === query.get("head")),
    }),
    [`GET ${R}/commits/{commit_sha}/pulls`]: ({ params }) => ({ status: 200, body: this.#pullsWhere((pull) => pull.head === params["commit_sha"]) }),
    [`GET ${R}/pulls/{pull_number}/reviews`]: ({ query }) => ({ status: 200, body: page(this.reviews, query) }),
    [`GET ${R}/collaborators/{username}/permission`]: ({ params }) => {
      const login = params["username"] ?? "";
      const permission = this.permissions.has(login) ? this.permissions.get(login) : "read";
      const route = `GET ${R}/collaborators/{username}/permission`;
      const example = this.api.example<Item & { user: Item }>(route, 200);
      // The description's example lacks a field its own schema demands.
      return permission === undefined ? missing : { status: 200, body: { ...example, permission, role_name: permission, user: { ...example.user, login, role_name: permission } } };
    },
    "GET /orgs/{org}/teams/{team_slug}": ({ params }) =>
      this.teams.has(`${params["org"]}/${params["team_slug"]}`) ? { status: 200, body: this.#team() } : missing,
    "GET /orgs/{org}/teams/{team_slug}/memberships/{username}": ({ params }) =>
      this.teams.get(`${params["org"]}/${params["team_slug"]}`)?.includes(params["username"] ?? "") === true
        ? { status: 200, body: this.api.example("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", 200) }
        : bare404,
    [`POST ${R}/code-scanning/sarifs`]: ({ body }) => {
      const document: unknown = JSON.parse(gunzipSync(Buffer.from(String(body["sarif"]), "base64")).toString("utf8"));
      this.sarifs.push({ ref: String(body["ref"]), commit: String(body["commit_sha"]), document });
      return { status: 202, body: this.api.example(`POST ${R}/code-scanning/sarifs`, 202) };
    },
  };

  #pullsWhere(fits: (pull: { head: string; branch: string; headOwner: string }) => boolean): Item[] {
    return [...this.pulls].filter(([, pull]) => pull.open && fits(pull)).map(([number]) => this.#pull(number, `GET ${R}/pulls`));
  }

  #pull(number: number, route: string): Item {
    const example = this.api.example<Item | Item[]>(route, 200);
    const template = Array.isArray(example) ? (example[0] ?? {}) : example;
    const pull = this.pulls.get(number);
    const head = { ...(template["head"] as Item), sha: pull?.head, ref: pull?.branch };
    const base = { ...(template["base"] as Item), sha: "c".repeat(40), ref: "main" };
    return {
      ...template,
      number,
      requested_teams: [],
      head,
      base,
      state: pull?.open === true ? "open" : "closed",
      user: this.#user(pull?.author ?? "", "User"),
    };
  }

  /** The description's example lacks two fields its own schema demands. */
  #team(): Item {
    const team = this.api.example<Item>("GET /orgs/{org}/teams/{team_slug}", 200);
    return { ...team, type: "organization", organization: { archived_at: null, ...(team["organization"] as Item) } };
  }

  #check(): Item & { output: Item } {
    return this.api.example<Item & { output: Item }>(`POST ${R}/check-runs`, 201, "example-of-completed-conclusion");
  }

  #user(login: string, type: string): Item {
    const { user } = this.api.example<{ user: Item }>(`POST ${R}/issues/{issue_number}/comments`, 201);
    return { ...user, login, type };
  }

  #id(): number {
    this.#nextId += 1;
    return this.#nextId;
  }
}

const forbidden: Reply = { status: 403, body: { message: "Resource not accessible by integration", documentation_url: "https://docs.github.com/rest" } };
const missing: Reply = { status: 404, body: { message: "Not Found", documentation_url: "https://docs.github.com/rest" } };
const bare404: Reply = { status: 404 };

function write(check: StoredCheck, body: Item): StoredCheck {
  const { output, ...rest } = body;
  const { annotations, ...text } = (output ?? {}) as Item & { annotations?: Item[] };
  Object.assign(check, rest);
  // As GitHub does: each update appends.
  check.annotations.push(...(annotations ?? []).map((item) => ({ ...emptyAnnotation, ...item })));
  check.output = { ...(check.output as Item), text: null, ...text, annotations_count: check.annotations.length };
  return check;
}

const emptyAnnotation = { start_column: null, end_column: null, raw_details: null, blob_href: "https://github.com/acme/shop/blob/main/x" };

function printed({ annotations: _annotations, ...check }: StoredCheck): Item {
  return check;
}

function page(items: readonly unknown[], query: URLSearchParams): unknown[] {
  const size = Number(query.get("per_page") ?? 30);
  const number = Number(query.get("page") ?? 1);
  return items.slice((number - 1) * size, number * size);
}

async function read(request: IncomingMessage): Promise<Item | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : (JSON.parse(Buffer.concat(chunks).toString("utf8")) as Item);
}

function headerFaults(request: IncomingMessage): string[] {
  const { authorization, "user-agent": agent, accept } = request.headers;
  return [
    ...(authorization === "token secret-token" || authorization === "bearer secret-token" ? [] : ["the token is missing"]),
    ...(agent?.includes("proofline") === true ? [] : ["the user agent does not name us"]),
    ...(accept?.includes("application/vnd.github") === true ? [] : ["the media type is missing"]),
  ];
}

/** Sends JSON as GitHub does. */
export function send(response: ServerResponse, status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
