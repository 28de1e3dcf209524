import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { keysOnTarget, travelState, type AssessPorts, type TravellingLedger } from "#operations";
import { clock, openKey, type OpenRequest, type Opened } from "./opened.ts";

/** The ledger joined with the state of earlier runs, where the job says where that is kept. */
export function travellingState({ env }: OpenRequest, repository: Opened, forge: ForgeAtHand, { ledger, verifier }: AssessPorts) {
  return async (base: string | undefined): Promise<TravellingLedger | undefined> => {
    const place = env["PROOFLINE_STATE"];
    if (!place) return undefined;
    const { openState } = await import("../adapters/state/index.ts");
    const keyFile = env["PROOFLINE_KEY_FILE"];
    const login = forge && loginFor(forge.context);
    const state = await openState({
      root: repository.root,
      env,
      place,
      ...(forge?.eventJson !== undefined && { eventJson: forge.eventJson }),
      ...(login && { login }),
      ...(keyFile && { signer: await openKey(keyFile) }),
      keysFromTargetBranch: await keysOnTarget(repository)(base),
      verifySignature: await verifier(),
      now: new Date(clock.now()).toISOString(),
    });
    return travelState({ ledger, ...state });
  };
}

/** How the job's token is sent to its own server by Git; GitLab's jobs bring theirs in the remote's address. */
function loginFor({ kind, token, tokenKind, serverUrl }: NonNullable<ForgeAtHand>["context"]) {
  if (token === undefined || serverUrl === undefined || tokenKind === "job") return undefined;
  return { serverUrl, token, user: kind === "github" ? "x-access-token" : "oauth2" };
}

/** What templates/ci/gitlab.yml declares as the job's report. */
export const GITLAB_REPORT = "gl-code-quality-report.json";

/** The forge a CI job runs for; nothing is loaded outside of CI. */
export async function forgeAtHand(root: string, env: OpenRequest["env"]) {
  if (!env["GITHUB_ACTIONS"] && !env["GITLAB_CI"]) return undefined;
  const { detectForge, openForge } = await import("../adapters/forges/index.ts");
  const eventFile = env["GITHUB_EVENT_PATH"];
  const event = eventFile === undefined ? undefined : await readFile(eventFile, "utf8").catch(() => undefined);
  const context = detectForge(env, event);
  return context && { context, ...(event !== undefined && { eventJson: event }), open: () => openForge(context, { savePostingTo: join(root, ".proofline", "posting.json"), ...(context.kind === "gitlab" && { reports: { codeQuality: join(root, GITLAB_REPORT) } }) }) };
}

/** In the trusted half of a fork's check: which change it is about, told by the forge. */
export async function boundChange(forge: NonNullable<Awaited<ReturnType<typeof forgeAtHand>>>) {
  if (forge.context.event !== "workflow_run") return undefined;
  const found = await (await forge.open()).bind();
  return { ...found, base: forge.context.targetBranch === undefined ? undefined : `origin/${forge.context.targetBranch}` };
}

export type ForgeAtHand = Awaited<ReturnType<typeof forgeAtHand>>;
