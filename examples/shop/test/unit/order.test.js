import assert from "node:assert/strict";
import { test } from "node:test";
import { mayDo } from "../../src/auth/access.js";
import { canShip, stateInWords } from "../../src/orders/states.js";
import { mailFor } from "../../src/worker/mail.js";

test("an order is sent once", () => {
  assert.equal(canShip("placed"), true);
  assert.equal(canShip("shipped"), false);
  assert.equal(canShip("lost"), false);
});

test("customers read what it means", () => assert.equal(stateInWords("placed"), "being packed"));

const [ada, sam] = [{ role: "customer" }, { role: "staff" }];

test("who may do what", () => {
  assert.equal(mayDo(undefined, "browse"), "yes");
  assert.equal(mayDo(undefined, "order"), "sign-in");
  assert.equal(mayDo(ada, "order"), "yes");
  assert.equal(mayDo(ada, "see all orders"), "no");
  assert.equal(mayDo(ada, "ship"), "no");
  assert.equal(mayDo(sam, "ship"), "yes");
  assert.equal(mayDo(sam, "order"), "no");
});

test("what nobody declared is allowed to nobody", () => assert.equal(mayDo(sam, "delete the shop"), "no"));

test("the mail says which order and how much", () => {
  const mail = mailFor("order-placed", { id: 7, cents: 1290, name: "Ada", email: "ada@example.org" });
  assert.equal(mail.subject, "Your order 7");
  assert.match(mail.body, /12\.90 €/);
});
