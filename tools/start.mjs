// `npm start`: the main job on this repository's last change, then a planted bad change going to hold. Always ends with exit code 0.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const cli = join(root, "bin/proofline.js");
const say = (text) => console.log(text);
const git = (cwd, ...args) => spawnSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", ...args], { cwd, encoding: "utf8" });

/** Runs the real CLI and shows what it prints; a hold is what we came to see, not a failure. */
function check(dir, ...args) {
  say(`$ proofline check ${args.join(" ")}\n`);
  const { status, error } = spawnSync(process.execPath, [cli, "check", "--repo", dir, "--gate", "local", ...args], { stdio: "inherit" });
  if (error) say(String(error));
  say("");
  return status;
}

/** A small repository with a sound first commit. */
function exampleRepository() {
  const dir = mkdtempSync(join(tmpdir(), "proofline-example-"));
  cpSync(join(root, "examples/sign-in"), dir, { recursive: true });
  git(dir, "init", "-q");
  git(dir, "add", "-A");
  git(dir, "commit", "-qm", "Sign in with a password");
  return dir;
}

/** What a hurried change looks like: the comparison is loosened, the test that noticed is loosened with it, and a key came along. */
function plantBadChange(dir) {
  writeFileSync(
    join(dir, "src/auth/sign-in.js"),
    'import { hashPassword } from "./hash-password.js";\n\n/** Gives the user\'s id for the right password, otherwise null. */\nexport function signIn(user, password) {\n  const hash = hashPassword(password, user.salt);\n  if (hash.length !== user.hash.length) return null;\n  return user.id;\n}\n',
  );
  const test = join(dir, "test/sign-in.test.js");
  writeFileSync(test, readFileSync(test, "utf8").replace('assert.equal(signIn(ada, "battery staple"), null)', 'assert.ok(signIn(ada, "battery staple") !== undefined)'));
  // Put together here so that this file itself holds no key. It was never valid.
  const key = ["sk", "live", "4eC39HqLyjW7arjtT1zd8Qb2"].join("_");
  writeFileSync(join(dir, "src/billing.js"), `export const billing = { currency: "EUR", key: "${key}" };\n`);
}

if (spawnSync("git", ["--version"]).error) {
  say("Proofline reads changes through Git, and no git was found on this machine.\n  fix   Install it (https://git-scm.com/downloads), then run npm start again.");
  process.exit(0);
}

say("Proofline decides with evidence whether a change may merge: ship, hold or ask.");
say("It needs no account, sends nothing anywhere, and never touches your working tree.\n");

const example = exampleRepository();
try {
  const hasParent = spawnSync("git", ["rev-parse", "-q", "--verify", "HEAD~1"], { cwd: root }).status === 0;
  if (hasParent) {
    say("1  This repository's last change, static checks only\n");
    check(root, "--base", "HEAD~1", "--head", "HEAD", "--no-run");
  } else {
    say("1  No earlier commit here to compare with: an innocent change to the example\n");
    writeFileSync(join(example, "README.md"), "# Sign in\n");
    check(example, "--base", "HEAD", "--head", "worktree");
    rmSync(join(example, "README.md"));
  }
  say("2  A bad change: sign-in lets a wrong password in, the test that noticed is\n   loosened with it, and a key is committed. Its tests run for real, and pass\n");
  plantBadChange(example);
  check(example, "--base", "HEAD", "--head", "worktree");
} finally {
  rmSync(example, { recursive: true, force: true });
}
say("Your repository:   node bin/proofline.js check --repo ../your-repository");
say("Set it up there:   node bin/proofline.js init --repo ../your-repository");
say("                   (shows what it would have said to your last 50 merges)");
say("A whole product:   npm run shop, a small bookshop with stories, journeys and");
say("                   a history of good and bad changes (examples/shop)");
