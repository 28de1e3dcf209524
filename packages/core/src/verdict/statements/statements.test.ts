import { createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { TestCase, TestRun } from "#evidence";
import { fromBase64, toBase64 } from "./base64.ts";
import { IN_TOTO, openEnvelope, preAuthenticationEncoding, seal, type Envelope, type Signer } from "./dsse.ts";
import { sealEvidence } from "./seal-evidence.ts";
import { STATEMENT_TYPE, SUMMARY, TEST_RESULT } from "./statement.ts";
import { summaryStatement, type SummaryFacts } from "./summary.ts";
import { testResultStatement } from "./test-result.ts";
import { keyIdOf, type TrustedKey } from "./verification-key.ts";
import { verifyBundle } from "./verify-bundle.ts";
import { verifyEnvelope, type Expected } from "./verify-envelope.ts";

const COMMIT = "1".repeat(40);
const POLICY = `sha256:${"c".repeat(64)}`;
const NOW = "2026-11-21T10:00:00Z";
const utf8 = new TextEncoder();

interface Pair {
  readonly signer: Signer;
  readonly key: TrustedKey;
}

function makePair(principal: string, more: Partial<TrustedKey> = {}): Pair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
  return {
    signer: { keyId: keyIdOf(pem) ?? "", sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)) },
    key: { principal, kind: "service", pem, ...more },
  };
}

const verifySignature = (pem: string, bytes: Uint8Array, signature: Uint8Array) => verify(null, bytes, createPublicKey(pem), signature);

const ci = makePair("proofline-ci");
const other = makePair("mallory");

const facts: SummaryFacts = {
  commit: COMMIT,
  refs: ["refs/heads/fix-refund"],
  repository: "git+https://git.example/acme/shop",
  decision: "ship",
  gate: "pull-request",
  mode: "enforce",
  scope: "full",
  base: "2".repeat(40),
  mergeBase: "3".repeat(40),
  verdictDigest: `sha256:${"d".repeat(64)}`,
  policy: { uri: "git+https://git.example/acme/shop@2222#proofline.yaml", digest: POLICY },
  version: "0.1.0",
  at: "2026-11-21T09:00:00Z",
  inputs: [],
  tests: "ran",
};

const testCase = (name: string, more: Partial<TestCase> = {}): TestCase => ({
  id: { file: "test/a.test.ts", suite: ["refund"], name },
  outcome: "passed",
  ...more,
});

const run = (cases: readonly TestCase[], more: Partial<TestRun> = {}): TestRun => ({
  kind: "test-run",
  source: "ran",
  subject: COMMIT,
  digest: `sha256:${"e".repeat(64)}`,
  origin: "vitest",
  tool: "vitest",
  cases,
  unloaded: [],
  complete: true,
  ...more,
});

const configuration = [{ name: "vitest.config.ts", digest: { gitBlob: "4".repeat(40) } }];
const expected: Expected = { commit: COMMIT, policyDigest: POLICY, now: NOW };

let sealed: string;
beforeAll(async () => {
  sealed = JSON.stringify(await seal(summaryStatement(facts), IN_TOTO, ci.signer));
});

const check = (envelope: string, more: { keys?: readonly TrustedKey[]; expected?: Partial<Expected> } = {}) =>
  verifyEnvelope({
    envelope,
    where: "evidence.jsonl",
    keysFromTargetBranch: more.keys ?? [ci.key],
    verifySignature,
    expected: { ...expected, ...more.expected },
  });

const refusal = (envelope: string | Promise<string>, code: string, more?: Parameters<typeof check>[1]) =>
  expect(Promise.resolve(envelope).then((text) => check(text, more))).rejects.toMatchObject({ code });

/** The envelope with its payload changed as told and nothing signed again. */
function forged(change: (statement: Record<string, never>) => unknown): string {
  const envelope = JSON.parse(sealed) as Envelope;
  const statement = JSON.parse(new TextDecoder().decode(fromBase64(envelope.payload))) as Record<string, never>;
  return JSON.stringify({ ...envelope, payload: toBase64(utf8.encode(JSON.stringify(change(statement)))) });
}

const signedAs = async (statement: unknown, pair = ci): Promise<string> => JSON.stringify(await seal(statement, IN_TOTO, pair.signer));

describe("DSSE", () => {
  test("encodes what is signed as the specification's own example", () => {
    expect(new TextDecoder().decode(preAuthenticationEncoding("http://example.com/HelloWorld", utf8.encode("hello world")))).toBe(
      "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
    );
  });

  test("counts bytes, not characters", () => {
    expect(new TextDecoder().decode(preAuthenticationEncoding("tÿpe", utf8.encode("€")))).toBe("DSSEv1 5 tÿpe 3 €");
  });

  test("never encodes two different pairs of type and body to the same bytes", () => {
    const part = fc.string({ unit: fc.constantFrom(" ", "1", "2", "a", "DSSEv1 ") });
    fc.assert(
      fc.property(part, part, part, part, (typeA, bodyA, typeB, bodyB) => {
        fc.pre(typeA !== typeB || bodyA !== bodyB);
        expect(toBase64(preAuthenticationEncoding(typeA, utf8.encode(bodyA)))).not.toBe(toBase64(preAuthenticationEncoding(typeB, utf8.encode(bodyB))));
      }),
    );
  });

  test("reads both alphabets of base64, with and without padding, and nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const standard = toBase64(bytes);
        expect(standard).toBe(Buffer.from(bytes).toString("base64"));
        expect(fromBase64(standard)).toEqual(bytes);
        expect(fromBase64(Buffer.from(bytes).toString("base64url"))).toEqual(bytes);
      }),
    );
    for (const wrong of ["a", "ab cd", "ab\ncd", "äb==", "abc=d"]) expect(fromBase64(wrong)).toBeUndefined();
  });

  test("ignores fields it does not know", async () => {
    await expect(check(JSON.stringify({ ...(JSON.parse(sealed) as object), extra: 1 }))).resolves.toMatchObject({ kind: "summary" });
  });
});

describe("a test-result statement", () => {
  const named = (statement: ReturnType<typeof testResultStatement>) => statement.predicate;

  test("names the commit and sorts tests by what happened to them", () => {
    const cases = [testCase("rounds"), testCase("again", { retries: 1 }), testCase("odd", { outcome: "failed" }), testCase("later", { outcome: "skipped" })];
    const statement = testResultStatement(run(cases), { commit: COMMIT, configuration });
    expect(statement).toMatchObject({ _type: STATEMENT_TYPE, predicateType: TEST_RESULT, subject: [{ digest: { gitCommit: COMMIT } }] });
    expect(statement.predicate).toMatchObject({
      result: "FAILED",
      configuration,
      passedTests: ["test/a.test.ts > refund > rounds"],
      warnedTests: ["test/a.test.ts > refund > again"],
      failedTests: ["test/a.test.ts > refund > odd"],
      "urn:proofline:test-run:1": { source: "ran", skippedTests: ["test/a.test.ts > refund > later"] },
    });
  });

  test.each([
    ["a clean run", run([testCase("rounds")]), "PASSED"],
    ["a run without tests", run([]), "WARNED"],
    ["a run of skipped tests only", run([testCase("later", { outcome: "skipped" })]), "WARNED"],
    ["a run cut short", run([testCase("rounds")], { complete: false, because: "budget" }), "WARNED"],
    ["a pass on a retry", run([testCase("rounds", { retries: 2 })]), "WARNED"],
    ["a file that did not load", run([testCase("rounds")], { unloaded: [{ file: "b.test.ts", failure: { kind: "load", message: "" } }] }), "FAILED"],
  ])("calls %s what it is", (_, testRun, result) => {
    expect(named(testResultStatement(testRun, { commit: COMMIT, configuration })).result).toBe(result);
  });
});

describe("a summary statement", () => {
  test("is a SLSA source summary with our properties and the policy's digest", () => {
    expect(summaryStatement(facts)).toMatchObject({
      predicateType: SUMMARY,
      subject: [{ digest: { gitCommit: COMMIT }, annotations: { sourceRefs: ["refs/heads/fix-refund"] } }],
      predicate: {
        resourceUri: "git+https://git.example/acme/shop",
        policy: { digest: { sha256: "c".repeat(64) } },
        verificationResult: "PASSED",
        verifiedLevels: [
          "SLSA_SOURCE_LEVEL_UNEVALUATED",
          "ORG_SOURCE_PROOFLINE_GATE_PULL_REQUEST",
          "ORG_SOURCE_PROOFLINE_ENFORCED",
          "ORG_SOURCE_PROOFLINE_SCOPE_FULL",
          "ORG_SOURCE_PROOFLINE_TESTS_RAN",
        ],
      },
    });
  });

  test.each(["hold", "ask"] as const)("never passes a %s, and claims nothing for it", (decision) => {
    expect(summaryStatement({ ...facts, decision }).predicate).toMatchObject({ verificationResult: "FAILED", verifiedLevels: ["FAILED"] });
  });

  test.each([
    [{ scope: "static" }, "nothing was run (scope static)"],
    [{ scope: "partial" }, "not everything was looked at (scope partial)"],
    [{ mode: "observe" }, "the gate did not enforce (mode observe)"],
    [{ mode: "warn" }, "the gate did not enforce (mode warn)"],
  ] as const)("never passes a ship that is no whole look: %j", (more, because) => {
    const { predicate } = summaryStatement({ ...facts, ...more });
    expect(predicate).toMatchObject({ verificationResult: "FAILED", verifiedLevels: ["FAILED"], "urn:proofline:verdict:1": { decision: "ship", ...more, short: [because] } });
  });
});

describe("verifying", () => {
  test("accepts what a listed key signed about this commit under this policy", async () => {
    expect(
      await check(sealed, {
        keys: [other.key, ci.key],
        expected: { passed: { properties: ["ORG_SOURCE_PROOFLINE_TESTS_RAN"] }, maxDays: 1, repository: facts.repository },
      }),
    ).toMatchObject({
      kind: "summary",
      key: { principal: "proofline-ci" },
    });
  });

  test("accepts an envelope without key id, for the id is only a hint", async () => {
    const { keyid: _, ...signature } = (JSON.parse(sealed) as Envelope).signatures[0] ?? { sig: "" };
    await expect(check(JSON.stringify({ ...(JSON.parse(sealed) as object), signatures: [signature] }))).resolves.toMatchObject({ kind: "summary" });
  });

  test("refuses a key the target branch does not list", () => refusal(signedAs(summaryStatement(facts), other), "statement/unknown-key"));

  test("refuses another key under a listed key's id", () =>
    refusal(signedAs(summaryStatement(facts), { ...other, signer: { keyId: ci.signer.keyId, sign: other.signer.sign } }), "statement/bad-signature"));

  test("refuses an edited commit, policy and result, each not signed again", async () => {
    await refusal(
      forged((statement) => ({ ...statement, subject: [{ digest: { gitCommit: "9".repeat(40) } }] })),
      "statement/bad-signature",
    );
    await refusal(
      forged((statement) => ({
        ...statement,
        predicate: { ...(statement["predicate"] as unknown as object), policy: { uri: "x", digest: { sha256: "0".repeat(64) } } },
      })),
      "statement/bad-signature",
    );
  });

  test("refuses every envelope with any one byte of payload or signature changed", async () => {
    const envelope = JSON.parse(sealed) as Envelope;
    const payload = fromBase64(envelope.payload) ?? new Uint8Array();
    await fc.assert(
      fc.asyncProperty(fc.nat(payload.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), async (at, flip, inSignature) => {
        const bytes = inSignature ? (fromBase64(envelope.signatures[0]?.sig ?? "") ?? new Uint8Array()) : Uint8Array.from(payload);
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ flip;
        const changed = inSignature
          ? { ...envelope, signatures: [{ keyid: ci.signer.keyId, sig: toBase64(bytes) }] }
          : { ...envelope, payload: toBase64(bytes) };
        await refusal(JSON.stringify(changed), "statement/bad-signature");
      }),
      { numRuns: 60 },
    );
  });

  test("refuses a replay on another commit", () => refusal(sealed, "statement/other-commit", { expected: { commit: "9".repeat(40) } }));
  test("refuses a verdict by another policy than the one in force", () =>
    refusal(sealed, "statement/other-policy", { expected: { policyDigest: `sha256:${"0".repeat(64)}` } }));
  test("refuses another repository's evidence", () =>
    refusal(sealed, "statement/other-repository", { expected: { repository: "git+https://git.example/acme/fork" } }));
  test("refuses a second signature", () => {
    const envelope = JSON.parse(sealed) as Envelope;
    return refusal(JSON.stringify({ ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] }), "statement/extra-signature");
  });
  test("refuses an envelope without signature", () =>
    refusal(JSON.stringify({ ...(JSON.parse(sealed) as object), signatures: [] }), "statement/extra-signature"));
  test("refuses old evidence where age matters, and evidence from the future", async () => {
    await refusal(sealed, "statement/too-old", { expected: { maxDays: 30, now: "2027-01-21T10:00:00Z" } });
    await refusal(sealed, "statement/too-old", { expected: { maxDays: 30, now: "2026-11-20T10:00:00Z" } });
  });
  test("refuses an expired key", () => refusal(sealed, "statement/expired-key", { keys: [{ ...ci.key, expires: "2026-11-20" }] }));
  test("refuses an agent's key", () => refusal(sealed, "statement/agent-key", { keys: [{ ...ci.key, kind: "agent" }] }));
  test("refuses a summary that is whole and says no, where a pass is demanded", () =>
    refusal(signedAs(summaryStatement({ ...facts, decision: "ask" })), "statement/not-passed", { expected: { passed: { properties: [] } } }));
  test("refuses a pass that lacks a demanded property", () =>
    refusal(signedAs(summaryStatement({ ...facts, tests: "reported" })), "statement/not-passed", {
      expected: { passed: { properties: ["ORG_SOURCE_PROOFLINE_TESTS_RAN"] } },
    }));

  test("refuses kinds it does not know", async () => {
    const statement = summaryStatement(facts);
    await refusal(signedAs({ ...statement, predicateType: "https://slsa.dev/provenance/v1" }), "statement/unknown-type");
    await refusal(signedAs({ ...statement, _type: "https://in-toto.io/Statement/v0.1" }), "statement/unknown-type");
    await refusal(signedAs({ ...statement, predicate: { ...statement.predicate, verifier: { id: "urn:somebody:else" } } }), "statement/unknown-type");
    await refusal(JSON.stringify({ ...(JSON.parse(sealed) as object), payloadType: "application/json" }), "statement/unknown-type");
  });

  test("refuses a signed statement about two commits, none, or without what its kind demands", async () => {
    const statement = summaryStatement(facts);
    await refusal(signedAs({ ...statement, subject: [...statement.subject, ...statement.subject] }), "statement/malformed");
    await refusal(signedAs({ ...statement, subject: [{ digest: { sha256: "0".repeat(64) } }] }), "statement/malformed");
    await refusal(signedAs({ ...statement, predicate: { verificationResult: "PASSED" } }), "statement/malformed");
  });

  test.each(["", "{", "[]", "null", '{"payload":1}', '{"payload":"!!","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"aaaa"}]}'])(
    "answers %j with a named error",
    (text) => refusal(text, "statement/unreadable"),
  );

  test("never raises anything but named errors, whatever it is given", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        const error: unknown = await check(text).catch((e: unknown) => e);
        expect(error).toMatchObject({ name: "ProoflineError" });
      }),
    );
  });
});

describe("an evidence file", () => {
  const verifying = (text: string) =>
    verifyBundle({ text, where: "evidence.jsonl", keysFromTargetBranch: [ci.key], verifySignature, expected: { ...expected, passed: { properties: [] } } });
  const statements = [
    testResultStatement(run([testCase("rounds")]), { commit: COMMIT, configuration }),
    testResultStatement(run([testCase("odd")]), { commit: COMMIT, configuration }),
  ];

  test("verifies as a whole", async () => {
    const bundle = await sealEvidence(statements, facts, ci.signer);
    const verified = await verifying(bundle.text);
    expect(verified.statements.map(({ kind }) => kind)).toEqual(["test-result", "test-result", "summary"]);
    expect(verified.summary?.predicate.inputAttestations).toHaveLength(2);
  });

  test("refuses to lose a statement, gain one, hold two summaries or none", async () => {
    const { text } = await sealEvidence(statements, facts, ci.signer);
    const lines = text.trim().split("\n");
    const stranger = JSON.stringify(await seal(testResultStatement(run([testCase("extra")]), { commit: COMMIT, configuration }), IN_TOTO, ci.signer));
    const second = JSON.stringify(await seal(summaryStatement({ ...facts, at: NOW }), IN_TOTO, ci.signer));
    for (const wrong of [lines.slice(1), [stranger, ...lines], [...lines, second], lines.slice(0, 2)]) {
      await expect(verifying(wrong.join("\n"))).rejects.toMatchObject({ code: "statement/broken-bundle" });
    }
  });

  test("names the line of the statement that is wrong", async () => {
    const { text } = await sealEvidence(statements, facts, ci.signer);
    const lines = text.trim().split("\n");
    await expect(verifying([lines[0], "{}", lines[2]].join("\n"))).rejects.toThrow("evidence.jsonl:2");
  });

  test("is also read when somebody pretty-printed its one envelope", async () => {
    const text = JSON.stringify(JSON.parse(sealed), null, 2);
    await expect(verifying(text)).resolves.toMatchObject({ summary: { kind: "summary" } });
  });

  test("is the same bytes for the same facts", async () => {
    expect((await sealEvidence(statements, facts, ci.signer)).text).toBe((await sealEvidence(statements, facts, ci.signer)).text);
  });
});

test("the key id is the SHA-256 of the SPKI bytes and needs a real PEM", () => {
  expect(openEnvelope(sealed, "x", IN_TOTO).keyId).toBe(keyIdOf(ci.key.pem));
  expect(keyIdOf("no key")).toBeUndefined();
});
