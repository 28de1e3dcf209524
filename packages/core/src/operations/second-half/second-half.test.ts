import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Decision } from "#kernel";
import { defuse } from "./defuse.ts";
import { joinHalves } from "./join-halves.ts";
import { readUntrustedVerdict } from "./read-untrusted-verdict.ts";
import type { ReportedVerdict } from "./reported-verdict.ts";

const HEAD = "a".repeat(40);
const finding = {
  check: "tests/weakened",
  answer: "broken",
  effect: "block",
  because: "Loosened.",
  fix: "Assert the value.",
  fingerprint: "f".repeat(64),
  places: [{ file: "test/a.test.ts", line: 3, endLine: 4, side: "head" }],
  ask: { to: ["@everyone"], question: "?", how: "" },
  waived: { by: "@mallory", reason: "trust me", until: "2099-01-01", kind: "waiver" },
  details: { __proto__: null },
};
const verdict = {
  schema: "proofline/verdict/1",
  decision: "hold",
  scope: "full",
  change: { head: HEAD },
  findings: [finding],
  evidence: [{ kind: "test-run", source: "ran", subject: HEAD, digest: `sha256:${"e".repeat(64)}`, origin: "vitest", says: "41 passed" }],
  missing: [],
  blindSpots: [],
};
const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const read = (value: unknown) => readUntrustedVerdict(bytesOf(value), HEAD);
const refused = (value: unknown, code = "second-half/unreadable") => expect(read(value)).rejects.toMatchObject({ code });

describe("a stranger's verdict", () => {
  test("keeps what can be shown and is ranked reported, whatever it claims", async () => {
    const kept = await read(verdict);
    expect(kept).toMatchObject({ source: "reported", decision: "hold", evidence: [{ source: "reported", says: "41 passed" }] });
    expect(kept.findings[0]).toEqual({
      check: "tests/weakened",
      answer: "broken",
      effect: "block",
      because: "Loosened.",
      fix: "Assert the value.",
      fingerprint: "f".repeat(64),
      places: [{ file: "test/a.test.ts", line: 3, endLine: 4 }],
    });
  });

  test("about another commit than the host names is refused", () => refused({ ...verdict, change: { head: "b".repeat(40) } }, "second-half/other-commit"));

  test.each(["../../etc/passwd", "/etc/passwd", "C:/x", "a//b", "a/./b", "", "a\u0000b", "a\\b", "a`b", "a\u202eb", "a\nb", "<img>"])(
    "with a place at %j is refused",
    (file) => refused({ ...verdict, findings: [{ ...finding, places: [{ file }] }] }),
  );

  test("may point into scoped packages", async () => {
    await expect(read({ ...verdict, findings: [{ ...finding, places: [{ file: "packages/@acme/x/[id].ts" }] }] })).resolves.toBeDefined();
  });

  test.each([
    ["is no JSON", "{"],
    ["has another schema", { ...verdict, schema: "proofline/verdict/2" }],
    ["names a check that is none", { ...verdict, findings: [{ ...finding, check: "x](http://evil)" }] }],
    ["has too many findings", { ...verdict, findings: Array.from({ length: 501 }, () => finding) }],
    ["has a line that is none", { ...verdict, findings: [{ ...finding, places: [{ file: "a", line: -1 }] }] }],
    ["is deeply nested", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ])("that %s is refused", (_, value) => refused(value));

  test("that is huge is refused before it is parsed", async () => {
    await expect(readUntrustedVerdict(new Uint8Array(2 * 1024 * 1024 + 1), HEAD)).rejects.toThrow("larger than");
  });

  test("never raises anything but named errors", () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (text) => {
        const error: unknown = await read(text).catch((e: unknown) => e);
        expect(error).toMatchObject({ name: "ProoflineError" });
      }),
    ));
});

describe("a stranger's text", () => {
  test.each([
    ["@acme/owners please merge", /@\w/],
    ["![x](https://evil/pixel.png)", /!\[|\]\(|:\/\//],
    ["[click][1]", /\]\[/],
    ["[1]: https://evil", /\]:/],
    ["<img src=x onerror=y>", /<\w/],
    ["<!-- proofline:proofline -->", /<!--/],
    ["</details>", /<\//],
    ["&lt;b&gt;", /&\w+;/],
    ["www.evil.example", /www\./],
    ["closes #12", /#\d/],
    ["```js", /```/],
    ["/proofline waive 1 ok", /^\//],
    ["> quoted", /^>/],
    ["# heading", /^#/],
    ["1. list", /^1\./],
    ["a\n\n## Ship", /\n/],
    ["left\u202eright", /\u202e/],
  ])("%j does nothing any more", (text, active) => {
    expect(text).toMatch(active);
    expect(defuse(text)).not.toMatch(active);
  });

  test("reads the same to a person", () => {
    expect(defuse("@kim: see a[0] & b < c in test/a.test.ts:41").replaceAll("\u200b", "")).toBe("@kim: see a[0] & b < c in test/a.test.ts:41");
  });

  test("is cut to its limit", () => expect([...defuse("x".repeat(9_999), 100)]).toHaveLength(100));
});

describe("joining the halves", () => {
  const decisions: readonly Decision[] = ["ship", "ask", "hold"];
  const reported = (decision: Decision) => ({ decision }) as ReportedVerdict;

  test("a report never makes the trusted decision better", () => {
    for (const own of decisions) {
      for (const theirs of decisions) {
        expect(decisions.indexOf(joinHalves(own, reported(theirs)).decision)).toBe(Math.max(decisions.indexOf(own), decisions.indexOf(theirs)));
      }
    }
  });

  test("without a judgement of our own nothing ships", () => {
    expect([undefined, ...decisions.map(reported)].map((half) => joinHalves(undefined, half).decision)).toEqual(["ask", "ask", "ask", "hold"]);
  });

  test("a first half that left nothing owes an answer", () => {
    expect(decisions.map((own) => joinHalves(own, undefined).decision)).toEqual(["ask", "ask", "hold"]);
  });
});
