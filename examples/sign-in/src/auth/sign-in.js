import { timingSafeEqual } from "node:crypto";
import { hashPassword } from "./hash-password.js";

/** Gives the user's id for the right password, otherwise null. */
export function signIn(user, password) {
  const hash = hashPassword(password, user.salt);
  if (!timingSafeEqual(hash, user.hash)) return null;
  return user.id;
}
