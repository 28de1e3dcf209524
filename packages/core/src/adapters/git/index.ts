export { openRepository, type OpenedRepository, type OpenOptions } from "./open-repository.ts";
export { foreignGit, type ForeignGit } from "./process/foreign-git.ts";
