import { mayDo } from "../auth/access.js";
import { signIn, signOut } from "../auth/sessions.js";
import { findBook, listBooks } from "../catalogue/books.js";
import { readCart, setQuantity } from "../cart/cart-store.js";
import { quantityOf, totalOf } from "../cart/cart.js";
import { allOrders, findOrder, ordersOf, placeOrder, shipOrder } from "../orders/orders.js";
import { BadRequest, readJson } from "./body.js";

const answer = (status, body, more = {}) => ({ status, json: body, ...more });
const problem = (status, title) => answer(status, { title, status });

/** The HTTP API, as openapi.yaml describes it: one line a route. */
export const apiRoutes = [
  ["GET", "/api/books", "browse", async ({ pool }) => answer(200, (await listBooks(pool)).map(asBook))],
  ["GET", "/api/books/:id", "browse", async ({ pool, params }) => { const book = await findBook(pool, params.id); return book ? answer(200, asBook(book)) : problem(404, "There is no such book."); }],
  ["POST", "/api/session", "browse", openSession],
  ["DELETE", "/api/session", "browse", async ({ pool, visit }) => { await signOut(pool, visit); return { status: 204, token: "" }; }],
  ["GET", "/api/cart", "fill the cart", async (about) => answer(200, await cartOf(about))],
  ["PUT", "/api/cart/:id", "fill the cart", putBook],
  ["POST", "/api/orders", "order", postOrder],
  ["GET", "/api/orders", "see own orders", async ({ pool, visit }) => answer(200, (await ordersOf(pool, visit.user)).map(asOrder))],
  ["GET", "/api/orders/:id", "see own orders", async ({ pool, visit, params }) => { const order = await findOrder(pool, visit.user, params.id); return order ? answer(200, { ...asOrder(order), lines: order.lines.map(({ title, quantity, cents }) => ({ title, quantity, cents })) }) : problem(404, "There is no such order."); }],
  ["GET", "/api/staff/orders", "see all orders", async ({ pool }) => answer(200, (await allOrders(pool)).map((order) => ({ ...asOrder(order), customer: order.name })))],
  ["POST", "/api/staff/orders/:id/shipment", "ship", shipment],
];

/** Who may not is told so before anything is read. */
export function refuse(user, action) {
  const may = mayDo(user, action);
  if (may === "sign-in") return problem(401, "Sign in first.");
  return may === "no" ? problem(403, "This is not yours to do.") : undefined;
}

async function openSession({ pool, visit, request }) {
  const { email, password } = await readJson(request);
  if (typeof email !== "string" || typeof password !== "string") throw new BadRequest("Send email and password.");
  const token = await signIn(pool, visit, email, password);
  return token ? { status: 204, token } : problem(401, "E-mail or password is wrong.");
}

const cartOf = async ({ pool, visit }) => {
  const lines = await readCart(pool, visit);
  return { lines: lines.map(({ book_id: book, title, quantity, cents }) => ({ book, title, quantity, cents })), cents: totalOf(lines) };
};

async function putBook(about) {
  const { pool, visit, params, request } = about;
  const { quantity } = await readJson(request);
  const asked = quantityOf(quantity);
  if (asked === undefined) throw new BadRequest("The quantity is a number from 0 to 20.");
  if (!(await findBook(pool, params.id))) return problem(404, "There is no such book.");
  await setQuantity(pool, visit, params.id, asked);
  return answer(200, await cartOf(about));
}

async function postOrder({ pool, visit, request }) {
  const placed = await placeOrder(pool, visit, (await readJson(request)).form);
  if (placed.id) return answer(201, { id: placed.id });
  if (placed.problem === "short") return problem(409, `Not enough in stock: ${placed.short.map(({ title }) => title).join(", ")}.`);
  return problem(placed.problem === "empty" ? 409 : 400, placed.problem === "empty" ? "The cart is empty." : "The form needs an id.");
}

async function shipment({ pool, params }) {
  const shipped = await shipOrder(pool, params.id);
  if (shipped.id) return answer(200, { id: shipped.id, state: "shipped" });
  return shipped.problem === "unknown" ? problem(404, "There is no such order.") : problem(409, "It is on its way already.");
}

const asBook = ({ id, title, author, cents, stock }) => ({ id, title, author, cents, available: stock > 0 });
const asOrder = ({ id, state, cents, placed_at: placedAt }) => ({ id, state, cents, placedAt });
