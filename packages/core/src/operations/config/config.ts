import type { Area, QaRule, Surface } from "#intent";
import { DEFAULT_BUDGETS, type Budgets, type TestSetup } from "#evidence";
import { DEFAULT_POLICY, type CompiledRule, type PolicyConfig } from "#verdict";

/** Somebody who works here, with the names Git and the forge know them by. */
export interface Person {
  readonly name: string;
  readonly emails: readonly string[];
  readonly teams: readonly string[];
}

/** An agent beside those Proofline knows. */
export interface DeclaredAgent {
  readonly name: string;
  readonly accounts: readonly string[];
  readonly emails: readonly string[];
}

/** Other repositories of the same product. */
export interface WorkspaceConfig {
  /** Path or Git URL of the repository the stories stand in; absent where they stand here. */
  readonly stories?: string;
  readonly repositories: readonly { readonly name: string; readonly at: string }[];
}

/** A repository's configuration, defaults filled in, parents applied. Plain data. */
export interface Config {
  readonly defaultBranch?: string;
  readonly areas: readonly Area[];
  readonly surfaces: readonly Surface[];
  readonly policy: PolicyConfig;
  readonly people: readonly Person[];
  readonly agents: readonly DeclaredAgent[];
  readonly tests: readonly Partial<TestSetup>[];
  /** Milliseconds per gate. */
  readonly budgets: Budgets;
  readonly generated: readonly string[];
  readonly vendored: readonly string[];
  readonly workspace?: WorkspaceConfig;
  /** When somebody has to try a change by hand. */
  readonly qa?: readonly QaRule[];
}

/** Where a configuration came from. */
export interface ConfigOrigin {
  /** `defaults` where there is no file. */
  readonly file: string;
  /** Policies it extends, nearest first, each with the digest of its text. */
  readonly parents: readonly { readonly ref: string; readonly digest: string }[];
}

/** A configuration ready to use: its rules are type-checked and compiled. */
export interface LoadedConfig extends Config {
  readonly rules: readonly CompiledRule[];
  readonly origin: ConfigOrigin;
  /** `sha256:` over everything it says. */
  readonly digest: string;
}

/** What holds in a repository that configured nothing. */
export const DEFAULT_CONFIG: Config = {
  areas: [],
  surfaces: [],
  policy: DEFAULT_POLICY,
  people: [],
  agents: [],
  tests: [],
  budgets: DEFAULT_BUDGETS,
  generated: [],
  vendored: [],
};
