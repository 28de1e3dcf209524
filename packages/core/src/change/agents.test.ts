import { expect, test } from "vitest";
import { agentSigns, writtenByAgent } from "./agents.ts";
import type { CommitFacts } from "./ports.ts";

const person = { name: "Ada", email: "ada@example.org" };
const commit = (more: Partial<CommitFacts> = {}): CommitFacts => ({
  id: "1",
  parents: ["0"],
  author: person,
  committer: { name: "GitHub", email: "noreply@github.com" },
  authoredAt: 0,
  committedAt: 0,
  message: "x",
  trailers: [],
  ...more,
});
const coAuthor = (value: string): CommitFacts => commit({ trailers: [{ key: "Co-authored-by", value }] });

test.each([
  ["Claude", coAuthor("Claude Opus 4.5 <noreply@anthropic.com>")],
  ["Copilot", coAuthor("Copilot <175728472+Copilot@users.noreply.github.com>")],
  ["Copilot", commit({ author: { name: "copilot-swe-agent[bot]", email: "198982749+Copilot@users.noreply.github.com" } })],
  ["Cursor", coAuthor("Cursor <cursoragent@cursor.com>")],
  ["Devin", commit({ author: { name: "Devin AI", email: "158243242+devin-ai-integration[bot]@users.noreply.github.com" } })],
  ["Jules", commit({ author: { name: "google-labs-jules[bot]", email: "161369871+google-labs-jules[bot]@users.noreply.github.com" } })],
  ["OpenHands", coAuthor("openhands <openhands@all-hands.dev>")],
  ["Aider", commit({ author: { name: "Ada (aider)", email: "ada@example.org" } })],
  ["Amp", coAuthor("Amp <amp@ampcode.com>")],
  ["Gemini", commit({ author: { name: "gemini-code-assist[bot]", email: "176961590+gemini-code-assist[bot]@users.noreply.github.com" } })],
  ["house-bot 2", commit({ trailers: [{ key: "Agent", value: "house-bot 2" }] })],
  ["Codex", commit({ trailers: [{ key: "Generated-with", value: "Codex" }] })],
])("%s is recognised as an agent", (name, facts) => {
  const signs = agentSigns([facts]);
  expect(signs).toMatchObject([{ name, kind: "agent", commit: "1" }]);
  expect(writtenByAgent(signs)).toBe(true);
});

test.each([
  ["dependabot", "dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"],
  ["renovate", "renovate[bot]", "29139614+renovate[bot]@users.noreply.github.com"],
  ["acme-release", "acme-release[bot]", "1+acme-release[bot]@users.noreply.github.com"],
])("%s is recognised as a bot", (name, author, email) => {
  const signs = agentSigns([commit({ author: { name: author, email } })]);
  expect(signs).toMatchObject([{ name, kind: "bot", by: "author" }]);
  expect(writtenByAgent(signs)).toBe(true);
});

test.each([
  [
    "prose about an agent",
    commit({ message: "x\n\n🤖 Generated with [Claude Code](https://example.org)\nCo-authored-by: Claude <noreply@anthropic.com> wrote this" }),
  ],
  ["a person called Claude", commit({ author: { name: "Claude Monet", email: "claude@giverny.example" } })],
  ["a person co-writing", coAuthor("Devin Booker <devin@example.org>")],
  ["a person whose account holds an agent's name", coAuthor("x <1+cursor-fan@users.noreply.github.com>")],
  ["a host committing for a person", commit()],
  ["an empty trailer", commit({ trailers: [{ key: "Agent", value: " " }] })],
])("%s is no agent", (_, facts) => {
  expect(agentSigns([facts])).toEqual([]);
});

test("a formatter's co-authorship leaves a person's commit a person's", () => {
  const signs = agentSigns([coAuthor("autofix-ci[bot] <114827586+autofix-ci[bot]@users.noreply.github.com>")]);
  expect(signs).toHaveLength(1);
  expect(writtenByAgent(signs)).toBe(false);
});

test("accounts and addresses of the configuration count as agents", () => {
  const facts = commit({ author: { name: "Build Helper", email: "helper@acme.example" } });
  expect(writtenByAgent(agentSigns([facts]))).toBe(false);
  expect(writtenByAgent(agentSigns([facts], ["HELPER@acme.example"]))).toBe(true);
  expect(writtenByAgent(agentSigns([coAuthor("x <7+acme-coder@users.noreply.github.com>")], ["@acme-coder"]))).toBe(true);
});
