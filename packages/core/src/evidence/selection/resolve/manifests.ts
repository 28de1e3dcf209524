import { isFields, readJsonc, type Fields } from "./jsonc.ts";
import { dirname, foldersAbove } from "./paths.ts";

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** One `package.json`, as far as imports and tests need it. */
export interface Manifest {
  /** `""` for the root. */
  readonly folder: string;
  readonly name?: string;
  readonly fields: Fields;
  /** Every package it asks for, in whatever field. */
  readonly dependencies: ReadonlySet<string>;
}

/** The manifests of a tree by folder and by the name of the package. */
export interface Manifests {
  readonly byFolder: ReadonlyMap<string, Manifest>;
  readonly byName: ReadonlyMap<string, Manifest>;
  /** The innermost one above a path. */
  above(folder: string): Manifest | undefined;
}

/** Data that looks like a package: what a test or a generator copies. Its name is not the repository's to give. */
const DATA = /(?:^|\/)(?:__fixtures__|fixtures?|testdata|__testfixtures__|templates?|vendor|dist|examples?|playgrounds?|test|tests|e2e)\//;

/** Reads manifests; one that can't be read counts as a package that says nothing. */
export function readManifests(texts: readonly SourceText[]): Manifests {
  const read = texts.map(({ path, text }) => manifestOf(dirname(path), readJsonc(text)));
  const byFolder = new Map(read.map((manifest) => [manifest.folder, manifest]));
  const byName = new Map<string, Manifest>();
  for (const manifest of read.toSorted((a, b) => rank(a) - rank(b))) {
    if (manifest.name !== undefined && !byName.has(manifest.name)) byName.set(manifest.name, manifest);
  }
  const found = new Map<string, Manifest | undefined>();
  const above = (folder: string): Manifest | undefined => {
    if (found.has(folder)) return found.get(folder);
    let manifest: Manifest | undefined;
    for (const one of foldersAbove(folder)) if ((manifest = byFolder.get(one)) !== undefined) break;
    found.set(folder, manifest);
    return manifest;
  };
  return { byFolder, byName, above };
}

const rank = ({ folder }: Manifest): number => (DATA.test(`${folder}/`) ? 100 : 0) + folder.split("/").length;

const DEPENDENCIES = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

function manifestOf(folder: string, value: unknown): Manifest {
  const fields = isFields(value) ? value : {};
  const name = fields["name"];
  const dependencies = new Set(DEPENDENCIES.flatMap((field) => (isFields(fields[field]) ? Object.keys(fields[field]) : [])));
  return { folder, ...(typeof name === "string" && name !== "" && { name }), fields, dependencies };
}
