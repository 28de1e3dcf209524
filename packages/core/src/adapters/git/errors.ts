import { defineError } from "#kernel";

/** The folder lies in no repository. */
export const notARepository = defineError<{ readonly dir: string }>({
  code: "git/not-a-repository",
  title: "No Git repository here",
  message: ({ dir }) => `${dir} is not inside a Git repository.`,
  fix: () => "Run inside a repository or name one with `--repo DIR`; to start one: `git init`.",
  exit: 2,
});

/** The folder does not exist, or is a file. */
export const noSuchFolder = defineError<{ readonly dir: string }>({
  code: "git/no-such-folder",
  title: "The folder of the repository does not exist",
  message: ({ dir }) => `${dir} is not a folder that can be read.`,
  fix: () => "Check the path given to `--repo`.",
  exit: 2,
});

/** The `git` program could not be started. */
export const gitNotInstalled = defineError<{ readonly says: string }>({
  code: "git/not-installed",
  title: "Git could not be started",
  message: ({ says }) => `The program \`git\` could not be started (${says}).`,
  fix: () => "Install Git 2.34 or newer and make sure that it is on the PATH.",
  exit: 2,
});

/** Git lacks something Proofline relies on. */
export const gitTooOld = defineError<{ readonly says: string }>({
  code: "git/too-old",
  title: "This Git is too old",
  message: ({ says }) => `Proofline needs Git 2.34 or newer; found: ${says}.`,
  fix: () => "Update Git (https://git-scm.com/downloads) or put a newer one first on the PATH.",
  exit: 2,
});

/** The repository belongs to another user, so Git refuses to read it. */
export const untrustedOwner = defineError<{ readonly path: string }>({
  code: "git/untrusted-owner",
  title: "Git does not trust the owner of this repository",
  message: ({ path }) => `${path} belongs to another user, and Git refuses to read it ("dubious ownership").`,
  fix: ({ path }) => `If you trust it: \`git config --global --add safe.directory '${path}'\`.`,
  exit: 2,
});

/** Something in the repository's own files can't be read. */
export const damagedRepository = defineError<{ readonly path: string; readonly says: string }>({
  code: "git/damaged",
  title: "The repository is damaged",
  message: ({ path, says }) => `Git can't read ${path}: ${says}`,
  fix: () => "Run `git fsck` there to see what is missing; a fresh clone is often the shortest way.",
  exit: 2,
});

/** Any other failure of Git, in its own words. */
export const gitFailed = defineError<{ readonly command: string; readonly says: string }>({
  code: "git/failed",
  title: "Git failed",
  message: ({ command, says }) => `\`git ${command}\` failed: ${says || "no reason given"}`,
  fix: ({ command }) => `Run \`git ${command}\` yourself in the repository to see more.`,
  exit: 2,
});

/** A revision nobody knows. */
export const unknownRevision = defineError<{ readonly rev: string; readonly role: string; readonly shallow: boolean }>({
  code: "git/unknown-revision",
  title: "Unknown revision",
  message: ({ rev, role, shallow }) =>
    `The ${role} \`${rev}\` names no commit of this ${shallow ? "shallow clone, which holds only part of the history" : "repository"}.`,
  fix: ({ rev, shallow }) =>
    shallow
      ? "Fetch more history: `git fetch --unshallow`; with actions/checkout set `fetch-depth: 0`, on GitLab `GIT_DEPTH: 0`."
      : `Check the spelling with \`git rev-parse --verify '${rev}'\`; a branch of the remote may have to be fetched first (\`git fetch origin\`).`,
  exit: 2,
});

/** An abbreviated id that fits several objects. */
export const ambiguousRevision = defineError<{ readonly rev: string; readonly role: string }>({
  code: "git/ambiguous-revision",
  title: "Ambiguous revision",
  message: ({ rev, role }) => `The ${role} \`${rev}\` fits more than one object.`,
  fix: ({ rev }) => `Write more digits; \`git rev-parse --disambiguate=${rev}\` lists the candidates.`,
  exit: 2,
});

/** A revision that is a tree or a file. */
export const notACommit = defineError<{ readonly rev: string; readonly role: string; readonly type: string }>({
  code: "git/not-a-commit",
  title: "The revision is no commit",
  message: ({ rev, role, type }) => `The ${role} \`${rev}\` is a ${type === "blob" ? "file" : type}; a change lies between commits.`,
  fix: () => "Name a commit, a branch or a tag.",
  exit: 2,
});

/** Nothing said what to compare with, and no usual name of a default branch exists. */
export const noDefaultBranch = defineError<{ readonly tried: readonly string[] }>({
  code: "git/no-default-branch",
  title: "No branch to compare with",
  message: ({ tried }) => `The target branch could not be found; tried ${tried.join(", ")}.`,
  fix: () => "Say what the change wants to get into: `--base BRANCH`, or set the remote's default once with `git remote set-head origin --auto`.",
  exit: 2,
});

/** A repository in which nobody has committed yet. */
export const noCommits = defineError<{ readonly path: string }>({
  code: "git/no-commits",
  title: "No commit yet",
  message: ({ path }) => `Nothing is committed yet on the branch that ${path} stands on, so there is nothing to judge or to compare with.`,
  fix: () => "Make a first commit (`git add --all && git commit`), then run again; or name commits of another branch with `--base` and `--head`.",
  exit: 2,
});

/** A bare repository was asked for its working tree or index. */
export const noWorkingTree = defineError<{ readonly path: string; readonly asked: string }>({
  code: "git/no-working-tree",
  title: "This repository has no working tree",
  message: ({ path, asked }) => `${path} is a bare repository (or its inner folder): it has no ${asked} to judge.`,
  fix: () => "Name commits on both sides (`--base REV --head REV`), or run in a checkout.",
  exit: 2,
});

/** A merge, rebase or cherry-pick has left conflicts. */
export const unresolvedConflicts = defineError<{ readonly paths: readonly string[] }>({
  code: "git/unresolved-conflicts",
  title: "Conflicts are not resolved",
  message: ({ paths }) => `The index holds unresolved conflicts: ${paths.slice(0, 5).join(", ")}${paths.length > 5 ? ` and ${paths.length - 5} more` : ""}.`,
  fix: () => "Resolve them and `git add` the files, or judge commits instead of the working tree.",
  exit: 2,
});

/** The patch file can't be read. */
export const patchUnreadable = defineError<{ readonly file: string; readonly says: string }>({
  code: "git/patch-unreadable",
  title: "The patch could not be read",
  message: ({ file, says }) => `${file}: ${says}.`,
  fix: () => "Check the path; `-` reads the patch from standard input.",
  exit: 2,
});

/** The patch does not fit the base, or is no patch. */
export const patchDoesNotApply = defineError<{ readonly file: string; readonly place: string; readonly says: string; readonly base: string }>({
  code: "git/patch-does-not-apply",
  title: "The patch does not apply",
  message: ({ file, place, says, base }) => `${file} does not apply to ${base}${place === "" ? "" : ` at ${place}`}: ${says}.`,
  fix: () =>
    "Name the commit the patch was made from with `--base`, and make it with context lines (`git diff`, `diff -u`; binary files need `git diff --binary`).",
  exit: 2,
});

/** An object this clone should have is not there. */
export const missingObject = defineError<{ readonly id: string }>({
  code: "git/missing-object",
  title: "An object is missing",
  message: ({ id }) => `This clone has no readable commit or tree ${id}.`,
  fix: () => "Fetch it (`git fetch --refetch` in a partial clone, `git fetch --unshallow` in a shallow one), or run `git fsck`.",
  exit: 2,
});

/** A tree was to be composed of something Git does not accept. */
export const impossibleTree = defineError<{ readonly says: string }>({
  code: "git/impossible-tree",
  title: "The tree could not be composed",
  message: ({ says }) => `Git refused the combined tree: ${says}`,
  fix: () => "One of the two sides holds a path the other can't take; judge the sides separately.",
  exit: 2,
});
