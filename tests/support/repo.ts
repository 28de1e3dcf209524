import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

type Content = string | Buffer;

/** A real repository in a temporary folder, with nobody's configuration but its own. Removed after the test file. */
export interface TestRepository {
  readonly dir: string;
  /** Home folder with the repository's "user" settings: write `.gitconfig` there to play a user. */
  readonly home: string;
  /** Environment in which Git sees only this home. Hand it to what is under test. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs Git and gives its output without the last line end. */
  git(...args: readonly string[]): string;
  /** The same with bytes or text on standard input. */
  gitWith(input: Content, ...args: readonly string[]): string;
  /** Writes a file, folders included. */
  write(path: string, content: Content): void;
  remove(path: string): void;
  /** Writes files (null removes one), stages everything and commits; gives the commit's id. */
  commit(message: string, files?: Readonly<Record<string, Content | null>>): string;
  /** Makes a branch and switches to it. */
  branch(name: string, at?: string): void;
  switchTo(name: string): void;
  /** Merges with a merge commit; gives its id. */
  merge(branch: string, message?: string): string;
  /** Id of a revision. */
  id(rev: string): string;
  /** A clone of this repository with the same isolation; `git clone` flags as wanted. */
  clone(...flags: readonly string[]): TestRepository;
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  // A repository with packages has thousands of files, and machines are busy.
}, 60_000);

/** A folder that is removed after the test file. */
export function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "proofline-test-")));
  folders.push(folder);
  return folder;
}

/** Makes an empty repository on branch `main`. Author and dates are fixed, so the same steps give the same ids. */
export function makeRepo(...initFlags: readonly string[]): TestRepository {
  const folder = makeFolder();
  const repository = repositoryAt(join(folder, "repo"), folder);
  mkdirSync(repository.dir);
  repository.git("init", "--quiet", "--initial-branch=main", ...initFlags);
  return repository;
}

const FIRST_COMMIT = Date.UTC(2024, 0, 1) / 1000;

function repositoryAt(dir: string, folder: string): TestRepository {
  const home = join(folder, "home");
  mkdirSync(home, { recursive: true });
  const env = environment(home);
  let commits = 0;
  const run = (args: readonly string[], input?: Content): string => {
    const at = `${FIRST_COMMIT + commits * 60} +0000`;
    const dated = { ...env, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at };
    return execFileSync("git", args, {
      cwd: dir,
      env: dated,
      input: input ?? "",
      encoding: "utf8",
      maxBuffer: 1 << 30,
      stdio: ["pipe", "pipe", "pipe"],
    }).replace(/\n$/, "");
  };
  const write = (path: string, content: Content): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  };
  const remove = (path: string): void => rmSync(join(dir, path), { recursive: true, force: true });
  const id = (rev: string): string => run(["rev-parse", "--verify", rev]);
  const committed = (...args: string[]): string => {
    run(args);
    commits += 1;
    return id("HEAD");
  };
  return {
    dir,
    home,
    env,
    git: (...args) => run(args),
    gitWith: (input, ...args) => run(args, input),
    write,
    remove,
    commit: (message, files = {}) => {
      for (const [path, content] of Object.entries(files)) {
        if (content === null) remove(path);
        else write(path, content);
      }
      run(["add", "--all"]);
      return committed("commit", "--quiet", "--allow-empty", "--allow-empty-message", "--message", message);
    },
    branch: (name, at = "HEAD") => void run(["switch", "--quiet", "--create", name, at]),
    switchTo: (name) => void run(["switch", "--quiet", name]),
    merge: (branch, message = `Merge ${branch}`) => committed("merge", "--quiet", "--no-ff", "--message", message, branch),
    id,
    clone: (...flags) => {
      const target = makeFolder();
      const clone = repositoryAt(join(target, "repo"), target);
      execFileSync("git", ["clone", "--quiet", ...flags, `file://${dir}`, clone.dir], { env: clone.env, stdio: ["ignore", "pipe", "pipe"] });
      return clone;
    },
  };
}

function environment(home: string): Readonly<Record<string, string>> {
  const person = { NAME: "Ada", EMAIL: "ada@example.org" };
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    XDG_CONFIG_HOME: join(home, ".config"),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: person.NAME,
    GIT_AUTHOR_EMAIL: person.EMAIL,
    GIT_COMMITTER_NAME: person.NAME,
    GIT_COMMITTER_EMAIL: person.EMAIL,
  };
}
