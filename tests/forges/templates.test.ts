import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly shell?: string;
}

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly "timeout-minutes"?: number;
  readonly name?: string;
  readonly if?: string;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const workflow = (file: string): Workflow => parse(read(file), { strict: true, uniqueKeys: true }) as Workflow;
const stepsOf = (flow: Workflow): readonly Step[] => Object.values(flow.jobs).flatMap((job) => job.steps);
const version = (JSON.parse(read("packages/cli/package.json")) as { version: string }).version;

const FIRST = "templates/ci/github.yml";
const SECOND = "templates/ci/github-fork-second-half.yml";
const ACTIONS = ["actions/checkout@v4", "actions/setup-node@v4", "actions/upload-artifact@v4", "actions/download-artifact@v4"];
const FLAGS = ["--base", "--head", "--gate", "--mode", "--only", "--no-run", "--all", "--evidence", "--format", "--post", "--type", "--repo", "--out"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "proofline-ci-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a step's script with an `npx` that writes its arguments down, and tells what it was given. */
function runScript(
  script: string,
  env: Readonly<Record<string, string>>,
  verdict?: string,
  exit = 0,
): { readonly args: readonly string[]; readonly status: number | null; readonly outputs: string } {
  mkdirSync(join(folder, "bin"), { recursive: true });
  const record = verdict === undefined ? "" : `mkdir -p "$RUNNER_TEMP/proofline"; printf '%s' '${verdict}' > "$RUNNER_TEMP/proofline/verdict.json"`;
  writeFileSync(join(folder, "bin", "npx"), `#!/bin/bash\nprintf '%s\\n' "$@" > "${folder}/args"\n${record}\nexit ${exit}\n`);
  chmodSync(join(folder, "bin", "npx"), 0o755);
  writeFileSync(join(folder, "outputs"), "");
  const { status, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`, RUNNER_TEMP: folder, GITHUB_OUTPUT: join(folder, "outputs"), ...env },
  });
  expect(stderr).toBe("");
  return { args: readFileSync(join(folder, "args"), "utf8").trimEnd().split("\n"), status, outputs: readFileSync(join(folder, "outputs"), "utf8") };
}

const judging = (steps: readonly Step[]): Step => steps.find((step) => step.run?.includes("npx") === true) ?? {};

describe.each([FIRST, SECOND])("%s", (file) => {
  const flow = workflow(file);

  test("grants nothing by default and each job only what it uses", () => {
    expect(flow.permissions).toEqual({});
    const granted = Object.values(flow.jobs).map(({ permissions }) => permissions);
    const posting = { contents: "read", checks: "write", "pull-requests": "write" };
    expect(granted).toEqual([file === FIRST ? { ...posting, "security-events": "write" } : { ...posting, actions: "read" }]);
  });

  test("uses only known actions, with a version", () => {
    for (const { uses } of stepsOf(flow)) if (uses !== undefined) expect(ACTIONS).toContain(uses);
  });

  test("clones deep enough for a merge base and says why", () => {
    const [checkout] = stepsOf(flow).filter(({ uses }) => uses?.startsWith("actions/checkout") === true);
    expect(checkout?.with?.["fetch-depth"]).toBe(0);
    expect(read(file)).toContain("A clone of depth 1 has none");
  });

  test("puts nothing of an event into a shell but by environment", () => {
    for (const { run = "" } of stepsOf(flow)) expect(run).not.toContain("${{");
    for (const { env = {} } of stepsOf(flow)) {
      for (const value of Object.values(env)) expect(value).not.toMatch(/title|body|head_branch|head\.ref|head_commit|label/);
    }
    expect(Object.keys(flow.on)).not.toContain("pull_request_target");
  });

  test("sets no job of the check's own name, and ends by itself", () => {
    for (const [id, job] of Object.entries(flow.jobs)) {
      expect([id, job.name]).not.toContain("proofline");
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(15);
    }
  });

  test("runs the released version, observing, with flags that exist", () => {
    expect(flow.env["PROOFLINE_VERSION"]).toBe(version);
    const { args } = runScript(judging(stepsOf(flow)).run ?? "", { TARGET: "main", GATE: "pull-request", POST: "yes", HEAD_SHA: "a", PROOFLINE_VERSION: version });
    expect(args.slice(0, 3)).toEqual(["--yes", `proofline@${version}`, "check"]);
    expect(args.join(" ")).toContain("--mode observe");
    for (const flag of args.filter((arg) => arg.startsWith("--") && arg !== "--yes")) expect(FLAGS).toContain(flag);
  });
});

describe("the first half", () => {
  const flow = workflow(FIRST);

  test("runs on pull requests and in the merge queue, with no credential left for the tests", () => {
    expect(Object.keys(flow.on)).toEqual(["pull_request", "merge_group"]);
    const [checkout] = stepsOf(flow).filter(({ uses }) => uses?.startsWith("actions/checkout") === true);
    expect(checkout?.with?.["persist-credentials"]).toBe(false);
    const withToken = stepsOf(flow).filter(({ env }) => env?.["GITHUB_TOKEN"] !== undefined);
    expect(withToken.map(({ run }) => run?.includes("npm ci"))).toEqual([false]);
  });

  test("posts for this repository's own branches and not for forks", () => {
    const script = judging(stepsOf(flow)).run ?? "";
    const env = { TARGET: "main", GATE: "pull-request", PROOFLINE_VERSION: version };
    expect(runScript(script, { ...env, POST: "yes" }).args.join(" ")).toContain("--post github");
    expect(runScript(script, { ...env, POST: "no" }).args.join(" ")).not.toContain("--post");
    expect(judging(stepsOf(flow)).env?.["POST"]).toContain("github.event.pull_request.head.repo.full_name == github.repository");
  });

  test("judges against the tip of the target branch, which the event's commits lag behind", () => {
    const { run = "", env = {} } = judging(stepsOf(flow));
    for (const TARGET of ["release/2.x", "refs/heads/release/2.x"]) {
      const { args } = runScript(run, { TARGET, GATE: "pull-request", POST: "no", PROOFLINE_VERSION: version });
      expect(args[args.indexOf("--base") + 1]).toBe("origin/release/2.x");
    }
    expect(env["TARGET"]).toMatch(/pull_request\.base\.ref.*merge_group\.base_ref/);
    expect(JSON.stringify(flow)).not.toMatch(/base\.sha|base_sha/);
  });

  test("hands its verdict on under the name the second half looks for", () => {
    const uploaded = stepsOf(flow).find(({ uses }) => uses?.includes("upload-artifact") === true);
    const looked = stepsOf(workflow(SECOND)).find(({ uses }) => uses?.includes("download-artifact") === true);
    expect(uploaded?.with?.["name"]).toBe(looked?.with?.["name"]);
    expect((parse(read(FIRST)) as { name: string }).name).toBe((workflow(SECOND).on["workflow_run"] as { workflows: string[] }).workflows[0]);
  });
});

describe("the second half", () => {
  const flow = workflow(SECOND);

  test("runs none of the fork's code", () => {
    const [checkout] = stepsOf(flow).filter(({ uses }) => uses?.startsWith("actions/checkout") === true);
    expect(checkout?.with).not.toHaveProperty("ref");
    const scripts = stepsOf(flow)
      .map(({ run }) => run ?? "")
      .join("\n");
    expect(scripts).not.toMatch(/npm (ci|install|test|run)|git (checkout|switch|merge|pull|reset)/);
    expect(runScript(judging(stepsOf(flow)).run ?? "", { HEAD_SHA: "a", PROOFLINE_VERSION: version }).args).toContain("--no-run");
  });

  test("speaks only about forks, and keeps what they uploaded outside the workspace", () => {
    expect(Object.values(flow.jobs)[0]?.if).toContain("head_repository.full_name != github.repository");
    const download = stepsOf(flow).find(({ uses }) => uses?.includes("download-artifact") === true);
    expect(String(download?.with?.["path"])).toMatch(/^\$\{\{ runner\.temp \}\}\//);
  });

  test("hands the first half's verdict in when there is one, and goes on when there is none", () => {
    const script = judging(stepsOf(flow)).run ?? "";
    expect(runScript(script, { HEAD_SHA: "a", PROOFLINE_VERSION: version }).args).not.toContain("--evidence");
    mkdirSync(join(folder, "first-half"));
    writeFileSync(join(folder, "first-half", "verdict.json"), "{}");
    expect(runScript(script, { HEAD_SHA: "a", PROOFLINE_VERSION: version }).args).toContain(join(folder, "first-half", "verdict.json"));
  });
});

describe("action.yml", () => {
  const action = parse(read("action.yml"), { strict: true, uniqueKeys: true }) as Action;
  const step = judging(action.runs.steps);
  const defaults = { VERSION: version, MODE: "observe", GATE: "pull-request", BASE: "", TARGET: "", HEAD: "HEAD", EVIDENCE: "", RUN: "true", POST: "auto", FORK: "false" };

  test("describes every input and uses each, and no other", () => {
    expect(action.runs.using).toBe("composite");
    const used = new Set([...read("action.yml").matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
    for (const { description } of Object.values(action.inputs)) expect(description).toMatch(/\.$/);
    expect(step.run).not.toContain("${{");
    expect(step.shell).toBe("bash");
  });

  test("observes by default, in the released version", () => {
    expect([action.inputs["mode"]?.default, action.inputs["version"]?.default]).toEqual(["observe", version]);
    expect(runScript(step.run ?? "", defaults).args).toEqual([
      "--yes",
      `proofline@${version}`,
      "check",
      "--head",
      "HEAD",
      "--gate",
      "pull-request",
      "--mode",
      "observe",
      "--format",
      "json",
      "--out",
      join(folder, "proofline/verdict.json"),
      "--post",
      "github",
    ]);
  });

  test("judges against the base that is given, else against the tip of the event's target", () => {
    const baseOf = (env: Readonly<Record<string, string>>): string | undefined => {
      const { args } = runScript(step.run ?? "", { ...defaults, ...env });
      return args.includes("--base") ? args[args.indexOf("--base") + 1] : undefined;
    };
    expect([baseOf({ BASE: "v1", TARGET: "main" }), baseOf({ TARGET: "refs/heads/main" }), baseOf({ TARGET: "x y$(touch pwned)" }), baseOf({})]).toEqual(["v1", "origin/main", "origin/x y$(touch pwned)", undefined]);
    expect(read("action.yml")).not.toMatch(/base\.sha|base_sha/);
  });

  test("passes each line of evidence as one argument, whatever it holds", () => {
    const { args } = runScript(step.run ?? "", { ...defaults, EVIDENCE: "reports/**/*.xml\ncoverage/my lcov.info\n\n$(touch pwned)" });
    expect(args.filter((_, index) => args[index - 1] === "--evidence")).toEqual(["reports/**/*.xml", "coverage/my lcov.info", "$(touch pwned)"]);
    expect(() => readFileSync(join(folder, "pwned"))).toThrow("ENOENT");
  });

  test.each([
    ["auto", "true", false],
    ["auto", "false", true],
    ["true", "true", true],
    ["false", "false", false],
  ])("post %s, from a fork: %s, posts: %s", (POST, FORK, posts) => {
    expect(runScript(step.run ?? "", { ...defaults, POST, FORK }).args.includes("--post")).toBe(posts);
  });

  test("tells decision and document, and keeps the exit code", () => {
    const { outputs, status } = runScript(step.run ?? "", defaults, '{"decision":"hold"}', 1);
    expect(outputs).toBe(`verdict=${join(folder, "proofline/verdict.json")}\ndecision=hold\n`);
    expect(status).toBe(1);
  });

  test("a forged decision can't write other outputs", () => {
    expect(runScript(step.run ?? "", defaults, '{"decision":"ship\\nverdict=/etc/passwd"}').outputs.split("\n")).toHaveLength(3);
  });
});

describe("templates/ci/gitlab.yml", () => {
  const job = (
    parse(read("templates/ci/gitlab.yml"), { strict: true, uniqueKeys: true }) as {
      proofline: { variables: Record<string, string>; script: string[]; rules: { if: string }[]; artifacts: { reports: { codequality: string } } };
    }
  ).proofline;
  const script = job.script.find((line) => line.startsWith("npx")) ?? "";

  test("clones deep enough, runs on merge requests, in the released version", () => {
    expect(job.variables).toEqual({ GIT_DEPTH: "0", PROOFLINE_VERSION: version });
    expect(job.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]);
    for (const line of job.script) execFileSync("sh", ["-n", "-c", line]);
  });

  test("posts what the job's token allows, with flags that exist, and declares the report that is then written", () => {
    const { args } = runScript(script, { PROOFLINE_VERSION: version });
    expect(args.slice(-2)).toEqual(["--post", "gitlab"]);
    for (const flag of args.filter((arg) => arg.startsWith("--") && arg !== "--yes")) expect(FLAGS).toContain(flag);
    expect(read("packages/core/src/compose/forge.ts")).toContain(`"${job.artifacts.reports.codequality}"`);
  });
});
