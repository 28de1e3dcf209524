/** A tool that has to install something before tests can run. */
export type Tool = "npm" | "pnpm" | "yarn" | "yarn-berry" | "bun" | "uv" | "poetry" | "pip" | "go";

/** How one tool installs what this repository needs. */
export interface Install {
  readonly tool: Tool;
  /** True when a lock file says exactly what; else the newest that fits is installed. */
  readonly locked: boolean;
  /** For pnpm: the major version to take where the manifest names none. */
  readonly major?: number;
  /** For pip: what is installed, in this order. `.` is the project itself. */
  readonly from?: readonly string[];
}

/** Files whose text `installsOf` wants, as far as they are there. */
export const INSTALL_FILES = ["package.json", "yarn.lock", "pnpm-lock.yaml"] as const;

const NODE_LOCKS: readonly (readonly [file: string, tool: Tool])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
];

/** What has to be installed at the root of a repository: the manifest's own word first, then the lock file that is there. */
export function installsOf(paths: readonly string[], textOf: (path: string) => string | undefined): readonly Install[] {
  const root = new Set(paths.filter((path) => !path.includes("/")));
  const node = root.has("package.json") ? [nodeInstall(root, textOf)] : [];
  return [...node, ...pythonInstall(root), ...(root.has("go.mod") ? [{ tool: "go" as const, locked: true }] : [])];
}

function nodeInstall(root: ReadonlySet<string>, textOf: (path: string) => string | undefined): Install {
  const [, named, major] = /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@(\d+)/.exec(textOf("package.json")?.slice(0, 200_000) ?? "") ?? [];
  const locks = NODE_LOCKS.filter(([file]) => root.has(file)).map(([, tool]) => tool);
  const tool = (named as Tool | undefined) ?? locks[0] ?? "npm";
  const berry = tool === "yarn" && (major === undefined ? /^__metadata:/m.test(textOf("yarn.lock")?.slice(0, 2_000) ?? "") : Number(major) > 1);
  return { tool: berry ? "yarn-berry" : tool, locked: locks.includes(tool), ...(tool === "pnpm" && major === undefined && { major: pnpmFor(textOf("pnpm-lock.yaml") ?? "") }) };
}

/** Without a word in the manifest corepack would fetch whatever pnpm is newest, which may want another Node or refuse the lock file. */
function pnpmFor(lock: string): number {
  const format = Number(/^lockfileVersion: *['"]?(\d{1,2})/m.exec(lock.slice(0, 2_000))?.[1] ?? 9);
  return format >= 9 ? 10 : format >= 6 ? 8 : 7;
}

function pythonInstall(root: ReadonlySet<string>): readonly Install[] {
  if (root.has("uv.lock")) return [{ tool: "uv", locked: true }];
  if (root.has("poetry.lock")) return [{ tool: "poetry", locked: true }];
  const requirements = [...root].filter((file) => /^requirements[\w.-]*\.txt$/.test(file)).sort();
  const project = root.has("pyproject.toml") || root.has("setup.py") || root.has("setup.cfg");
  if (requirements.length === 0 && !project) return [];
  return [{ tool: "pip", locked: false, from: [...requirements, ...(project ? ["."] : [])] }];
}

/** Commands that install, one per line of a script; what has to be there before them is the pipeline's own business. */
function commandsOf({ tool, locked, major, from = [] }: Install): readonly string[] {
  switch (tool) {
    case "npm":
      return [locked ? "npm ci" : "npm install"];
    case "pnpm":
      return [major === undefined ? "corepack enable" : `npm install --global pnpm@${major}`, locked ? "pnpm install --frozen-lockfile" : "pnpm install"];
    case "yarn":
      return [locked ? "yarn install --frozen-lockfile" : "yarn install"];
    case "yarn-berry":
      return ["corepack enable", locked ? "yarn install --immutable" : "yarn install"];
    case "bun":
      return [locked ? "bun install --frozen-lockfile" : "bun install"];
    case "uv":
      return ["uv sync --frozen"];
    case "poetry":
      return ["pipx install poetry", "poetry install --no-interaction"];
    case "pip":
      return from.map((what) => (what === "." ? "python -m pip install --editable ." : `python -m pip install --requirement ${what}`));
    case "go":
      return ["go mod download"];
  }
}

/** Steps of GitHub Actions that bring a tool which the runner lacks, or in the version the repository wants. */
const GITHUB_BEFORE: Readonly<Partial<Record<Tool, readonly string[]>>> = {
  bun: ["- uses: oven-sh/setup-bun@v2"],
  uv: ["- uses: astral-sh/setup-uv@v6"],
  poetry: ["- uses: actions/setup-python@v5", "  with:", '    python-version: "3.x"'],
  pip: ["- uses: actions/setup-python@v5", "  with:", '    python-version: "3.x"'],
  go: ["- uses: actions/setup-go@v5", "  with:", "    go-version-file: go.mod"],
};

/** The same for a job in GitLab's `node` image. */
const GITLAB_BEFORE: Readonly<Partial<Record<Tool, readonly string[]>>> = {
  bun: ["- npm install --global bun@1"],
  uv: ["- curl -LsSf https://astral.sh/uv/install.sh | env UV_INSTALL_DIR=/usr/local/bin sh"],
  poetry: ["- apt-get update -qq && apt-get install -qq pipx", '- export PATH="$PATH:$HOME/.local/bin"'],
  pip: ["- apt-get update -qq && apt-get install -qq python3-venv", "- python3 -m venv /opt/venv", '- export PATH="/opt/venv/bin:$PATH"'],
};

const NO_GO = ["# Go is not part of this image: take one that has both, or hand in your test job's report with --evidence."];

/** What stands in the templates, there to be replaced: they are written for npm. */
const TEMPLATE_STEP = { github: "      - run: npm ci\n", gitlab: "    - env -u GITLAB_TOKEN npm ci\n" } as const;

/** A pipeline template with the steps this repository needs in place of npm's. */
export function withInstalls(text: string, ci: keyof typeof TEMPLATE_STEP, installs: readonly Install[]): string {
  const lines = installs.flatMap((install) => (ci === "github" ? githubSteps(install) : gitlabSteps(install)));
  const indent = ci === "github" ? "      " : "    ";
  const steps = lines.map((line) => `${indent}${line}\n`).join("");
  // A function: a `$` in a file's name must not be read as a reference.
  return text.replace(TEMPLATE_STEP[ci], () => (steps === "" ? `${indent}# Nothing to install was found here: add what your tests need.\n` : steps));
}

const githubSteps = (install: Install): readonly string[] => [...(GITHUB_BEFORE[install.tool] ?? []), ...commandsOf(install).map((command) => `- run: ${command}`)];

const gitlabSteps = (install: Install): readonly string[] =>
  install.tool === "go" ? NO_GO : [...(GITLAB_BEFORE[install.tool] ?? []), ...commandsOf(install).map((command) => `- env -u GITLAB_TOKEN ${command}`)];
