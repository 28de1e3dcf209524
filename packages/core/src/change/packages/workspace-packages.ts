import { compileGlobs } from "#kernel";
import { cargoMembers, goMembers, gradleMembers, lernaMembers, mavenMembers, npmMembers, uvMembers, type Members } from "./workspace-manifests.ts";

/** A family of package managers: which file makes a folder a package, and which files list a workspace's members. */
interface Ecosystem {
  readonly manifests: readonly string[];
  readonly lists: readonly (readonly [file: string, membersOf: (text: string) => Members])[];
  /** True where a folder with a manifest is a package although no list names it. */
  readonly unlisted: boolean;
}

type MembersOf = (text: string) => Members;

const ecosystems = (pnpmMembers: MembersOf): readonly Ecosystem[] => [
  {
    manifests: ["package.json"],
    lists: [
      ["pnpm-workspace.yaml", pnpmMembers],
      ["package.json", npmMembers],
      ["lerna.json", lernaMembers],
    ],
    unlisted: false,
  },
  { manifests: ["Cargo.toml"], lists: [["Cargo.toml", cargoMembers]], unlisted: false },
  { manifests: ["go.mod"], lists: [["go.work", goMembers]], unlisted: true },
  { manifests: ["pyproject.toml"], lists: [["pyproject.toml", uvMembers]], unlisted: true },
  { manifests: ["pom.xml"], lists: [["pom.xml", mavenMembers]], unlisted: false },
  {
    manifests: ["build.gradle", "build.gradle.kts"],
    lists: [
      ["settings.gradle", gradleMembers],
      ["settings.gradle.kts", gradleMembers],
    ],
    unlisted: false,
  },
];

/** Manifests that are data: what installs them, if anything, is a test or a generator. */
const NO_PACKAGE = /(?:^|\/)(?:node_modules|__fixtures__|fixtures?|testdata|__testfixtures__|templates?|vendor|dist)(?:\/|$)/;

/** Manifests worth reading to place these paths: those of the root and of every folder above a path. Absent ones cost nothing. */
export function manifestsAbove(paths: readonly string[]): readonly string[] {
  const dirs = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const dir = path.slice(0, end);
      if (dirs.has(dir)) break;
      dirs.add(dir);
    }
  }
  const known = ecosystems(() => undefined);
  const lists = known.flatMap((ecosystem) => ecosystem.lists.map(([file]) => file));
  const manifests = known.flatMap((ecosystem) => ecosystem.manifests);
  const below = [...dirs].filter((dir) => !NO_PACKAGE.test(dir)).flatMap((dir) => manifests.map((file) => `${dir}/${file}`));
  return [...new Set([...lists, ...manifests, ...below])].sort();
}

/** Folders of the workspace packages among the manifests given (path -> text). A repository without a workspace has none. */
export async function workspacePackages(manifests: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const usesPnpm = [...manifests.keys()].some((path) => nameOf(path) === "pnpm-workspace.yaml");
  const pnpmMembers: MembersOf = usesPnpm ? (await import("./pnpm-members.ts")).pnpmMembers : () => undefined;
  return [...new Set(ecosystems(pnpmMembers).flatMap((ecosystem) => packagesOf(ecosystem, manifests)))].sort();
}

function packagesOf(ecosystem: Ecosystem, manifests: ReadonlyMap<string, string>): readonly string[] {
  const folders = [...manifests.keys()].filter((path) => ecosystem.manifests.includes(nameOf(path))).map(folderOf);
  const candidates = [...new Set(folders)].filter((dir) => dir !== "." && !NO_PACKAGE.test(dir));
  if (candidates.length === 0) return [];
  // Without a manifest at the root each folder with one stands for itself.
  const alone = ecosystem.unlisted || !folders.includes(".");
  const isMember = compileGlobs(memberGlobs(ecosystem, manifests));
  return candidates.filter((dir) => alone || isMember(dir));
}

/** Lists may be nested (Maven modules have modules): globs are rebased to the root. */
function memberGlobs({ lists }: Ecosystem, manifests: ReadonlyMap<string, string>): readonly string[] {
  return [...manifests].flatMap(([path, text]) => {
    const members = lists.find(([file]) => file === nameOf(path))?.[1](text) ?? [];
    return members.map((glob) => rebase(folderOf(path), glob)).filter((glob) => glob !== undefined);
  });
}

function rebase(folder: string, glob: string): string | undefined {
  const negated = glob.startsWith("!");
  const parts = folder === "." ? [] : folder.split("/");
  for (const part of glob.slice(negated ? 1 : 0).split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined; // outside of the repository
  }
  return parts.length === 0 ? undefined : `${negated ? "!" : ""}${parts.join("/")}`;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const folderOf = (path: string): string => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".");
