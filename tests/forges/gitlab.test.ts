import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Annotation, ForgeContext, Posting } from "../../packages/core/src/operations/index.ts";
import { createGitLabForge } from "../../packages/core/src/adapters/forges/gitlab/gitlab-forge.ts";
import { GitLabHost } from "./gitlab-host.ts";

const HEAD = "a".repeat(40);
const OLD = "b".repeat(40);

let host: GitLabHost;
let apiUrl: string;
let folder: string;
let slept: number[];

beforeEach(async () => {
  host = new GitLabHost();
  host.head = HEAD;
  apiUrl = await host.start();
  folder = await mkdtemp(join(tmpdir(), "proofline-forge-"));
  slept = [];
});

afterEach(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
  expect(host.faults).toEqual([]);
});

function forge(more: Partial<ForgeContext> = {}) {
  const context: ForgeContext = {
    kind: "gitlab",
    apiUrl,
    repo: "42",
    token: "secret-token",
    tokenKind: "bearer",
    event: "merge_request_event",
    gate: "pull-request",
    fork: false,
    labels: [],
    ...more,
  };
  let skipped = 0;
  const pace = {
    now: () => Date.now() + skipped,
    sleep: (ms: number) => {
      slept.push(ms);
      skipped += ms;
      return Promise.resolve();
    },
    betweenWritesMs: 100,
    firstPauseMs: 1_000,
    deadlineMs: 120_000,
    attemptMs: 2_000,
  };
  const reports = { codeQuality: join(folder, "gl-code-quality-report.json"), sarif: join(folder, "gl-sarif.json") };
  return createGitLabForge(context, { savePostingTo: join(folder, "posting.json"), reports, pace });
}

const remark = (line: number, more: Partial<Annotation> = {}): Annotation => ({
  path: "test/refund.test.ts",
  line,
  endLine: line,
  level: "failure",
  title: "tests/weakened",
  message: "Loosened.",
  check: "tests/weakened",
  fingerprint: "f".repeat(64),
  ...more,
});

const posting = (more: Partial<Posting> = {}): Posting => ({
  repo: "42",
  headSha: HEAD,
  pullRequest: 3,
  checkName: "proofline",
  title: "Hold · the only test for this fix passes without the fix",
  summaryMarkdown: "## Hold",
  conclusion: "hold",
  mode: "enforce",
  annotations: [remark(41)],
  comment: "### Hold",
  detailsUrl: "https://gitlab.example/acme/shop/-/jobs/1",
  ...more,
});

const states = () => host.statuses.map(({ status }) => status);

describe("the commit status", () => {
  test.each([
    ["enforce", "ship", "success"],
    ["enforce", "hold", "failed"],
    ["enforce", "ask", "failed"],
    ["observe", "hold", "success"],
    ["warn", "ask", "success"],
  ] as const)("at %s a %s is %s", async (mode, conclusion, state) => {
    await forge().publish(posting({ mode, conclusion }));
    expect(states()).toEqual([state]);
    expect(host.statuses[0]?.description?.startsWith(mode === "enforce" ? "Hold" : `${mode}: `)).toBe(true);
  });

  test("is not set twice to the same state, which GitLab refuses", async () => {
    await forge().publish(posting());
    expect((await forge().publish(posting())).check).toBe("unchanged");
    expect((await forge().publish(posting({ conclusion: "ship" }))).check).toBe("updated");
    expect(states()).toEqual(["failed", "success"]);
  });

  test("keeps GitLab's limit for the description", async () => {
    await forge().publish(posting({ title: "ü".repeat(300) }));
    expect(Buffer.byteLength(host.statuses[0]?.description ?? "")).toBeLessThanOrEqual(255);
  });
});

test("a status that another update keeps from being set is tried again", async () => {
  host.failures = [{ call: /^POST .*\/statuses\//, times: 2, does: (response) => response.writeHead(409, { "content-type": "application/json" }).end('{"message":"409 Conflict"}') }];
  expect((await forge().publish(posting())).check).toBe("created");
  expect(states()).toEqual(["failed"]);
  expect(slept.filter((ms) => ms >= 1_000)).toEqual([1_000, 2_000]);
});

test("an address longer than GitLab takes is left out, and the status is set", async () => {
  await forge().publish(posting({ detailsUrl: `https://gitlab.example/${"a".repeat(300)}` }));
  expect(host.statuses[0]).toMatchObject({ status: "failed", target_url: null });
});

describe("the note", () => {
  test("orders nothing, whatever stands in it; a path stays one", async () => {
    await forge().publish(posting({ comment: "### Hold\n/approve\n  /merge now\n\n```\n/close\n```\n/home/ada/x.js failed\n1 / 2" }));
    expect(host.notes[0]?.body).toContain("### Hold\n\\/approve\n  \\/merge now");
    expect(host.notes[0]?.body).toContain("\n/home/ada/x.js failed\n1 / 2");
  });

  test("is edited in place, behind many others, and nobody else's is touched", async () => {
    host.addNote(8, `<!-- proofline:proofline head=${HEAD} -->\ncopied marker`);
    for (let index = 0; index < 130; index += 1) host.addNote(8, "looks fine");
    await forge().publish(posting());
    await forge().publish(posting({ comment: "### Ship" }));
    expect(host.notes).toHaveLength(132);
    expect(host.notes[0]?.body).toContain("copied marker");
    expect(host.notes.at(-1)?.body).toBe(`<!-- proofline:proofline head=${HEAD} -->\n### Ship`);
  });

  test("is not written for a trivial change, in observe, or by a run for an older head", async () => {
    const { comment: _, ...trivial } = posting({ resolvedComment: "### Ship" });
    await forge().publish(trivial);
    await forge().publish(posting({ mode: "observe" }));
    host.head = OLD;
    expect((await forge().publish(posting())).notes.join()).toContain("moved on to bbbbbbb");
    expect(host.notes).toEqual([]);
  });

  test("is not doubled when the answer to its creation was lost", async () => {
    host.failures = [{ call: /^POST .*notes$/, times: 1, when: "after", does: (response) => response.writeHead(502).end() }];
    await forge().publish(posting());
    expect(host.notes).toHaveLength(1);
  });

  test("two runs at once leave one", async () => {
    await Promise.all([forge().publish(posting()), forge().publish(posting())]);
    expect(host.notes).toHaveLength(1);
  });
});

describe("report files", () => {
  test("carry remarks as code quality with unique fingerprints, and SARIF as it is", async () => {
    const published = await forge().publish(posting({ annotations: [remark(1), remark(2, { level: "notice" })], sarif: '{"version":"2.1.0"}' }));
    const report = JSON.parse(await readFile(join(folder, "gl-code-quality-report.json"), "utf8")) as { fingerprint: string }[];
    expect(report).toMatchObject([
      { check_name: "tests/weakened", severity: "major", location: { path: "test/refund.test.ts", lines: { begin: 1 } } },
      { severity: "info", location: { lines: { begin: 2 } } },
    ]);
    expect(new Set(report.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(published.sarif).toBe("written");
    expect(await readFile(join(folder, "gl-sarif.json"), "utf8")).toBe('{"version":"2.1.0"}');
  });

  test("are there and empty while the gate only observes", async () => {
    const published = await forge().publish(posting({ mode: "observe", annotations: [remark(1)], sarif: "{}" }));
    expect(JSON.parse(await readFile(join(folder, "gl-code-quality-report.json"), "utf8"))).toEqual([]);
    expect(published.sarif).toBe("none");
  });
});

describe("when things go wrong", () => {
  test("a job's own token writes the reports, posts nothing, says what it needs and keeps the posting", async () => {
    const published = await forge({ tokenKind: "job" }).publish(posting({ annotations: [remark(1)] }));
    expect(published).toMatchObject({ check: "none", comment: "none", notes: [expect.stringMatching(/GITLAB_TOKEN[\s\S]*posting\.json/)] });
    expect(host.calls).toEqual([]);
    expect(JSON.parse(await readFile(join(folder, "posting.json"), "utf8"))).toMatchObject({ headSha: HEAD });
    expect(JSON.parse(await readFile(join(folder, "gl-code-quality-report.json"), "utf8"))).toHaveLength(1);
  });

  test("Retry-After is obeyed", async () => {
    host.failures = [{ call: /statuses/, times: 1, does: (response) => response.writeHead(429, { "retry-after": "12" }).end() }];
    await forge().publish(posting());
    expect(slept).toContain(12_000);
  });

  test("an answer of another shape is unreachable, not a crash", async () => {
    host.failures = [{ call: /GET .*statuses/, times: 99, does: (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>") }];
    await expect(forge().publish(posting())).rejects.toMatchObject({ code: "forge/unreachable" });
  });
});

describe("approvals", () => {
  const kim = { id: 5, username: "kim", state: "active" };
  const ask = (owners: readonly string[]) => forge().approvals({ repo: "42", pullRequest: 3, headSha: HEAD, areas: [{ name: "payments", owners }] });

  beforeEach(() => {
    host.users.set(5, kim);
    host.versions = [
      { head: HEAD, at: "2026-11-02T10:00:00Z" },
      { head: OLD, at: "2026-11-01T10:00:00Z" },
    ];
  });

  test("count for the version that was the head when they were given", async () => {
    host.approvedBy = [{ user: kim, approved_at: "2026-11-02T11:00:00Z" }];
    expect(await ask(["@kim"])).toMatchObject({
      areas: [{ answer: "holds", approvedBy: ["kim"] }],
      stale: [],
      evidence: { source: "reported", author: "mina" },
    });
  });

  test("given before the newest push, or without a time, are stale", async () => {
    for (const approved of [{ user: kim, approved_at: "2026-11-01T11:00:00Z" }, { user: kim }]) {
      host.approvedBy = [approved];
      const reading = await ask(["@kim"]);
      expect(reading.areas[0]?.answer).toBe("broken");
      expect(reading.stale).toHaveLength(1);
    }
  });

  test("of bots and of the author don't count", async () => {
    host.users.set(6, { id: 6, username: "reviewer", state: "active", bot: true });
    host.approvedBy = [6, 9]
      .map((id) => ({ user: host.users.get(id) ?? host.author, approved_at: "2026-11-02T11:00:00Z" }))
      .map(({ user, approved_at }) => ({ user: { id: user.id, username: user.username, state: "active" }, approved_at }));
    const reading = await ask(["@reviewer", "@mina"]);
    expect(reading.areas[0]?.answer).toBe("broken");
    expect(reading.evidence.approvals).toMatchObject([{ by: "reviewer", principal: "agent" }]);
    expect(reading.discounted).toEqual([{ by: "mina", because: "authors don't approve their own change" }]);
  });

  test.each([
    ["no member", undefined],
    ["a reporter", 20],
  ])("by %s count for nothing, and that is said", async (_, level) => {
    if (level === undefined) host.members.delete(5);
    else host.members.set(5, level);
    host.approvedBy = [{ user: kim, approved_at: "2026-11-02T11:00:00Z" }];
    const reading = await ask([]);
    expect(reading.areas[0]?.answer).toBe("broken");
    expect(reading.discounted).toEqual([{ by: "kim", because: "this account may not write to the repository" }]);
  });

  test("by a developer hold where nobody owns the area", async () => {
    host.approvedBy = [{ user: kim, approved_at: "2026-11-02T11:00:00Z" }];
    expect((await ask([])).areas[0]).toMatchObject({ answer: "holds", approvedBy: ["kim"] });
  });

  test("by a member of an owning group hold, and a group that can't be read is unknown", async () => {
    host.approvedBy = [{ user: kim, approved_at: "2026-11-02T11:00:00Z" }];
    host.groups.set("acme/payments", [5]);
    expect((await ask(["@acme/payments"])).areas[0]?.answer).toBe("holds");
    expect((await ask(["@acme/secret"])).areas[0]).toMatchObject({ answer: "unknown" });
  });
});
