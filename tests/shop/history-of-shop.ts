import { pathToFileURL } from "node:url";
import { fileURLToPath } from "node:url";

/** The example's folder. */
export const SHOP = fileURLToPath(new URL("../../examples/shop", import.meta.url));

/** One change of the shop's history, and what is to be said of it. */
export interface ShopChange {
  readonly change: string;
  readonly lands: boolean;
  readonly run?: boolean;
  readonly proven?: boolean;
  readonly decision: "ship" | "hold" | "ask";
  readonly checks: readonly string[];
  readonly base: string;
  readonly head: string;
}

/** Builds the repository with the shop's own script. */
export async function buildHistory(dir: string): Promise<readonly ShopChange[]> {
  const built = (await import(pathToFileURL(`${SHOP}/history/build.js`).href)) as { buildHistory(dir: string): readonly ShopChange[] };
  return built.buildHistory(dir);
}

/** What the shop's unit tests load. */
export const PG = ["pg", "pg-cloudflare", "pg-connection-string", "pg-int8", "pg-pool", "pg-protocol", "pg-types", "pgpass", "postgres-array", "postgres-bytea", "postgres-date", "postgres-interval", "split2", "xtend"] as const;
