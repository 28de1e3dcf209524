import { spawn } from "node:child_process";

/** Runs Git in a clone and returns standard output as bytes; a failing command answers undefined, for the caller to count. */
export const gitBytes = (clone: string, args: readonly string[]): Promise<Buffer | undefined> =>
  new Promise((resolve) => {
    const child = spawn("git", ["-C", clone, "-c", "core.quotePath=false", "-c", "diff.renameLimit=2000", ...args], {
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, GIT_NO_LAZY_FETCH: "1", LC_ALL: "C" },
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? Buffer.concat(chunks) : undefined));
  });

/** Like {@link gitBytes}, decoded as UTF-8. */
export const gitText = async (clone: string, args: readonly string[]): Promise<string | undefined> => (await gitBytes(clone, args))?.toString("utf8");
