import { scryptSync } from "node:crypto";

/** Slow on purpose. */
export const hashPassword = (password, salt) => scryptSync(password, salt, 32);
