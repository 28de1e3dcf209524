/** How a file belongs to the gate. */
export type GateFile =
  /** It decides what is judged and how; changing it is `gate/changed`. */
  | "gate"
  /** It belongs to the gate where it runs Proofline: ask `runsProofline` with its text on the target branch. */
  | "if-it-runs-proofline";

/** Policy, baseline, keys and protected proofs. Intent (stories, contracts, journeys …) is everyday work and no gate; waivers count by signature. */
const GATE = [
  /^proofline\.ya?ml$/,
  /^proofline\/baseline\.json$/,
  /^proofline\/keys\//,
  /^proofline\/proofs\.lock$/,
  /^(?:\.github\/|\.gitlab\/|docs\/)?CODEOWNERS$/,
];

/** Files that can run Proofline in CI or in a hook. */
const RUNNERS = [
  /^\.github\/(?:workflows|actions)\/.+\.ya?ml$/,
  /^action\.ya?ml$/,
  /^\.gitlab-ci\.ya?ml$/,
  /^\.gitlab\/.+\.ya?ml$/,
  /^\.circleci\/config\.ya?ml$/,
  /^\.?azure-pipelines(?:\/.+)?\.ya?ml$/,
  /^bitbucket-pipelines\.ya?ml$/,
  /^\.buildkite\/.+\.(?:ya?ml|json|sh)$/,
  /^Jenkinsfile(?:\..+)?$/,
  /^\.(?:woodpecker|drone|travis|cirrus)(?:\/.+)?\.ya?ml$/,
  /^\.husky\/[^/]+$/,
  /^lefthook\.ya?ml$/,
  /^\.pre-commit-config\.ya?ml$/,
];

/** Whether a path belongs to the gate. Paths are those of the repository's root: a package's own `proofline.yaml` decides nothing. */
export function gateFile(path: string): GateFile | undefined {
  if (path.length > 1_000) return undefined;
  if (GATE.some((pattern) => pattern.test(path))) return "gate";
  return RUNNERS.some((pattern) => pattern.test(path)) ? "if-it-runs-proofline" : undefined;
}

/** True when a CI file or hook runs Proofline: by command, by action or by including its job. Comments do not run. */
export function runsProofline(text: string): boolean {
  return text.split("\n").some((line) => !/^\s*(?:#|\/\/)/.test(line) && /\bproofline\b/.test(line));
}

/** One file of a change, as the gate's guard needs it. */
export interface GateCandidate {
  readonly path: string;
  /** Path on base when it was renamed. */
  readonly basePath?: string;
  readonly status: string;
}

/** What a change does to the gate that judges it. */
export interface GateChange {
  /** Files of the gate it alters, by their path on the target branch. */
  readonly altered: readonly string[];
  /** True when it brings the first configuration: judged by defaults, with a preview of the verdict under its own. */
  readonly introduces: boolean;
}

/** Where a repository's configuration may stand. */
export const CONFIG_FILES = ["proofline.yaml", "proofline.yml"] as const;

/**
 * Says what a change does to the gate. Without a configuration on the target branch there is no gate of files yet: then only a CI
 * file that already runs Proofline counts. `textOnBase` gives a file's text on the target branch, undefined where there is none.
 */
export function gateChange(files: readonly GateCandidate[], configured: boolean, textOnBase: (path: string) => string | undefined): GateChange {
  const altered = files.flatMap(({ path, basePath, status }) => {
    const paths = [...new Set([basePath ?? path, path])];
    return paths.filter((candidate) => {
      const belongs = gateFile(candidate);
      if (belongs === "gate") return configured;
      if (belongs === undefined || (status === "added" && candidate === path) || status === "copied") return false;
      return candidate === (basePath ?? path) && runsProofline(textOnBase(candidate) ?? "");
    });
  });
  return { altered: [...new Set(altered)], introduces: !configured && introducesConfig(files) };
}

function introducesConfig(files: readonly GateCandidate[]): boolean {
  return files.some(({ path, status }) => (CONFIG_FILES as readonly string[]).includes(path) && status !== "deleted");
}
