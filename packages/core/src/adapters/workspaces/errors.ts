import { defineError } from "#kernel";

/** Git refused something Proofline needs to lay out a tree. */
export const gitFailed = defineError<{ readonly command: string; readonly says: string }>({
  code: "workspace/git-failed",
  title: "Git could not lay out the tree",
  message: ({ command, says }) => `\`git ${command}\` failed: ${says || "no reason given"}`,
  fix: () => "Check that the revision exists in this repository (`git cat-file -t REV`); in a partial or shallow clone fetch it first.",
  exit: 2,
});

/** The tree holds something that would make Proofline write outside its own folder. */
export const escapingPath = defineError<{ readonly path: string }>({
  code: "workspace/escaping-path",
  title: "A folder of the tree leads outside of it",
  message: ({ path }) => `${path} is (or lies below) a symbolic link that leaves the tree; packages are not put there`,
  fix: ({ path }) => `Replace the link at ${path} with a real folder, or run the tests with --no-run and hand in a report.`,
  exit: 2,
});

/** The shared temporary folder was made by somebody else. */
export const foreignFolder = defineError<{ readonly path: string }>({
  code: "workspace/foreign-folder",
  title: "The temporary folder belongs to another user",
  message: ({ path }) => `${path} was made by another user, who could replace what is run there`,
  fix: () => "Set TMPDIR to a folder of your own and run again.",
  exit: 2,
});
