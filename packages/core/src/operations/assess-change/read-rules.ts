import { CODE_OWNERS_FILES, CONFIG_FILES, declaredAttributes, effectiveAreas, isJourneyFile, isStoryFile, readAttributes, readCodeOwners, type AttributeRule, type Intent } from "#intent";
import type { FileContent, Repository, ResolvedChange } from "#change";
import { allChecks } from "#checks";
import { BASELINE_FILE, EMPTY_BASELINE, isKeyFile, isWaiverFile, parseBaseline, readKeys, resolvePolicy, type Baseline, type ListedKeys, type ResolvedPolicy } from "#verdict";
import { configNoText } from "../config/errors.ts";
import { loadConfig, type ConfigText } from "../config/load-config.ts";
import type { LoadedConfig } from "../config/config.ts";
import type { PolicySource } from "../config/policy-source.ts";

/** A file with its text. */
interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Everything the target branch says about how its changes are judged. */
export interface Rules {
  readonly config: LoadedConfig;
  readonly policy: ResolvedPolicy;
  readonly intent: Intent;
  /** Of `.gitattributes`, and after them those of the configuration. */
  readonly attributes: readonly AttributeRule[];
  readonly keys: ListedKeys;
  readonly baseline: Baseline;
  /** Waiver files of the target branch and of the head; what counts is their signature. */
  readonly waiverFiles: readonly TextFile[];
  readonly configured: boolean;
  /** True when somebody committed Proofline's own state (`.proofline/`): it is then anybody's to write, and is not read. */
  readonly stateTracked: boolean;
  /** True when the target branch or the head has stories. */
  readonly stories: boolean;
  /** True when either side has journeys. */
  readonly journeys: boolean;
}

type Reader = Pick<Repository, "readFiles" | "listFiles">;

/** Reads the rules from the target's tip, and waivers from the head too. One batch of reads where nothing is configured. */
export async function readRules(change: Pick<ResolvedChange, "base" | "headTree">, repository: Reader, source?: PolicySource): Promise<Rules> {
  const files = await repository.readFiles(change.base, [...CONFIG_FILES, ...CODE_OWNERS_FILES, ".gitattributes", BASELINE_FILE]);
  const config = await loadConfig(configTextIn(files), { checks: allChecks, ...(source && { source }) });
  const baselineText = files.get(BASELINE_FILE)?.text;
  const owners = firstText(files, CODE_OWNERS_FILES);
  const [signed, baseline] = await Promise.all([readSigned(change, repository), baselineText === undefined ? EMPTY_BASELINE : parseBaseline(baselineText)]);
  const configured = CONFIG_FILES.some((path) => files.has(path));
  return {
    config,
    policy: resolvePolicy(config.policy, allChecks, config.rules),
    intent: {
      areas: effectiveAreas(config.areas),
      surfaces: config.surfaces,
      codeOwners: owners ? readCodeOwners(owners.text, owners.file).rules : [],
      ...(owners && { codeOwnersFile: owners.file }),
      ...(config.qa && { qa: config.qa }),
      gated: configured || signed.keys.length > 0 || baseline.entries.size > 0,
    },
    attributes: [...readAttributes(files.get(".gitattributes")?.text ?? ""), ...declaredAttributes(config)],
    keys: readKeys(signed.keys),
    baseline,
    waiverFiles: signed.waivers,
    configured,
    stateTracked: signed.stateTracked,
    stories: signed.stories,
    journeys: signed.journeys,
  };
}

/** The configuration among files that were read. One that is there but no text is an error: the defaults must not take its place unsaid. */
export function configTextIn(files: ReadonlyMap<string, FileContent>): ConfigText | undefined {
  const file = CONFIG_FILES.find((path) => files.has(path));
  const found = file === undefined ? undefined : files.get(file);
  if (file === undefined || found === undefined) return undefined;
  if (found.text === undefined) throw configNoText({ file, why: found.why ?? "missing" });
  return { file, text: found.text };
}

function firstText(files: ReadonlyMap<string, FileContent>, paths: readonly string[]): ConfigText | undefined {
  for (const path of paths) {
    const text = files.get(path)?.text;
    if (text !== undefined) return { file: path, text };
  }
  return undefined;
}

/** This checkout's own ledger and caches. */
const STATE = ".proofline";

/** Keys of the target; waivers of both sides, the head's version of a file first. */
async function readSigned({ base, headTree }: Pick<ResolvedChange, "base" | "headTree">, repository: Reader): Promise<{ keys: TextFile[]; waivers: TextFile[]; stateTracked: boolean; stories: boolean; journeys: boolean }> {
  const [onTarget, onHead] = await Promise.all([repository.listFiles(base, ["proofline", STATE]), repository.listFiles(headTree, ["proofline", STATE])]);
  const pathsOf = (entries: readonly { readonly path: string }[], wanted: (path: string) => boolean): string[] => entries.map((entry) => entry.path).filter(wanted);
  const [keys, oldWaivers, newWaivers] = await Promise.all([
    textsOf(repository, base, pathsOf(onTarget, isKeyFile)),
    textsOf(repository, base, pathsOf(onTarget, isWaiverFile)),
    textsOf(repository, headTree, pathsOf(onHead, isWaiverFile)),
  ]);
  const waivers = new Map([...oldWaivers, ...newWaivers].map((file) => [file.path, file]));
  const stateTracked = [...onTarget, ...onHead].some(({ path }) => path === STATE || path.startsWith(`${STATE}/`));
  const stories = [...onTarget, ...onHead].some(({ path }) => isStoryFile(path));
  const journeys = [...onTarget, ...onHead].some(({ path }) => isJourneyFile(path));
  return { keys, stateTracked, stories, journeys, waivers: [...waivers.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

async function textsOf(repository: Reader, tree: string, paths: readonly string[]): Promise<TextFile[]> {
  if (paths.length === 0) return [];
  const files = await repository.readFiles(tree, paths);
  return paths.flatMap((path) => {
    const text = files.get(path)?.text;
    return text === undefined ? [] : [{ path, text }];
  });
}
