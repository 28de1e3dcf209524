import { spawn } from "node:child_process";
import type { TextsInTree } from "./scan-secrets.ts";

/** A change with more secrets than this is judged without looking each of them up. */
const MOST_TEXTS = 50;
const PATIENCE_MS = 10_000;

/**
 * Looks texts up in a tree with `git grep`. They go in by standard input, never as arguments, where other processes could read them.
 * What can't be looked up counts as absent: a secret is then reported, not forgiven.
 */
export const textsInTree =
  (root: string): TextsInTree =>
  async (tree, texts) => {
    const present = new Set<string>();
    for (const text of texts.slice(0, MOST_TEXTS)) if (text !== "" && (await occurs(root, tree, text))) present.add(text);
    return present;
  };

function occurs(root: string, tree: string, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn("git", ["-C", root, "--no-pager", "grep", "--quiet", "--fixed-strings", "--no-textconv", "-f", "-", tree], {
      stdio: ["pipe", "ignore", "ignore"],
      env: { ...outsideGit(), GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1", LC_ALL: "C" },
      timeout: PATIENCE_MS,
    });
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
    child.stdin.on("error", () => {});
    child.stdin.end(`${text}\n`);
  });
}

/** Inside a hook, GIT_DIR and the like point at another repository. */
const outsideGit = (): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith("GIT_")));
