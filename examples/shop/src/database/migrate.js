import { readdir, readFile } from "node:fs/promises";
import { inTransaction } from "./pool.js";

const folder = new URL("../../migrations/", import.meta.url);

/** Brings the database up to date; each file once, in the order of their numbers. Two shops that start at the same time do it one after the other. */
export async function migrate(pool) {
  const files = (await readdir(folder)).filter((name) => /^\d{3}_\w+\.sql$/.test(name)).sort();
  await inTransaction(pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(4711)");
    await client.query("CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())");
    const done = new Set((await client.query("SELECT name FROM migrations")).rows.map(({ name }) => name));
    for (const name of files.filter((file) => !done.has(file))) {
      await client.query(await readFile(new URL(name, folder), "utf8"));
      await client.query("INSERT INTO migrations (name) VALUES ($1)", [name]);
    }
  });
}
