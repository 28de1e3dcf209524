import { join, resolve } from "node:path";
import type { TravelPorts } from "#operations";
import { keyIdOf, stateSealer, type Signer, type TrustedKey, type VerifySignature } from "#verdict";
import { artifactState } from "./artifact.ts";
import { gitIn } from "./git-plumbing.ts";
import { refState } from "./ref-state.ts";
import { isTargetJob } from "./target-job.ts";

export interface StateRequest {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `ref`, or a folder (relative to `root`) that CI keeps as an artifact or in a cache. */
  readonly place: string;
  /** Text of the file `GITHUB_EVENT_PATH` names. */
  readonly eventJson?: string;
  /** Token of the job and the server it is for: sent where Git has no credentials of its own. */
  readonly login?: { readonly serverUrl: string; readonly user: string; readonly token: string };
  /** Absent where no key is at hand: then state travels unsigned. */
  readonly signer?: Signer & { readonly publicKeyPem: string };
  readonly keysFromTargetBranch: readonly TrustedKey[];
  readonly verifySignature: VerifySignature;
  /** ISO 8601. */
  readonly now: string;
}

const NAME = "state";
const FILE = "proofline-state.gz";

/** Finds where state is kept and what it is worth in this job. */
export async function openState(request: StateRequest): Promise<Omit<TravelPorts, "ledger">> {
  const { root, env, place, signer, keysFromTargetBranch } = request;
  const git = gitIn(root);
  const remote = (await configOf(git, "remote.origin.url")) === "" ? undefined : "origin";
  const identity = { repository: nameOf(await configOf(git, "remote.origin.url"), root), name: NAME };
  const sealer = stateSealer({ ...request, ...(signer && { signer }) });
  const onTarget = isTargetJob(env, request.eventJson);
  // A key that the target branch does not list vouches for nothing: what it signed could never be read again.
  const isListed = signer !== undefined && keysFromTargetBranch.some((key) => key.kind !== "agent" && keyIdOf(key.pem) === keyIdOf(signer.publicKeyPem));
  const standing = { onTarget, signatureExpected: keysFromTargetBranch.some((key) => key.kind === "service"), place: place === "ref" ? "ref" : "artifact" } as const;
  const unsigned = stateSealer({ ...request, signer: undefined });
  const common = { identity, sealer: isListed ? sealer : unsigned };
  const saves = isListed ? Boolean(env["CI"]) : onTarget && !standing.signatureExpected;
  if (place === "ref") {
    const header = remote === undefined ? {} : await loginEnvironment(git, request.login);
    return { state: refState({ root, ...common, ...(remote !== undefined && { remote }), env: header }), where: `refs/proofline/${NAME}${remote === undefined ? "" : " of origin"}`, standing, saves };
  }
  const file = join(resolve(root, place), FILE);
  const committed = (await git(["ls-files", "--error-unmatch", "--", file])).code === 0;
  return { state: artifactState({ file, ...common }), where: join(place, FILE), standing: { ...standing, committed }, saves };
}

type GitCall = ReturnType<typeof gitIn>;

const configOf = async (git: GitCall, key: string): Promise<string> => (await git(["config", "--get", key])).stdout.toString("utf8").trim();

/** Host and path of the remote, whatever way it is reached: a clone by SSH and one by HTTPS are the same repository. */
export function nameOf(remote: string, root: string): string {
  const scp = /^(?:[\w.-]+@)?([\w.-]+):(?!\/)(.+?)(?:\.git)?\/?$/.exec(remote);
  if (scp && !remote.includes("://")) return `${scp[1]}/${scp[2]}`;
  const url = /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+?)(?:\.git)?\/?$/.exec(remote);
  if (url) return `${url[1]}/${url[2]}`;
  return (remote === "" ? root : remote).replace(/\/+$/, "").split("/").at(-1)?.replace(/\.git$/, "") || "repository";
}

/** Git's own way to be handed a header for one server alone; left out where the checkout already brings one, since two are refused. */
async function loginEnvironment(git: GitCall, login: StateRequest["login"]): Promise<Readonly<Record<string, string>>> {
  if (login === undefined || !/^https?:\/\//.test(login.serverUrl)) return {};
  const key = `http.${login.serverUrl.replace(/\/+$/, "")}/.extraheader`;
  if ((await configOf(git, key)) !== "") return {};
  const value = `AUTHORIZATION: basic ${Buffer.from(`${login.user}:${login.token}`).toString("base64")}`;
  return { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: key, GIT_CONFIG_VALUE_0: value };
}
