import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(scrypt);
const [COST, LENGTH] = [2 ** 14, 32];

/** `scrypt$salt$hash`: a new salt each time. */
export async function hashPassword(password) {
  const salt = randomBytes(16).toString("base64url");
  return `scrypt$${salt}$${(await hashWith(password, salt)).toString("base64url")}`;
}

/** True when the password is the one that was hashed. A text that is no hash of ours fits none. */
export async function verifyPassword(password, stored) {
  const [kind, salt, hash] = String(stored).split("$");
  if (kind !== "scrypt" || !salt || !hash) return false;
  const expected = Buffer.from(hash, "base64url");
  const actual = await hashWith(password, salt);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

const hashWith = (password, salt) => derive(password, salt, LENGTH, { N: COST });
