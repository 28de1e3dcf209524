import assert from "node:assert/strict";
import { test } from "node:test";
import { euros } from "../../src/cart/money.js";

test("cents become euros with two digits behind the point", () => {
  assert.equal(euros(1290), "12.90 €");
  assert.equal(euros(5), "0.05 €");
  assert.equal(euros(0), "0.00 €");
});

test("what is owed back has its sign in front", () => assert.equal(euros(-150), "-1.50 €"));

test("half a cent is no amount", () => assert.throws(() => euros(10.5), TypeError));
