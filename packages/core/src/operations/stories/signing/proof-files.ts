import { fileKind, importCandidates, isTestSide, type Repository, type TreeEntry } from "#change";
import { isFollowed, isRunnerSetting, scanModule, type LockedFile } from "#evidence";

/** Files behind one proof that are followed: more belong to a product, not to a test. */
const MOST = 200;

export interface ProofFilesPorts {
  readonly repository: Pick<Repository, "readBlobs">;
}

/** What some criteria's proofs rest on: the files that name them, what those import or read on the test side, and how they are run. Criteria by name, with their files. */
export async function proofFiles(proofs: ReadonlyMap<string, readonly string[]>, entries: readonly TreeEntry[], ports: ProofFilesPorts): Promise<readonly LockedFile[]> {
  const blobs = new Map(entries.map(({ path, blob }) => [path, blob]));
  const settings = entries.filter(({ path }) => isRunnerSetting(path)).map(({ path }) => path);
  const behind = new Map<string, readonly string[]>();
  const lines: LockedFile[] = [];
  for (const [criterion, files] of proofs) {
    for (const file of files) {
      const blob = blobs.get(file);
      if (blob === undefined) continue;
      const used = behind.get(file) ?? (await fixturesOf(file, blobs, ports));
      behind.set(file, used);
      lines.push({ criterion, file, as: "proof", blob });
      for (const path of used) lines.push({ criterion, file: path, as: "fixture", blob: blobs.get(path) ?? "" });
      for (const path of settings.filter((one) => isAbove(one, file))) lines.push({ criterion, file: path, as: "runner", blob: blobs.get(path) ?? "" });
    }
  }
  // What is a proof of a criterion is not its fixture as well.
  return [...new Map(lines.toReversed().toSorted((a, b) => RANK[b.as] - RANK[a.as]).map((line) => [`${line.criterion}\0${line.file}`, line])).values()];
}

const RANK = { proof: 0, fixture: 1, runner: 2 } as const;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
const isAbove = (setting: string, file: string): boolean => file.startsWith(folderOf(setting));

/** Test-side files a test reaches by import or by a path it writes down. What is product is not locked: it is what has to change. */
async function fixturesOf(file: string, blobs: ReadonlyMap<string, string>, { repository }: ProofFilesPorts): Promise<readonly string[]> {
  const found = new Set<string>();
  for (let open = [file]; open.length > 0 && found.size < MOST; ) {
    const texts = await repository.readBlobs(open.filter(isFollowed).flatMap((path) => blobs.get(path) ?? []));
    const next = open.flatMap((path) => usedBy(path, texts.get(blobs.get(path) ?? "")?.text ?? "", blobs));
    open = [...new Set(next)].filter((path) => path !== file && !found.has(path)).slice(0, MOST - found.size);
    for (const path of open) found.add(path);
  }
  return [...found].sort();
}

function usedBy(path: string, text: string, blobs: ReadonlyMap<string, string>): readonly string[] {
  const { imports, names } = scanModule(path, text);
  const imported = imports.flatMap(([specifier, kind]) => (kind === "type" ? [] : (importCandidates(path, specifier).find((one) => blobs.has(one)) ?? [])));
  const read = names.flatMap((name) => [importCandidates(path, name.startsWith(".") ? name : `./${name}`)[0] ?? "", name.replace(/^\.?\//, "")].find((one) => blobs.has(one)) ?? []);
  return [...imported, ...read].filter((one) => isTestSide({ kind: fileKind(one) }));
}
