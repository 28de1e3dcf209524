import { expect, test } from "vitest";
import { ownersAnswer } from "./approvals.ts";
import type { Approval, Approvals } from "./evidence.ts";

const HEAD = "a".repeat(40);
const by = (name: string, more: Partial<Approval> = {}): Approval => ({ by: name, commit: HEAD, at: "2026-01-01T00:00:00Z", principal: "person", teams: [], ...more });
const record = (approvals: readonly Approval[], more: Partial<Approvals> = {}): Approvals => ({ kind: "approvals", source: "reported", subject: HEAD, digest: "", origin: "", author: "mina", approvals, ...more });

test.each([
  ["an owner", ["@Kim"], [by("kim")], "holds"],
  ["a member of an owning team", ["@acme/Payments"], [by("lee", { teams: ["@acme/payments"] })], "holds"],
  ["somebody else", ["@kim"], [by("lee", { mayWrite: true })], "broken"],
  ["the author", ["@mina"], [by("Mina")], "broken"],
  ["an agent", ["@kim"], [by("kim", { principal: "agent" })], "broken"],
  ["an owner, on an earlier commit", ["@kim"], [by("kim", { commit: "b".repeat(40) })], "broken"],
  ["an owner who may not write", ["@kim"], [by("kim", { mayWrite: false })], "broken"],
  ["nobody", ["@kim"], [], "broken"],
  ["a passer-by, where nobody owns it", [], [by("lee", { mayWrite: false })], "broken"],
  ["a person who may write, where nobody owns it", [], [by("lee", { mayWrite: true })], "holds"],
  ["a person whose rights could not be read, where nobody owns it", [], [by("lee")], "unknown"],
] as const)("approved by %s", (_, owners, approvals, answer) => {
  expect(ownersAnswer(owners, record(approvals)).answer).toBe(answer);
});

test("what could not be read is unknown, and names the teams it hangs on", () => {
  expect(ownersAnswer(["@kim"], undefined)).toMatchObject({ answer: "unknown", why: "not-read" });
  const unseen = { unknownTeams: ["@acme/secret"] };
  expect(ownersAnswer(["@acme/secret", "@kim"], record([by("lee")], unseen))).toEqual({ answer: "unknown", by: [], why: "teams-unread", unread: ["@acme/secret"] });
  expect(ownersAnswer(["@kim"], record([by("lee")], unseen)).answer).toBe("broken");
  expect(ownersAnswer(["@acme/secret"], record([], unseen)).answer).toBe("broken");
});
