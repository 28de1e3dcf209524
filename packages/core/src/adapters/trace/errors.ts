import { defineError } from "#kernel";

export const workspaceNotReachable = defineError<{ readonly at: string; readonly says: string }>({
  code: "workspace/not-reachable",
  title: "A repository of the workspace can't be read.",
  message: ({ at, says }) => `${at}: ${says}`,
  fix: () => "Correct `workspace:` in proofline.yaml: a path from the root of this repository, or a URL that Git can read with the credentials it has here.",
  exit: 2,
});
