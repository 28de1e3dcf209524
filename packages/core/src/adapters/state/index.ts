export { artifactState, type ArtifactOptions } from "./artifact.ts";
export type { StateIdentity } from "./manifest.ts";
export { refState, type RefOptions } from "./ref-state.ts";
