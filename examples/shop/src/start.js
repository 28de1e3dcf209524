import { migrate } from "./database/migrate.js";
import { openPool } from "./database/pool.js";
import { startPostgres } from "./database/postgres.js";
import { PEOPLE, seed } from "./database/seed.js";
import { makeServer } from "./http/server.js";
import { startWorker } from "./worker/worker.js";

/** Starts all of the shop: a database of its own unless DATABASE_URL names one, the web server, the worker. */
export async function startShop({ port = Number(process.env.PORT ?? 0), databaseUrl = process.env.DATABASE_URL, worker = true } = {}) {
  const postgres = databaseUrl ? undefined : await startPostgres();
  const pool = openPool(databaseUrl ?? postgres.url);
  try {
    await whenReady(pool);
    await migrate(pool);
    await seed(pool);
  } catch (error) {
    await pool.end();
    await postgres?.stop();
    throw error;
  }
  const server = makeServer(pool);
  await new Promise((done, fail) => server.once("error", fail).listen(port, "127.0.0.1", done));
  const working = worker ? startWorker(pool) : undefined;
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    pool,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await working?.stop();
      await pool.end();
      await postgres?.stop();
    },
  };
}

/** A server that was just started takes a moment. */
async function whenReady(pool) {
  for (let waited = 0; ; waited += 50) {
    const error = await pool.query("SELECT 1").then(() => undefined, (reason) => reason);
    if (error === undefined) return;
    if (waited >= 15_000) throw error;
    await new Promise((done) => setTimeout(done, 50));
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const shop = await startShop();
  console.log(`Earthsea Books  ${shop.url}\n\nSign in as\n${PEOPLE.map(({ email, password, role }) => `  ${role.padEnd(9)} ${email}   ${password}`).join("\n")}\n\nCtrl-C ends it.`);
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    await shop.stop();
    process.exit(0);
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}
