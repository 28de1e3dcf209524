// Builds a Git repository of this shop with a history: `node history/build.js DIR`. Changes that landed stand on `main`, the others each on a branch of its own.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const shop = fileURLToPath(new URL("..", import.meta.url));
const folder = fileURLToPath(new URL("changes/", import.meta.url));
const LEFT_OUT = new Set(["history", "node_modules", "test-results", ".proofline"]);
const FIRST = Date.UTC(2026, 0, 5, 9) / 1000;
const DAY = 24 * 3600;

/** What each change is and what is to be said of it. */
export const changes = JSON.parse(readFileSync(new URL("verdicts.json", import.meta.url), "utf8"));

/** Builds it; gives each change with the two commits it lies between. */
export function buildHistory(dir) {
  if (existsSync(join(dir, ".git"))) throw new Error(`${dir} is a repository already.`);
  mkdirSync(dir, { recursive: true });
  for (const name of readdirSync(shop)) if (!LEFT_OUT.has(name)) cpSync(join(shop, name), join(dir, name), { recursive: true });
  let commits = 0;
  const git = (args, input) => {
    const date = `${FIRST + commits * DAY} +0000`;
    const person = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@earthsea.example", GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@earthsea.example", GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    return execFileSync("git", args, { cwd: dir, env: { ...process.env, ...person, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" }, input: input ?? "", encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] }).trim();
  };
  const commit = (message) => {
    git(["add", "--all"]);
    git(["commit", "--quiet", "--message", message]);
    commits += 1;
    return git(["rev-parse", "HEAD"]);
  };
  git(["init", "--quiet", "--initial-branch=main"]);
  commit("feat: the shop");
  return changes.map((change) => {
    const base = git(["rev-parse", "main"]);
    const branch = change.change.replace(/^\d+-/, "");
    if (!change.lands) git(["switch", "--quiet", "--create", branch]);
    const [message, patch] = parts(readFileSync(join(folder, `${change.change}.patch`), "utf8"));
    git(["apply", "--whitespace=nowarn", "-"], patch.replaceAll("{{secret}}", madeUpKey));
    const head = commit(message);
    if (!change.lands) git(["switch", "--quiet", "main"]);
    return { ...change, base, head, branch: change.lands ? "main" : branch };
  });
}

/** Message above the line `---`, patch below. */
function parts(text) {
  const at = text.indexOf("\n---\n");
  return [text.slice(0, at).trim(), text.slice(at + "\n---\n".length)];
}

/** A key in the form of a vendor's, and nobody's. It is made here: in a file of this repository it would be what it looks like. */
const madeUpKey = () => ["SG", randomBytes(16).toString("base64url"), randomBytes(32).toString("base64url")].join(".");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , dir] = process.argv;
  if (!dir) throw new Error("Say where: node history/build.js DIR");
  for (const { change, branch, base, head, decision } of buildHistory(dir)) console.log(`${decision.padEnd(5)} ${change.padEnd(28)} ${branch === "main" ? `--base ${base.slice(0, 9)} --head ${head.slice(0, 9)}` : `--base ${base.slice(0, 9)} --head ${branch}`}`);
  console.log(`\nNext, with the two commits of a line:\n  proofline check --repo ${dir} --base … --head …`);
}
