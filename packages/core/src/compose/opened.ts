import { tmpdir } from "node:os";
import { join } from "node:path";
import type { openRepository } from "../adapters/git/index.ts";
import type { Clock, ProgressSink } from "#operations";

export interface OpenRequest {
  /** Any folder inside the repository. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
  /** What tells this very program from every other build of it. Without it no answer is kept for the next time. */
  readonly build?: string;
}

export type Opened = Awaited<ReturnType<typeof openRepository>>;

/** The machine's clock: the only place where time enters. */
export const clock: Clock = { now: () => Date.now(), ticks: () => Number(process.hrtime.bigint()) / 1e6 };

export const machine = () => import("../adapters/machine/index.ts");

/** Where fetched policies are kept: never inside the checkout, where the change that is judged could have put them. */
export const userCache = (env: OpenRequest["env"]): string => join(env["XDG_CACHE_HOME"] || join(env["HOME"] || tmpdir(), ".cache"), "proofline");

export const openKey = async (file: string) => (await import("../adapters/signing/index.ts")).openKeyFile(file);
