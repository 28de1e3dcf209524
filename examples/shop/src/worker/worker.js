import { inTransaction } from "../database/pool.js";
import { mailFor } from "./mail.js";

/** Milliseconds between two looks at an empty list. */
const PAUSE = 300;
/** After so many tries a job is left for a person to look at. */
const MOST_ATTEMPTS = 5;

/** Does the next job; false when there is none. A job that fails is tried again later, and again, at growing intervals. */
export async function workOnce(pool, send = writeMail) {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query("SELECT id, kind, order_id, attempts FROM jobs WHERE done_at IS NULL AND run_at <= now() AND attempts < $1 ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED", [MOST_ATTEMPTS]);
    const [job] = rows;
    if (!job) return false;
    await db.query("SAVEPOINT before");
    try {
      const order = await db.query("SELECT o.id, o.cents, u.name, u.email FROM orders o JOIN users u ON u.id = o.user_id WHERE o.id = $1", [job.order_id]);
      await send(db, job, mailFor(job.kind, order.rows[0]));
      await db.query("UPDATE jobs SET done_at = now() WHERE id = $1", [job.id]);
    } catch {
      await db.query("ROLLBACK TO before");
      await db.query("UPDATE jobs SET attempts = attempts + 1, run_at = now() + make_interval(secs => 2 ^ attempts) WHERE id = $1", [job.id]);
    }
    return true;
  });
}

/** Mails of this shop go into a table: nobody outside is bothered by an example. */
const writeMail = (db, job, { recipient, subject, body }) => db.query("INSERT INTO mails (job_id, recipient, subject, body) VALUES ($1, $2, $3, $4)", [job.id, recipient, subject, body]);

/** Works until it is stopped; stopping waits for the job at hand. */
export function startWorker(pool) {
  let stopped = false;
  let wake = () => {};
  const loop = (async () => {
    while (!stopped) {
      const worked = await workOnce(pool).catch(() => false);
      if (!worked && !stopped) await new Promise((done) => { wake = done; setTimeout(done, PAUSE); });
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await loop;
    },
  };
}
