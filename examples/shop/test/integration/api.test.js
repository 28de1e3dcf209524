import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { startShop } from "../../src/start.js";
import { ADA, SAM, visitor } from "../support/visitor.js";

let shop;
before(async () => { shop = await startShop({ port: 0, worker: false }); });
after(() => shop?.stop());

const bookCalled = async (title) => (await visitor(shop).get("/api/books")).json.find((book) => book.title === title).id;
const stockOf = async (id) => (await shop.pool.query("SELECT stock FROM books WHERE id = $1", [id])).rows[0].stock;

// @verifies ST-browse#AC-1
test("everybody sees the books with their prices", async () => {
  const { status, json } = await visitor(shop).get("/api/books");
  assert.equal(status, 200);
  assert.equal(json.length, 6);
  assert.ok(json.every(({ title, cents }) => title !== "" && cents > 0));
});

test("a book that is not there is told as such, and odd ids too", async () => {
  for (const id of ["999", "x", "1;DROP", "99999999999999"]) assert.equal((await visitor(shop).get(`/api/books/${encodeURIComponent(id)}`)).status, 404);
});

// @verifies ST-sign-in#AC-1
test("with the right password a customer is signed in, with a new token", async () => {
  const ada = visitor(shop);
  await ada.get("/");
  const before = ada.cookie();
  assert.equal((await ada.signIn(...ADA)).status, 204);
  assert.notEqual(ada.cookie(), before);
  assert.equal((await ada.get("/api/orders")).status, 200);
});

// @verifies ST-sign-in#AC-2
test("a wrong password and an unknown address are answered alike", async () => {
  const wrong = await visitor(shop).signIn(ADA[0], "wrong");
  const unknown = await visitor(shop).signIn("nobody@example.org", "wrong");
  assert.deepEqual([wrong.status, wrong.text], [401, unknown.text]);
  assert.equal(unknown.status, 401);
});

// @verifies ST-sign-in#AC-3
test("signed out, the old token is worth nothing", async () => {
  const ada = visitor(shop);
  await ada.signIn(...ADA);
  const cookie = ada.cookie();
  assert.equal((await ada.send("DELETE", "/api/session")).status, 204);
  const thief = await fetch(`${shop.url}/api/orders`, { headers: { cookie } });
  assert.equal(thief.status, 401);
});

// @verifies ST-cart#AC-1, ST-cart#AC-2
test("a book is put into the cart, changed, and taken out by a quantity of none", async () => {
  const guest = visitor(shop);
  const id = await bookCalled("Kindred");
  assert.deepEqual((await guest.send("PUT", `/api/cart/${id}`, { quantity: 2 })).json, { lines: [{ book: id, title: "Kindred", quantity: 2, cents: 1350 }], cents: 2700 });
  assert.equal((await guest.send("PUT", `/api/cart/${id}`, { quantity: 0 })).json.lines.length, 0);
  assert.equal((await guest.send("PUT", `/api/cart/${id}`, { quantity: "many" })).status, 400);
});

test("the cart stays when its visitor signs in", async () => {
  const ada = visitor(shop);
  const id = await bookCalled("Solaris");
  await ada.send("PUT", `/api/cart/${id}`, { quantity: 1 });
  await ada.signIn(...ADA);
  assert.equal((await ada.get("/api/cart")).json.lines[0].title, "Solaris");
});

// @verifies ST-order#AC-1
test("an order takes the books out of stock once, also when the form comes twice", async () => {
  const ada = visitor(shop);
  const id = await bookCalled("Kindred");
  const before = await stockOf(id);
  await ada.signIn(...ADA);
  await ada.send("PUT", `/api/cart/${id}`, { quantity: 2 });
  const form = randomUUID();
  const [first, second] = [await ada.send("POST", "/api/orders", { form }), await ada.send("POST", "/api/orders", { form })];
  assert.deepEqual([first.status, first.json], [201, second.json]);
  assert.equal(await stockOf(id), before - 2);
  assert.equal((await ada.get(`/api/orders/${first.json.id}`)).json.cents, 2700);
});

// @verifies ST-order#AC-2
test("of a book that is short nothing is ordered, and the cart stays", async () => {
  const ada = visitor(shop);
  const id = await bookCalled("The Word for World Is Forest");
  await ada.signIn(...ADA);
  await ada.send("PUT", `/api/cart/${id}`, { quantity: 2 });
  const { status, json } = await ada.send("POST", "/api/orders", { form: randomUUID() });
  assert.equal(status, 409);
  assert.match(json.title, /The Word for World Is Forest/);
  assert.equal(await stockOf(id), 1);
  assert.equal((await ada.get("/api/cart")).json.lines.length, 1);
});

test("two customers who want the last copy: one gets it", async () => {
  const id = await bookCalled("The Word for World Is Forest");
  const both = [visitor(shop), visitor(shop)];
  for (const one of both) {
    await one.signIn(...ADA);
    await one.send("PUT", `/api/cart/${id}`, { quantity: 1 });
  }
  const statuses = (await Promise.all(both.map((one) => one.send("POST", "/api/orders", { form: randomUUID() })))).map(({ status }) => status);
  assert.deepEqual(statuses.sort(), [201, 409]);
  assert.equal(await stockOf(id), 0);
});

test("nobody sees another's order", async () => {
  const { rows } = await shop.pool.query("SELECT id FROM orders LIMIT 1");
  const sam = visitor(shop);
  await sam.signIn(...SAM);
  assert.equal((await sam.get(`/api/orders/${rows[0].id}`)).status, 403);
  assert.equal((await visitor(shop).get(`/api/orders/${rows[0].id}`)).status, 401);
});

// @verifies ST-staff-orders#AC-3
test("what is for staff is refused to everybody else, on pages and in the API", async () => {
  const ada = visitor(shop);
  await ada.signIn(...ADA);
  assert.equal((await ada.get("/api/staff/orders")).status, 403);
  assert.equal((await ada.get("/staff/orders")).status, 403);
  assert.equal((await ada.send("POST", "/api/staff/orders/1/shipment")).status, 403);
  assert.equal((await visitor(shop).get("/api/staff/orders")).status, 401);
});

// @verifies ST-staff-orders#AC-2
test("an order is shipped once", async () => {
  const sam = visitor(shop);
  await sam.signIn(...SAM);
  const [open] = (await sam.get("/api/staff/orders")).json;
  assert.equal((await sam.send("POST", `/api/staff/orders/${open.id}/shipment`)).status, 200);
  assert.equal((await sam.send("POST", `/api/staff/orders/${open.id}/shipment`)).status, 409);
  assert.equal((await sam.send("POST", "/api/staff/orders/999999/shipment")).status, 404);
});

test("a form of another site is refused, a body that is too large or no JSON too", async () => {
  const guest = visitor(shop);
  assert.equal((await guest.send("POST", "/cart", undefined, { origin: "https://evil.example" })).status, 403);
  assert.equal((await guest.send("PUT", "/api/cart/1", { quantity: "9".repeat(30_000) })).status, 413);
  assert.equal((await fetch(`${shop.url}/api/session`, { method: "POST", headers: { "content-type": "application/json" }, body: "{" })).status, 400);
});

test("it says whether it is well, and which ways it does not know", async () => {
  assert.deepEqual((await visitor(shop).get("/healthz")).json, { status: "ok" });
  const nowhere = await visitor(shop).get("/nowhere");
  assert.equal(nowhere.status, 404);
  assert.match(nowhere.text, /<h1>Not found<\/h1>/);
  assert.equal((await visitor(shop).get("/api/nowhere")).json.status, 404);
  assert.equal((await visitor(shop).send("DELETE", "/api/books")).status, 405);
});
