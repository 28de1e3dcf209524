import { digestOf } from "#kernel";
import { DEFAULT_BUDGETS } from "#evidence";
import { DEFAULT_POLICY, type CheckDefaults } from "#verdict";
import { DEFAULT_CONFIG, type Config, type LoadedConfig } from "./config.ts";
import { extendsEndless, extendsUnreadable } from "./errors.ts";
import type { ExtendedConfig } from "./extend-config.ts";
import { parsePolicyRef, type PolicyRef, type PolicySource } from "./policy-source.ts";

/** A configuration file as the repository holds it. */
export interface ConfigText {
  readonly file: string;
  readonly text: string;
}

/** What loading needs beside the text. */
export interface LoadConfigWith {
  /** The registry: its ids and options are the known keys. */
  readonly checks: readonly CheckDefaults[];
  /** Reads extended policies; without it `extends:` is an error. */
  readonly source?: PolicySource;
}

/** Policies that may stand on each other. */
const DEEPEST = 5;

/**
 * The configuration to judge by. Without a file the defaults hold and no parser is loaded; with one, everything it says is checked,
 * its parents are applied and its rules compiled.
 */
export async function loadConfig(own: ConfigText | undefined, { checks, source }: LoadConfigWith): Promise<LoadedConfig> {
  if (own === undefined) return { ...DEFAULT_CONFIG, rules: [], origin: { file: "defaults", parents: [] }, digest: digestOf(DEFAULT_CONFIG) };
  const parents: { ref: string; digest: string }[] = [];
  const extended = await readWithParents(own, { checks, source, chain: [own.file], parents });
  const config: Config = {
    ...extended.config,
    budgets: { ...DEFAULT_BUDGETS, ...extended.config.budgets },
    policy: { ...DEFAULT_POLICY, ...extended.policy },
  };
  return { ...config, rules: extended.rules, origin: { file: own.file, parents }, digest: digestOf(config) };
}

interface Loading {
  readonly checks: readonly CheckDefaults[];
  readonly source: PolicySource | undefined;
  /** References followed so far, the repository's own file first. */
  readonly chain: readonly string[];
  readonly parents: { ref: string; digest: string }[];
}

async function readWithParents({ file, text }: ConfigText, loading: Loading): Promise<ExtendedConfig> {
  const [{ readConfigFile }, { extendConfig }] = await Promise.all([import("./read-config.ts"), import("./extend-config.ts")]);
  const own = await readConfigFile(text, file, loading.checks);
  if (own.extends === undefined) return { config: own.config, policy: own.policy, rules: own.rules, files: [own] };
  const place = own.text.placeOf(["extends"]);
  const ref = parsePolicyRef(own.extends, place);
  const chain = [...loading.chain, ref.text];
  if (loading.chain.includes(ref.text)) throw extendsEndless({ place, chain, why: "cycle" });
  if (chain.length > DEEPEST + 1) throw extendsEndless({ place, chain, why: "depth" });
  const parentText = await fetchParent(ref, loading, (says) => extendsUnreadable({ place, ref: ref.text, says }));
  loading.parents.push({ ref: ref.text, digest: parentText.digest });
  const parent = await readWithParents({ file: ref.text, text: parentText.text }, { ...loading, chain });
  return extendConfig(parent, own);
}

async function fetchParent(ref: PolicyRef, { source }: Loading, unreadable: (says: string) => Error): ReturnType<PolicySource["read"]> {
  if (source === undefined) throw unreadable("this command reads no other repository");
  try {
    return await source.read(ref);
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
}
