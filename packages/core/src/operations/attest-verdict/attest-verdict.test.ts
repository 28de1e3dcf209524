import { expect, test } from "vitest";
import type { ResolvedChange } from "#change";
import type { TestRun } from "#evidence";
import type { VerdictDocument } from "../verdict-document.ts";
import { attestVerdict } from "./attest-verdict.ts";

const HEAD = "1".repeat(40);
const TREE = "2".repeat(40);
const BASE_TREE = "3".repeat(40);

const run = (subject: string, name: string, outcome: "passed" | "failed"): TestRun => ({
  kind: "test-run", source: "ran", subject, digest: `sha256:${"e".repeat(64)}`, origin: "vitest", tool: "vitest", unloaded: [], complete: true,
  selection: ["a.test.ts"], cases: [{ id: { file: "a.test.ts", suite: [], name }, outcome }],
}); // prettier-ignore

const verdict = {
  decision: "ship", gate: "pull-request", mode: "observe", scope: "static",
  change: { head: HEAD, headKind: "commit", base: "4".repeat(40), mergeBase: "5".repeat(40) },
  policy: { digest: `sha256:${"c".repeat(64)}`, readFrom: "4".repeat(40), origin: "proofline.yaml" },
} as unknown as VerdictDocument; // prettier-ignore

const ports = {
  clock: { now: () => 0, ticks: () => 0 },
  repository: { resolve: () => Promise.resolve({ headTree: TREE, mergeBaseTree: BASE_TREE } as ResolvedChange) },
  openKey: () => Promise.resolve({ keyId: "k", publicKeyPem: "", sign: () => new Uint8Array(64) }),
  repositoryUri: () => Promise.resolve("git+https://git.example/acme/shop"),
};

test("states the runs of the head alone, and by what and how far they were asked", async () => {
  const text = await attestVerdict(ports)({ verdict, evidence: [run(TREE, "on head", "passed"), run(BASE_TREE, "on the merge base", "failed")] }, { keyFile: "k", version: "0.1.0" });
  const [result, summary, ...more] = text.trim().split("\n").map((line) => JSON.parse(Buffer.from((JSON.parse(line) as { payload: string }).payload, "base64").toString()) as { subject: unknown; predicate: object });
  expect(more).toEqual([]);
  expect(result).toMatchObject({
    subject: [{ digest: { gitCommit: HEAD, gitTree: TREE } }],
    predicate: {
      result: "PASSED",
      failedTests: [],
      configuration: [{ name: "policy", digest: { sha256: "c".repeat(64) }, annotations: { gate: "pull-request", mode: "observe", scope: "static" } }],
      "urn:proofline:test-run:1": { selection: ["a.test.ts"] },
    },
  });
  expect(summary?.predicate).toMatchObject({ verificationResult: "FAILED", "urn:proofline:verdict:1": { decision: "ship", short: [expect.stringContaining("static"), expect.stringContaining("observe")] } });
});
