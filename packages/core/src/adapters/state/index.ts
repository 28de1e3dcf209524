export { artifactState, type ArtifactOptions } from "./artifact.ts";
export type { StateIdentity } from "./manifest.ts";
export { refState, type RefOptions } from "./ref-state.ts";
export { nameOf, openState, type StateRequest } from "./open-state.ts";
export { isTargetJob } from "./target-job.ts";
