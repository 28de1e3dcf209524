import { mayDo } from "../auth/access.js";
import { signIn, signOut } from "../auth/sessions.js";
import { findBook, listBooks } from "../catalogue/books.js";
import { readCart, setQuantity } from "../cart/cart-store.js";
import { quantityOf } from "../cart/cart.js";
import { allOrders, findOrder, ordersOf, placeOrder, shipOrder } from "../orders/orders.js";
import { BadRequest, readForm } from "./body.js";
import { html, page } from "./html.js";
import { bookPage, cartPage, cataloguePage, orderPage, ordersPage, signInPage, staffPage } from "./pages.js";

const go = (location, more = {}) => ({ status: 303, location, ...more });
const show = async ({ pool, visit }, title, body, more = {}) => {
  const books = (await readCart(pool, visit)).reduce((sum, { quantity }) => sum + quantity, 0);
  return { status: more.status ?? 200, html: page({ title, body, user: visit.user, books, notice: more.notice }) };
};
const missing = (about, what) => show(about, "Not found", html`<p>There is no such ${what}.</p>`, { status: 404 });

/** The pages people see: one line a route. */
export const webRoutes = [
  ["GET", "/", "browse", async (about) => show(about, "Books", cataloguePage(await listBooks(about.pool)))],
  ["GET", "/books/:id", "browse", async (about) => { const book = await findBook(about.pool, about.params.id); return book ? show(about, book.title, bookPage(book)) : missing(about, "book"); }],
  ["GET", "/cart", "fill the cart", async (about) => show(about, "Your cart", cartPage(await readCart(about.pool, about.visit), about.visit.user))],
  ["POST", "/cart", "fill the cart", changeCart],
  ["GET", "/sign-in", "browse", (about) => show(about, "Sign in", signInPage(ownPath(about.url.searchParams.get("to"))))],
  ["POST", "/sign-in", "browse", enter],
  ["POST", "/sign-out", "browse", async ({ pool, visit }) => { await signOut(pool, visit); return go("/", { token: "" }); }],
  ["POST", "/orders", "order", order],
  ["GET", "/orders", "see own orders", async (about) => show(about, "My orders", ordersPage(await ordersOf(about.pool, about.visit.user)))],
  ["GET", "/orders/:id", "see own orders", oneOrder],
  ["GET", "/staff/orders", "see all orders", async (about) => show(about, "Orders to pack", staffPage(await allOrders(about.pool)))],
  ["POST", "/staff/orders/:id/ship", "ship", async ({ pool, params }) => { await shipOrder(pool, params.id); return go("/staff/orders"); }],
];

/** Where no page is, as a page. */
export const nowhere = (about) => missing(about, "page");

/** Who may not is sent to sign in, or told so. */
export async function turnAway(about, action) {
  const may = mayDo(about.visit.user, action);
  if (may === "sign-in") return go(`/sign-in?to=${encodeURIComponent(about.request.method === "GET" ? about.url.pathname : "/cart")}`);
  return may === "no" ? show(about, "Not allowed", html`<p>This page is not for you.</p>`, { status: 403 }) : undefined;
}

/** A way within this shop; what leads elsewhere leads home. */
export const ownPath = (to) => (typeof to === "string" && /^\/(?![/\\])[\w/-]{0,200}$/.test(to) ? to : "/");

async function changeCart({ pool, visit, request }) {
  const { book, quantity } = await readForm(request);
  const asked = quantityOf(quantity);
  if (asked === undefined || !(await findBook(pool, book))) throw new BadRequest("There is no such book, or that is no quantity.");
  await setQuantity(pool, visit, book, asked);
  return go("/cart");
}

async function enter(about) {
  const { email = "", password = "", to } = await readForm(about.request);
  const token = await signIn(about.pool, about.visit, email, password);
  if (token) return go(ownPath(to), { token });
  return show(about, "Sign in", signInPage(ownPath(to), email), { status: 401, notice: "E-mail or password is wrong." });
}

async function order(about) {
  const { pool, visit, request } = about;
  const placed = await placeOrder(pool, visit, (await readForm(request)).form);
  if (placed.id) return go(`/orders/${placed.id}?thanks=1`);
  if (placed.problem === "bad-form") throw new BadRequest("The form needs an id.");
  const notice = placed.problem === "short" ? `Not enough in stock: ${placed.short.map(({ title }) => title).join(", ")}. Nothing was ordered.` : "Your cart is empty.";
  return show(about, "Your cart", cartPage(await readCart(pool, visit), visit.user), { status: 409, notice });
}

async function oneOrder(about) {
  const found = await findOrder(about.pool, about.visit.user, about.params.id);
  return found ? show(about, `Order ${found.id}`, orderPage(found), about.url.searchParams.has("thanks") ? { notice: "Thank you. A mail with your order is on its way." } : {}) : missing(about, "order");
}
