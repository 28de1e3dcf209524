import type { WorkspaceConfig } from "../config/config.ts";
import type { SiblingRepository, SiblingSource } from "./trace-ports.ts";

/** A repository of the workspace beside the one that is asked. */
export interface Other {
  readonly name: string;
  /** Path or URL as the configuration has it. */
  readonly at: string;
  /** True where the stories stand. */
  readonly home: boolean;
  readonly sibling: SiblingRepository;
}

/** Opens the story repository, where it is another; else the code repositories of those whose stories stand here. All that were opened are closed again where one can't be. */
export async function openOthers(workspace: WorkspaceConfig | undefined, siblings: SiblingSource): Promise<readonly Other[]> {
  if (workspace === undefined) return [];
  const wanted = workspace.stories === undefined ? workspace.repositories.map((one) => ({ ...one, home: false })) : [{ name: nameOf(workspace.stories), at: workspace.stories, home: true }];
  const opened: Other[] = [];
  try {
    for (const one of wanted) opened.push({ ...one, sibling: await siblings.open(one.at) });
  } catch (error) {
    await closeOthers(opened);
    throw error;
  }
  return opened;
}

export const closeOthers = async (others: readonly Other[]): Promise<void> => void (await Promise.all(others.map(({ sibling }) => sibling.close())));

/** The name of a repository that only has an address. */
export const nameOf = (at: string): string => at.replace(/\/+$/, "").replace(/\.git$/, "").split(/[/:]/).at(-1) || "stories";
