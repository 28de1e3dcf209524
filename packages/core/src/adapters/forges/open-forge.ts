import type { Forge, ForgeContext } from "#operations";
import type { Pace } from "./pace.ts";

export interface ForgeOptions {
  /** Where a posting goes that the token may not post. */
  readonly savePostingTo: string;
  /** GitLab only: report files the job declares as artifacts. */
  readonly reports?: { readonly codeQuality?: string; readonly sarif?: string };
  readonly pace?: Pace;
}

/** The forge a context speaks of. Loads only that host's client. */
export async function openForge(context: ForgeContext, options: ForgeOptions): Promise<Forge> {
  if (context.kind === "github") return (await import("./github/github-forge.ts")).createGitHubForge(context, options);
  return (await import("./gitlab/gitlab-forge.ts")).createGitLabForge(context, options);
}
