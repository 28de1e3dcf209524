export { projectMutationRunner, type MutationParts } from "./project-mutation-runner.ts";
