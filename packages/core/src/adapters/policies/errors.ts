import { defineError } from "#kernel";

export const policyNotReachable = defineError<{ readonly repository: string; readonly commit: string; readonly says: string }>({
  code: "policies/not-reachable",
  title: "An extended policy could not be fetched.",
  message: ({ repository, commit, says }) => `${repository} at ${commit.slice(0, 12)}: ${says}`,
  fix: ({ repository }) => `Check that ${repository} can be reached with the credentials Git has here, and that the commit was pushed.`,
  exit: 2,
});

export const policyFileMissing = defineError<{ readonly repository: string; readonly commit: string }>({
  code: "policies/file-missing",
  title: "An extended policy repository has no proofline.yaml at that commit.",
  message: ({ repository, commit }) => `${repository} at ${commit.slice(0, 12)} holds neither proofline.yaml nor proofline.yml.`,
  fix: () => "Pin a commit that has one.",
  exit: 2,
});
