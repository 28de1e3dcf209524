import { createHash, randomBytes } from "node:crypto";
import { inTransaction } from "../database/pool.js";
import { verifyPassword } from "./password.js";

/** Seconds a visit lasts. */
export const VISIT_SECONDS = 14 * 24 * 3600;

const hashOf = (token) => createHash("sha256").update(token).digest("hex");

/** The visit a token belongs to, or a new one. `token` is set where the browser has to be told. */
export async function openVisit(pool, token) {
  if (token) {
    const { rows } = await pool.query("SELECT s.token_hash, u.id, u.email, u.name, u.role FROM sessions s LEFT JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > now()", [hashOf(token)]);
    if (rows[0]) return { key: rows[0].token_hash, user: rows[0].id ? { id: rows[0].id, email: rows[0].email, name: rows[0].name, role: rows[0].role } : undefined };
  }
  const fresh = randomBytes(32).toString("base64url");
  await pool.query("INSERT INTO sessions (token_hash, expires_at) VALUES ($1, now() + make_interval(secs => $2))", [hashOf(fresh), VISIT_SECONDS]);
  return { key: hashOf(fresh), token: fresh, user: undefined };
}

/** A hash to compare with where nobody has the address: it must take as long as for somebody. */
const NOBODYS = "scrypt$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/** Signs a visit in. The cart stays; the token changes, so that one somebody planted before is worth nothing. Undefined where address or password is wrong: which of them is not told. */
export async function signIn(pool, visit, email, password) {
  const { rows } = await pool.query("SELECT id, password FROM users WHERE email = $1", [String(email).trim().toLowerCase()]);
  const fits = await verifyPassword(String(password), rows[0]?.password ?? NOBODYS);
  if (!rows[0] || !fits) return undefined;
  const token = randomBytes(32).toString("base64url");
  await inTransaction(pool, (client) => client.query("UPDATE sessions SET token_hash = $1, user_id = $2 WHERE token_hash = $3", [hashOf(token), rows[0].id, visit.key]));
  return token;
}

/** Ends a visit: its cart goes with it. */
export const signOut = (pool, visit) => pool.query("DELETE FROM sessions WHERE token_hash = $1", [visit.key]);
