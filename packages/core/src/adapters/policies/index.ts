export { gitPolicySource, type PolicySourceOptions } from "./git-policy-source.ts";
