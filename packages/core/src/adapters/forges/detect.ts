import type { ForgeContext } from "#operations";
import { detectGitHub } from "./github/context.ts";
import { detectGitLab } from "./gitlab/context.ts";

/** Environment values by name, as the process got them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Tells the pull request at hand from what continuous integration says about itself; undefined outside of it.
 * `eventJson` is the text of the file `GITHUB_EVENT_PATH` names.
 */
export function detectForge(env: Environment, eventJson?: string): ForgeContext | undefined {
  if (env["GITHUB_ACTIONS"] === "true" || env["GITHUB_REPOSITORY"] !== undefined) return detectGitHub(env, eventJson);
  if (env["GITLAB_CI"] === "true" || env["CI_PROJECT_ID"] !== undefined) return detectGitLab(env);
  return undefined;
}
