import type { ReportFile } from "#evidence";

/** Allure writes one file per test, named by a UUID. */
const RESULT = /(?:^|\/)[0-9a-f]{8}-[0-9a-f-]{20,40}-result\.json$/i;

/** What lies beside them and holds no result. */
const BESIDE = /(?:^|\/)(?:[0-9a-f]{8}-[0-9a-f-]{20,40}-(?:container|attachment)(?:\.json)?|categories\.json|executor\.json|environment\.properties|testrun\.json)$/i;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/**
 * Joins the results of each Allure folder into one report: a run is all of them, and an attempt can be told from a test only beside the others. A file that
 * is no whole JSON stays alone, so that its error names it. The joined report is as old as its oldest file.
 */
export function joinResults(files: readonly ReportFile[]): readonly ReportFile[] {
  const folders = new Map<string, ReportFile[]>();
  for (const file of files) {
    if (!RESULT.test(file.path) || !isWhole(file.bytes)) continue;
    const there = folders.get(folderOf(file.path));
    if (there) there.push(file);
    else folders.set(folderOf(file.path), [file]);
  }
  if (folders.size === 0) return files;
  const taken = new Set([...folders.values()].flat());
  const rest = files.filter((file) => !taken.has(file) && !(folders.has(folderOf(file.path)) && BESIDE.test(file.path)));
  return [...rest, ...[...folders].map(joined)].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function joined([folder, files]: readonly [string, readonly ReportFile[]]): ReportFile {
  const parts = files.flatMap(({ bytes }, at) => [Buffer.from(at === 0 ? "[\n" : ",\n"), bytes]);
  return { path: `${folder}*-result.json`, bytes: Buffer.concat([...parts, Buffer.from("\n]\n")]), modifiedAt: files.reduce((oldest, { modifiedAt }) => Math.min(oldest, modifiedAt), Infinity) };
}

function isWhole(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
