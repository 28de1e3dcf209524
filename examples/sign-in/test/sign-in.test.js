import assert from "node:assert/strict";
import { test } from "node:test";
import { hashPassword } from "../src/auth/hash-password.js";
import { signIn } from "../src/auth/sign-in.js";

const ada = { id: 1, salt: "s", hash: hashPassword("correct horse", "s") };

test("lets the right password in", () => assert.equal(signIn(ada, "correct horse"), 1));
test("refuses a wrong password", () => assert.equal(signIn(ada, "battery staple"), null));
