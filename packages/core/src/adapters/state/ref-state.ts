import type { LoadedState, StateFiles, StateSealer, TravellingState } from "#operations";
import { gitRefused, stateBusy, stateUnreadable } from "./errors.ts";
import { gitIn, must, mustLine, type Git } from "./git-plumbing.ts";
import { openFiles, sealFiles, type StateIdentity } from "./manifest.ts";
import { readTree, storeTree } from "./ref-tree.ts";

export interface RefOptions {
  /** The repository whose `refs/proofline/<name>` keeps the state. */
  readonly root: string;
  readonly identity: StateIdentity;
  readonly sealer: StateSealer;
  /** When given, this remote's ref is the truth: it is fetched before and pushed after. */
  readonly remote?: string;
  /** Added to Git's environment: credentials for the remote. */
  readonly env?: Readonly<Record<string, string>>;
  /** Waits between tries, for tests. */
  readonly sleep?: (ms: number) => Promise<void>;
}

const MAX_TRIES = 12;
const NAME = /^[a-z0-9][a-z0-9-]{0,60}$/;

interface Place {
  readonly git: Git;
  readonly ref: string;
  readonly remote: string | undefined;
}

/** State under `refs/proofline/<name>`: written by plumbing, replaced by compare-and-swap, never merged by Git. */
export function refState({ root, identity, sealer, remote, env, sleep = pause }: RefOptions): TravellingState {
  const ref = `refs/proofline/${identity.name}`;
  // `--` does not protect every command, so a remote that looks like an option is refused.
  if (!NAME.test(identity.name) || remote?.startsWith("-") === true) throw stateUnreadable({ where: ref, because: "its name or remote is not allowed" });
  const place: Place = { git: gitIn(root, env), ref, remote };

  const loadAt = async (commit: string): Promise<LoadedState> => {
    const { files, sealed } = await readTree(place.git, ref, commit);
    const signedBy = await openFiles(files, sealed, identity, ref, sealer);
    return { files, version: commit, ...(signedBy === undefined ? {} : { signedBy }) };
  };
  const load = async (): Promise<LoadedState | undefined> => {
    const commit = await current(place);
    return commit === undefined ? undefined : loadAt(commit);
  };
  return {
    load,
    async save(merge) {
      for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
        const before = await load();
        const files: StateFiles = await merge(before?.files ?? new Map(), before?.signedBy);
        const commit = await storeTree(place.git, ref, files, await sealFiles(files, identity, ref, sealer));
        if (await swap(place, before?.version, commit)) return { files, version: commit };
        // Writers that collided once must not collide in step.
        await sleep(20 * 2 ** Math.min(tries, 6) * Math.random());
      }
      throw stateBusy({ where: ref, tries: MAX_TRIES });
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Commit the ref stands at: the remote's when there is one, after its objects were fetched. */
async function current({ git, ref, remote }: Place): Promise<string | undefined> {
  if (remote === undefined) return localRef(git, ref);
  const commit = await remoteRef(git, ref, remote);
  if (commit === undefined) return undefined;
  const { code } = await git(["cat-file", "-e", `${commit}^{tree}`]);
  if (code === 0) return commit;
  await must(git, ref, ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", remote, `+${ref}:${ref}`]);
  // Another run may have pushed since: what was fetched counts.
  return localRef(git, ref);
}

async function localRef(git: Git, ref: string): Promise<string | undefined> {
  const { code, stdout } = await git(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  return code === 0 ? stdout.toString("utf8").trim() : undefined;
}

async function remoteRef(git: Git, ref: string, remote: string): Promise<string | undefined> {
  const line = await mustLine(git, ref, ["ls-remote", remote, ref]);
  return line === "" ? undefined : line.split(/\s/)[0];
}

/** Moves the ref if it still stands where it was read; false when somebody was faster. */
async function swap(place: Place, before: string | undefined, commit: string): Promise<boolean> {
  const { git, ref, remote } = place;
  if (remote === undefined) {
    const { code, stderr } = await git(["update-ref", "-m", "proofline: state", ref, commit, before ?? "0".repeat(commit.length)]);
    return code === 0 || lostRace(await localRef(git, ref), before, { ref, call: "update-ref", stderr });
  }
  const { code, stderr } = await git(["push", "--quiet", "--no-verify", `--force-with-lease=${ref}:${before ?? ""}`, remote, `${commit}:${ref}`]);
  if (code !== 0) return lostRace(await remoteRef(git, ref, remote), before, { ref, call: "push", stderr });
  await git(["update-ref", ref, commit]);
  return true;
}

/** A refusal while the ref did not move is no race: trying again would not help. A lock held by another writer is one. */
function lostRace(now: string | undefined, before: string | undefined, { ref, call, stderr }: { ref: string; call: string; stderr: string }): false {
  if (now !== before || /cannot lock ref|unable to create .*\.lock|failed to update ref|stale info/i.test(stderr)) return false;
  throw gitRefused({ where: ref, call, says: stderr.trim().split("\n").at(-1) ?? "it said nothing" });
}
