import assert from "node:assert/strict";
import { test } from "node:test";
import { hashPassword, verifyPassword } from "../../src/auth/password.js";

test("the password fits its own hash and no other does", async () => {
  const hash = await hashPassword("correct horse");
  assert.equal(await verifyPassword("correct horse", hash), true);
  assert.equal(await verifyPassword("Correct horse", hash), false);
});

test("the same password twice has two hashes", async () => assert.notEqual(await hashPassword("a"), await hashPassword("a")));

test("a text that is no hash fits nothing", async () => {
  for (const stored of ["", "plain", "scrypt$x", "md5$a$b"]) assert.equal(await verifyPassword("plain", stored), false);
});
