import { governs, settingsIn, settingsInLines, TELLING_LINE, type Change, type ChangedFile, type Setting, type SettingsPair, type SnapshotPair } from "#change";
import type { Facts, FileRequest } from "../../check.ts";

/** `"vitest": "^4.1.0"`: another version of a package is no setting. */
const VERSION_LINE = /^\s*"[^"]+"\s*:\s*"(?:[~^<>=v]*\d|workspace:|npm:|catalog:|file:|link:|latest|\*)/;

type Governed = Pick<Change, "files">;

/** Changed files that govern tests, where a changed line could be about that. */
const governing = ({ files }: Governed): readonly ChangedFile[] =>
  files.filter((file) => governs(file.path) !== undefined && file.status !== "added" && (file.status === "deleted" || (governs(file.path) === "pipeline" && file.deleted > 0) || file.hunks.some(({ lines }) => lines.some(({ text }) => TELLING_LINE.test(text.slice(0, 500)) && !VERSION_LINE.test(text.slice(0, 200))))));

const isLines = (file: ChangedFile): boolean => governs(file.path) === "lines";

const snapshots = ({ files }: Governed): readonly ChangedFile[] => files.filter(({ path, status, deleted }) => path.endsWith(".snap") && status === "modified" && deleted > 0);

function* bothSides({ path, basePath, status }: ChangedFile): Generator<FileRequest> {
  yield { side: "base", path: basePath ?? path };
  if (status !== "deleted") yield { side: "head", path };
}

/** What is read as text: formats without a parser here, and snapshots. */
export const textRequests = (change: Governed): FileRequest[] => [...governing(change).filter(isLines), ...snapshots(change)].flatMap((file) => [...bothSides(file)]);

/** What is read as a tree. A configuration file the change adds may take over what another one leaves. */
export function settingTreeRequests(change: Governed): FileRequest[] {
  const changed = governing(change).filter((file) => !isLines(file));
  const fresh = changed.length === 0 ? [] : change.files.filter((file) => file.status === "added" && ["runner", "pipeline"].includes(governs(file.path) ?? ""));
  return [...changed.flatMap((file) => [...bothSides(file)]), ...fresh.map((file) => ({ side: "head" as const, path: file.path }))];
}

/** Settings on both sides. A side that can't be read leaves nothing to compare. */
export function settingPairs({ change, text, tree }: Pick<Facts, "change" | "text" | "tree">): readonly SettingsPair[] {
  const read = ({ side, path }: FileRequest): readonly Setting[] | undefined => {
    if (governs(path) === "lines") {
      const lines = text(side, path);
      return lines === undefined ? undefined : settingsInLines(lines);
    }
    const found = tree?.(side, path);
    return found === undefined ? undefined : settingsIn(found);
  };
  const changed = governing(change).flatMap((file): SettingsPair[] => {
    const [base, head] = [...bothSides(file)].map(read);
    if (base === undefined || (file.status !== "deleted" && head === undefined)) return [];
    return [{ path: file.path, base, ...(head && { head }) }];
  });
  const fresh = settingTreeRequests(change).filter(({ side, path }) => side === "head" && !changed.some((pair) => pair.path === path));
  return [...changed, ...fresh.flatMap((request): SettingsPair[] => {
    const head = read(request);
    return head === undefined ? [] : [{ path: request.path, head }];
  })];
}

/** Snapshot files with their test file's fate. */
export const snapshotPairs = ({ change, text }: Pick<Facts, "change" | "text">): readonly SnapshotPair[] =>
  snapshots(change).flatMap((file): SnapshotPair[] => {
    const [base, head] = [text("base", file.basePath ?? file.path), text("head", file.path)];
    const owner = file.path.replace(/(?:^|\/)__snapshots__\/([^/]+)\.snap$/, "/$1").replace(/^\//, "");
    return base === undefined || head === undefined ? [] : [{ path: file.path, base, head, testChanged: change.files.some(({ path }) => path === owner || path === owner.replace(/\.snap$/, "")) }];
  });
