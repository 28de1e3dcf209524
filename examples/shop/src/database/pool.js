import pg from "pg";

// Money and ids fit into a number; a text here would be added as a text there.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Connections to the shop's database. */
export function openPool(url) {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while nobody uses it is replaced by the next one.
  pool.on("error", () => {});
  return pool;
}

/** Runs `work` in one transaction: all of it, or nothing. */
export async function inTransaction(pool, work) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
