import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { RepositoryPlace } from "./discover.ts";
import { gitEnvironment, type Environment } from "./environment.ts";
import { failureOf } from "./failure.ts";
import { runGit, type GitCall, type GitOutput } from "./git-process.ts";
import type { TemporaryFolder } from "./temporary-folder.ts";

export type CallOptions = Partial<Omit<GitCall, "env">> & {
  readonly env?: Readonly<Record<string, string>>;
  /** Lets Git ask remotes, where this session may at all. */
  readonly network?: boolean;
};

/** Git in one repository: every call sees the repository's objects and those made for this session, and none writes into the repository. */
export interface Git {
  readonly place: RepositoryPlace;
  /** Remotes may be asked: only in CI, where the clone is the job's own. */
  readonly ci: boolean;
  readonly caller: Environment;
  readonly folder: TemporaryFolder;
  /** Gives exit code and output, whatever the code. */
  run(args: readonly string[], options?: CallOptions): Promise<GitOutput>;
  /** Gives the output; a non-zero exit is an error. */
  ask(args: readonly string[], options?: CallOptions): Promise<Buffer>;
  /** Environment for reading. */
  reading(network?: boolean): Record<string, string>;
  /** Environment in which new objects go to a folder of our own. */
  writing(index: string): Record<string, string>;
  /** Makes that folder; true when it was not there, so that readers started before do not see it. */
  prepareWriting(): boolean;
  /** The folder of our own objects, once made. */
  ownObjects(): readonly string[];
}

export function gitIn(place: RepositoryPlace, context: Pick<Git, "ci" | "caller" | "folder">): Git {
  const { ci, caller, folder } = context;
  const offline = gitEnvironment(caller, false);
  const online = gitEnvironment(caller, true);
  let ownObjects: string | undefined;
  const reading = (network = false): Record<string, string> => {
    const base = network && ci ? online : offline;
    return ownObjects === undefined ? base : { ...base, GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(ownObjects) };
  };
  const run: Git["run"] = (args, { env, network, ...call } = {}) => runGit(args, { cwd: place.root, ...call, env: { ...reading(network), ...env } });
  const prepareWriting = (): boolean => {
    if (ownObjects !== undefined) return false;
    ownObjects = join(folder.path(), "objects");
    mkdirSync(join(ownObjects, "info"), { recursive: true });
    return true;
  };
  return {
    place,
    ci,
    caller,
    folder,
    run,
    ask: async (args, options) => {
      const { code, out, err } = await run(args, options);
      if (code !== 0) throw failureOf(args.slice(0, 2).join(" "), err, place.root);
      return out;
    },
    reading,
    prepareWriting,
    ownObjects: () => (ownObjects === undefined ? [] : [ownObjects]),
    writing: (index) => {
      prepareWriting();
      return { GIT_INDEX_FILE: index, GIT_OBJECT_DIRECTORY: ownObjects ?? "", GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(place.objects) };
    },
  };
}

/** Git splits the list at the system's separator unless a path is quoted. */
const quoted = (path: string): string => (path.includes(delimiter) || path.startsWith('"') ? `"${path.replace(/["\\]/g, "\\$&")}"` : path);
