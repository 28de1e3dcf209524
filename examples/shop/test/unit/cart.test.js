import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST, quantityOf, shortOf, totalOf } from "../../src/cart/cart.js";

// @verifies ST-cart#AC-3
test("a cart costs what its books cost together", () => {
  assert.equal(totalOf([{ cents: 1290, quantity: 2 }, { cents: 850, quantity: 1 }]), 3430);
  assert.equal(totalOf([]), 0);
});

test("a quantity is a whole number a cart can have", () => {
  assert.equal(quantityOf("3"), 3);
  assert.equal(quantityOf(" 0 "), 0);
  assert.equal(quantityOf("999"), MOST);
});

for (const odd of ["", "-1", "1.5", "two", "1e3", null]) test(`${JSON.stringify(odd)} is no quantity`, () => assert.equal(quantityOf(odd), undefined));

test("the last copy can be had, one more can't", () => {
  assert.deepEqual(shortOf([{ quantity: 1, stock: 1 }]), []);
  assert.deepEqual(shortOf([{ quantity: 2, stock: 1 }]), [{ quantity: 2, stock: 1 }]);
});
