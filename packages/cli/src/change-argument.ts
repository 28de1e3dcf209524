/** The argument that names a change, as `--help` shows it. In a file of its own: help loads no more than words. */
export const CHANGE_ARGUMENT = { flags: "[change]", says: "a commit (against its parent), `worktree` or `index` (against HEAD), or a range such as main..HEAD" };
