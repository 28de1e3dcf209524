import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePublicKey, renderPublicKey } from "./public-key.ts";
import { isKeyFile, isWaiverFile, readKeys, readWaivers } from "./read-waivers.ts";
import { signWaiver } from "./sign-waiver.ts";
import { vetWaiver, type WaiverContext } from "./vet-waiver.ts";
import { parseWaiver, renderWaiver, waiverPath } from "./waiver-file.ts";
import type { WaiverDocument, WaiverStatement } from "./waiver.ts";
import { signer, type Signer } from "../../../../../tests/support/signer.ts";

const ann = signer("@ann", { teams: ["@acme/pay"], emails: ["ann@acme.test"] });
const bob = signer("@bob");
const owner = signer("@root", { role: "owner" });
const robot = signer("@robot", { kind: "agent", teams: ["@acme/pay"] });

const statement = (over: Partial<WaiverStatement> = {}): WaiverStatement => ({
  schema: "proofline/waiver/1", finding: "a".repeat(64), check: "tests/weakened", path: "src/pay/refund.test.ts", reason: "The amount is rounded by law.",
  by: "@ann", issued: "2026-11-21", expires: "2026-12-21", ...over,
}); // prettier-ignore
const signed = (waiver: WaiverStatement, ...by: readonly Signer[]): WaiverDocument => ({
  waiver,
  signatures: by.flatMap(({ key, secret }) => signWaiver(waiver, { publicKeyPem: key.pem, sign: (bytes) => sign(null, bytes, secret) }).signatures),
});
const context = (over: Partial<WaiverContext> = {}): WaiverContext => ({
  listed: { keys: [ann.key, bob.key, owner.key, robot.key], unreadable: [] },
  verify: (pem, bytes, signature) => verify(null, bytes, createPublicKey(pem), signature),
  now: "2026-11-25T12:00:00Z",
  maxDays: 90,
  authors: ["dev@acme.test"],
  byAgent: false,
  solo: false,
  ownersOf: (path) => (path?.startsWith("src/pay/") === true ? ["@ACME/pay"] : []),
  ...over,
});
const vet = (document: WaiverDocument, over: Partial<WaiverContext> = {}) => vetWaiver(document, "proofline/waivers/a.json", context(over));

describe("who may waive", () => {
  test("an owner of the area, by team, whose key the target branch lists", () => {
    expect(vet(signed(statement(), ann))).toMatchObject({
      fingerprint: "a".repeat(64),
      by: "@ann",
      reason: "The amount is rounded by law.",
      until: "2026-12-21",
      kind: "waiver",
      file: "proofline/waivers/a.json",
    });
  });

  test("a repository owner where nobody owns the file, and only there", () => {
    expect(vet(signed(statement({ by: "@root", path: "README.md" }), owner))).toMatchObject({ kind: "waiver" });
    expect(vet(signed(statement({ by: "@root" }), owner))).toMatchObject({
      status: "foreign",
      because: expect.stringContaining("does not own src/pay/refund.test.ts") as string,
    });
  });

  test.each([
    ["a stranger to the area", signed(statement({ by: "@bob" }), bob), {}, "foreign"],
    ["a key the target branch does not list", signed(statement(), ann), { listed: { keys: [bob.key], unreadable: [] } }, "foreign"],
    ["the author", signed(statement(), ann), { authors: ["Ann@Acme.Test"] }, "author"],
    ["the author by account", signed(statement(), ann), { authors: ["ann"] }, "author"],
    ["an agent", signed(statement({ by: "@robot" }), robot), {}, "agent"],
    ["an agent in a solo repository", signed(statement({ by: "@robot" }), robot), { solo: true }, "agent"],
    ["somebody in another's name", signed(statement({ by: "@ann" }), bob), {}, "foreign"],
    ["an owner in a stranger's name", signed(statement({ by: "@bob" }), ann), {}, "foreign"],
    ["nobody", signed(statement()), {}, "unsigned"],
    ["a key that expired", signed(statement(), ann), { listed: { keys: [{ ...ann.key, expires: "2026-11-24" }], unreadable: [] } }, "expired"],
    [
      "a listed key that is none",
      signed(statement(), ann),
      {
        verify: () => {
          throw new TypeError("bad key");
        },
      },
      "bad-signature",
    ],
  ] as const)("not %s", (_, document, over, status) => {
    expect(vet(document, over as Partial<WaiverContext>)).toMatchObject({
      status,
      file: "proofline/waivers/a.json",
      because: expect.stringMatching(/\w/) as string,
    });
  });

  test("one good signature among bad ones is enough", () => {
    expect(vet(signed(statement(), bob, ann))).toMatchObject({ by: "@ann" });
  });
});

test("changing any word after signing breaks the signature", () => {
  const document = signed(statement(), ann);
  for (const over of [
    { finding: "b".repeat(64) },
    { reason: "other" },
    { expires: "2026-12-31" },
    { path: "src/pay/other.ts" },
    { check: "tests/failing" as const },
    { issued: "2026-11-20" },
  ]) {
    expect(vet({ ...document, waiver: { ...document.waiver, ...over } })).toMatchObject({ status: "bad-signature" });
  }
});

test.each([
  ["2026-11-21", "2026-11-24", "expired"],
  ["2026-11-21", "2026-11-25", undefined],
  ["2026-11-26", "2026-12-01", undefined],
  ["2026-11-27", "2026-12-01", "not-yet"],
  ["2026-11-01", "2027-01-30", undefined],
  ["2026-11-01", "2027-01-31", "too-long"],
  ["2026-12-26", "2026-11-26", "not-yet"],
])("issued %s, expires %s, seen on 2026-11-25: %s", (issued, expires, status) => {
  const vetted = vet(signed(statement({ issued, expires }), ann));
  expect("status" in vetted ? vetted.status : undefined).toBe(status);
});

describe("a solo repository", () => {
  test("may waive for itself, recorded as self", () => {
    expect(vet(signed(statement(), ann), { solo: true, authors: ["@ann"] })).toMatchObject({ kind: "self", by: "@ann" });
  });

  test("needs no signature while nobody listed a key", () => {
    expect(vet(signed(statement()), { solo: true, listed: { keys: [], unreadable: [] } })).toMatchObject({ kind: "self" });
  });

  test.each([
    ["one key is listed", { solo: true }],
    ["the one listed key cannot be read", { solo: true, listed: { keys: [], unreadable: [{ file: "proofline/keys/a.pem", because: "broken" }] } }],
    ["an agent worked on the change", { solo: true, byAgent: true, listed: { keys: [], unreadable: [] } }],
    ["it is not solo", { listed: { keys: [], unreadable: [] } }],
  ])("does need one when %s", (_, over) => {
    expect(vet(signed(statement()), over)).toMatchObject({ status: "unsigned" });
  });
});

describe("files", () => {
  test("what is rendered is read back, from JSON and from YAML", async () => {
    const document = signed(statement(), ann);
    expect(await parseWaiver(renderWaiver(document), "w.json")).toEqual(document);
    const yaml = `waiver:\n${Object.entries(document.waiver)
      .map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`)
      .join("\n")}\nsignatures:\n  - key: ${document.signatures[0]?.key ?? ""}\n    signature: ${document.signatures[0]?.signature ?? ""}\n`;
    const read = await parseWaiver(yaml, "w.yaml");
    expect(vet(read)).toMatchObject({ by: "@ann" });
    expect(waiverPath(document.waiver.finding)).toBe(`proofline/waivers/${"a".repeat(16)}.json`);
  });

  test("a dated day without quotes is a day", async () => {
    const text = renderWaiver(signed(statement())).replaceAll('"2026-12-21"', "2026-12-21");
    expect((await parseWaiver(text, "w.yaml")).waiver.expires).toBe("2026-12-21");
  });

  test.each([
    ["", "its root"],
    ["{", "w.json is no waiver"],
    ["waiver: &a [*a]", "aliases"],
    [renderWaiver(signed(statement({ reason: "  " }))), "reason"],
    [renderWaiver(signed(statement({ expires: "2026-13-01" }))), "must be a day"],
    [renderWaiver(signed(statement({ finding: "abc" }))), "fingerprint"],
    [renderWaiver(signed(statement())).replace('"by"', '"forever": true, "by"'), "forever"],
    [renderWaiver(signed(statement())).replace('"expires"', '"ends"'), "expires"],
    ["x".repeat(100_000), "larger"],
  ])("%j is refused by name", async (text, says) => {
    await expect(parseWaiver(text, "w.json")).rejects.toMatchObject({ code: "waiver/unreadable", message: expect.stringContaining(says) as string });
  });

  test("nothing is dropped silently", async () => {
    const vetted = await readWaivers(
      [
        { path: "proofline/waivers/good.json", text: renderWaiver(signed(statement(), ann)) },
        { path: "proofline/waivers/bad.json", text: "{" },
        { path: "proofline/waivers/foreign.json", text: renderWaiver(signed(statement({ by: "@bob" }), bob)) },
      ],
      context(),
    );
    expect(vetted.inForce.map((waiver) => waiver.file)).toEqual(["proofline/waivers/good.json"]);
    expect(vetted.refused.map(({ file, status }) => [file, status])).toEqual([
      ["proofline/waivers/bad.json", "unreadable"],
      ["proofline/waivers/foreign.json", "foreign"],
    ]);
    expect([
      isWaiverFile("proofline/waivers/a.yml"),
      isWaiverFile("proofline/waivers/README.md"),
      isWaiverFile("x/proofline/waivers/a.json"),
      isKeyFile("proofline/keys/ann.pem"),
    ]).toEqual([true, false, false, true]);
  });

  test("a key file is read by us and by any crypto tool", () => {
    const text = renderPublicKey({ ...ann.key, role: "owner", expires: "2027-12-31" });
    expect(parsePublicKey(text, ann.key.file)).toEqual({ ...ann.key, role: "owner", expires: "2027-12-31" });
    expect(createPublicKey(text).asymmetricKeyType).toBe("ed25519");
    expect(parsePublicKey(text.replaceAll("\n", "\r\n"), ann.key.file)).toMatchObject({ principal: "@ann", teams: ["@acme/pay"] });
  });

  test.each([
    ["", "PUBLIC KEY"],
    [ann.key.pem, "`Principal:` is missing"],
    [`Principal: @a\n${ann.key.pem}`, "`Kind:`"],
    [`Principal: @a\nKind: ghost\n${ann.key.pem}`, "`Kind:`"],
    [`Principal: @a\nKind: person\nRole: king\n${ann.key.pem}`, "`Role:`"],
    [`Principal: @a\nPrincipal: @b\nKind: person\n${ann.key.pem}`, "line 2 repeats"],
    [`Principle: @a\nKind: person\n${ann.key.pem}`, "line 1"],
    [`Principal: @a\nKind: person\nExpires: soon\n${ann.key.pem}`, "`Expires:`"],
    [`Principal: @a\nKind: person\n${ann.key.pem}${bob.key.pem}`, "one"],
    [
      `Principal: @a\nKind: person\n${createPrivateKey(bob.secret.export({ type: "pkcs8", format: "pem" }))
        .export({ type: "pkcs8", format: "pem" })
        .toString()}`,
      "PUBLIC KEY",
    ],
    ["A".repeat(20_000), "larger"],
  ])("a wrong key file is named and left out (%#)", (text, says) => {
    expect(() => parsePublicKey(text, "k.pem")).toThrowError(
      expect.objectContaining({ code: "waiver/key-unreadable", message: expect.stringContaining(says) as string }) as Error,
    );
    expect(readKeys([{ path: "k.pem", text }])).toMatchObject({ keys: [], unreadable: [{ file: "k.pem" }] });
  });

  test("no text makes the readers throw anything but a named error", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.constantFrom("waiver:", "? ", "- - -", "%YAML 9", "!!js/function x", "\0")), async (text) => {
        expect((await readWaivers([{ path: "w", text }], context())).refused).toHaveLength(1);
        expect(readKeys([{ path: "k", text }]).unreadable).toHaveLength(1);
      }),
    );
  });
});
