import { agentSigns, areasOfFiles, fileKind, workspacePackages, type Repository } from "#change";
import type { TestExecutor } from "#evidence";
import { CODE_OWNERS_FILES, DEFAULT_AREAS } from "#intent";
import { INSTALL_FILES, installsOf, type Detected } from "#operations";

const CI_FILES: readonly (readonly [system: string, sign: RegExp])[] = [
  ["GitHub Actions", /^\.github\/workflows\/.+\.ya?ml$/],
  ["GitLab CI", /^\.gitlab-ci\.yml$/],
  ["CircleCI", /^\.circleci\/config\.yml$/],
  ["Azure Pipelines", /^azure-pipelines\.ya?ml$/],
  ["Jenkins", /^Jenkinsfile$/],
  ["Travis CI", /^\.travis\.yml$/],
  ["Bitbucket Pipelines", /^bitbucket-pipelines\.yml$/],
];
const AGENT_FILES: readonly (readonly [agent: string, sign: RegExp])[] = [
  ["Claude Code", /^(?:CLAUDE\.md|\.claude\/)/],
  ["Cursor", /^(?:\.cursorrules|\.cursor\/)/],
  ["Copilot", /^\.github\/copilot-instructions\.md$/],
  ["Gemini", /^(?:GEMINI\.md|\.gemini\/)/],
  ["AGENTS.md", /^AGENTS\.md$/],
];

/** Looks at the tree of HEAD and says what is there. Asks nobody anything. */
export async function detectRepository(repository: Repository, executor: TestExecutor): Promise<Detected> {
  const resolved = await repository.resolve({ head: { kind: "commit", rev: "HEAD" } });
  const paths = (await repository.listFiles(resolved.headTree)).map((entry) => entry.path);
  const manifests = await repository.readFiles(resolved.headTree, paths.filter((path) => /(?:^|\/)(?:package\.json|pnpm-workspace\.yaml|lerna\.json|Cargo\.toml|go\.mod|go\.work|pyproject\.toml|pom\.xml)$/.test(path)).slice(0, 2_000));
  const texts = new Map([...manifests].flatMap(([path, { text }]) => (text === undefined ? [] : [[path, text] as const])));
  const install = await repository.readFiles(resolved.headTree, INSTALL_FILES);
  const [setups, people] = await Promise.all([executor.detect(resolved.headTree), repository.contributors(resolved.head, 90)]);
  const owners = CODE_OWNERS_FILES.find((path) => paths.includes(path));
  const humans = new Set(people.filter((person) => !isAgent(person)).map((person) => person.name.toLowerCase()));
  return {
    defaultBranch: resolved.baseName,
    runners: [...new Set(setups.map((setup) => setup.runner))],
    installs: installsOf(paths, (path) => install.get(path)?.text),
    packages: Math.max(1, (await workspacePackages(texts)).length),
    ...(owners !== undefined && { codeOwners: owners }),
    ci: CI_FILES.filter(([, sign]) => paths.some((path) => sign.test(path))).map(([system]) => system),
    agents: AGENT_FILES.filter(([, sign]) => paths.some((path) => sign.test(path))).map(([agent]) => agent),
    areas: foundAreas(paths),
    solo: humans.size === 1,
  };
}

const isAgent = (person: { readonly name: string; readonly email: string }): boolean =>
  agentSigns([{ id: "", parents: [], author: person, committer: person, authoredAt: 0, committedAt: 0, message: "", trailers: [] }]).length > 0;

/** Built-in areas that occur among the source files, with the folders they occur in, most files first. */
function foundAreas(paths: readonly string[]): Detected["areas"] {
  const sources = paths.filter((path) => fileKind(path) === "source");
  const areasOf = areasOfFiles(DEFAULT_AREAS);
  const named = sources.map((path) => ({ path, areas: areasOf({ path, kind: "source" }, []) }));
  return DEFAULT_AREAS.filter((area) => area.risk === "high").flatMap((area) => {
    const files = named.filter((file) => file.areas.includes(area.name)).map((file) => file.path);
    if (files.length === 0) return [];
    const folders = new Map<string, number>();
    for (const file of files) {
      const folder = file.includes("/") ? `${file.slice(0, file.lastIndexOf("/"))}/**` : file;
      folders.set(folder, (folders.get(folder) ?? 0) + 1);
    }
    const largest = [...folders].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([folder]) => folder);
    return [{ name: area.name, risk: area.risk, paths: largest.slice(0, 3) }];
  });
}
