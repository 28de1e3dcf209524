/** One command as data: enough for `--help` and the reference page, without loading what it does. */
export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  readonly args?: readonly { readonly flags: string; readonly says: string }[];
  readonly options: readonly OptionDefinition[];
  /** Formats besides the default `text` and `json`. */
  readonly formats?: readonly string[];
  readonly examples: readonly string[];
  load(): Promise<CommandModule>;
}

export interface OptionDefinition {
  readonly flags: string;
  readonly says: string;
  readonly choices?: readonly string[];
  readonly default?: string | boolean | readonly string[];
}

export interface CommandModule {
  /** Does it and gives the exit code. */
  run(flags: Readonly<Record<string, unknown>>, args: readonly (string | string[] | undefined)[]): Promise<number>;
}
