import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { startShop } from "../../src/start.js";
import { workOnce } from "../../src/worker/worker.js";
import { ADA, visitor } from "../support/visitor.js";

let shop;
before(async () => { shop = await startShop({ port: 0, worker: false }); });
after(() => shop?.stop());

async function order() {
  const ada = visitor(shop);
  await ada.signIn(...ADA);
  const [book] = (await ada.get("/api/books")).json;
  await ada.send("PUT", `/api/cart/${book.id}`, { quantity: 1 });
  return (await ada.send("POST", "/api/orders", { form: randomUUID() })).json.id;
}

const mailsOf = async (id) => (await shop.pool.query("SELECT m.subject FROM mails m JOIN jobs j ON j.id = m.job_id WHERE j.order_id = $1", [id])).rows;

// @verifies ST-order#AC-3
test("the worker mails each order once, also when two of them work", async () => {
  const id = await order();
  await Promise.all([workOnce(shop.pool), workOnce(shop.pool)]);
  assert.deepEqual(await mailsOf(id), [{ subject: `Your order ${id}` }]);
  assert.equal(await workOnce(shop.pool), false);
});

test("a mail that could not be sent is tried again later and not lost", async () => {
  const id = await order();
  assert.equal(await workOnce(shop.pool, () => { throw new Error("no mail server"); }), true);
  assert.deepEqual(await mailsOf(id), []);
  assert.equal(await workOnce(shop.pool), false, "not at once");
  await shop.pool.query("UPDATE jobs SET run_at = now() WHERE order_id = $1", [id]);
  await workOnce(shop.pool);
  assert.equal((await mailsOf(id)).length, 1);
});
