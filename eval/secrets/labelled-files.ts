import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

/** One label of CredData: lines of a file, true or false, and what kind of thing stands there. */
export interface Label {
  readonly from: number;
  readonly to: number;
  readonly real: boolean;
  readonly categories: readonly string[];
}

export interface LabelledFile {
  readonly repository: string;
  readonly path: string;
  readonly lines: readonly string[];
  readonly labels: readonly Label[];
}

/** Where a clone of `owner/name` lies below the data folder: `owner+name`, `owner+name/repo` or `owner/name`. */
export function cloneOf(data: string, repository: string): string | undefined {
  const plus = repository.replace("/", "+");
  return [join(data, plus, "repo"), join(data, plus), join(data, repository)].find((path) => existsSync(join(path, "HEAD")) || existsSync(join(path, ".git")));
}

const git = (clone: string, args: readonly string[], input?: string): Buffer =>
  spawnSync("git", ["-C", clone, ...args], { maxBuffer: 2 ** 31 - 1, ...(input !== undefined && { input }) }).stdout;

/** Reads CredData's own list: which commit of which repository, and the name of its label file. */
export function labelledCommits(credData: string): Map<string, { readonly commit: string; readonly labels: string }> {
  const snapshot = JSON.parse(git(credData, ["show", "HEAD:snapshot.json"]).toString("utf8")) as Record<string, string>;
  return new Map(
    Object.entries(snapshot).map(([id, url]) => [
      url.split("/").slice(-2).join("/"),
      { commit: id.slice(0, 40), labels: `meta/${crc32(Buffer.from(id, "hex")).toString(16).padStart(8, "0")}.csv` },
    ]),
  );
}

/** Every labelled file of a repository at CredData's commit. Files are named by the hash of their path there. */
export function labelledFiles(credData: string, clone: string, repository: string, at: { readonly commit: string; readonly labels: string }): LabelledFile[] {
  const byFile = readLabels(git(credData, ["show", `HEAD:${at.labels}`]).toString("utf8"));
  const paths = git(clone, ["ls-tree", "-r", "-z", "--name-only", at.commit]).toString("utf8").split("\0");
  return paths.flatMap((path) => {
    const labels = byFile.get(createHash("sha256").update(path).digest("hex").slice(0, 8));
    if (!labels || path === "") return [];
    const text = git(clone, ["cat-file", "blob", `${at.commit}:${path}`]).toString("utf8");
    return [{ repository, path, lines: text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/), labels }];
  });
}

function readLabels(csv: string): Map<string, Label[]> {
  const [head = "", ...rows] = csv.trim().split("\n");
  const names = head.trim().split(",");
  const byFile = new Map<string, Label[]>();
  for (const row of rows) {
    const cells = row.trim().split(",");
    const cell = (name: string): string => cells[names.indexOf(name)] ?? "";
    const label = { from: Number(cell("LineStart")), to: Number(cell("LineEnd")), real: cell("GroundTruth") === "T", categories: cell("Category").split(":") };
    byFile.set(cell("FileID"), [...(byFile.get(cell("FileID")) ?? []), label]);
  }
  return byFile;
}
