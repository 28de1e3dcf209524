import { emptyCart, readCart } from "../cart/cart-store.js";
import { shortOf, totalOf } from "../cart/cart.js";
import { inTransaction } from "../database/pool.js";
import { canShip } from "./states.js";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Orders what lies in the cart. All or nothing: books leave the stock, the order is written, the mail is put on the worker's list, the cart is emptied.
 * The same form twice is one order. Where a book is short nothing happens, and which one it is comes back.
 */
export function placeOrder(pool, visit, formId) {
  if (!UUID.test(String(formId))) return { problem: "bad-form" };
  return inTransaction(pool, async (db) => {
    const before = await db.query("SELECT id FROM orders WHERE form_id = $1 AND user_id = $2", [formId, visit.user.id]);
    if (before.rows[0]) return { id: before.rows[0].id };
    // One after the other: two orders of the last book must not both see it.
    await db.query("SELECT b.id FROM books b JOIN cart_lines c ON c.book_id = b.id WHERE c.token_hash = $1 ORDER BY b.id FOR UPDATE OF b", [visit.key]);
    const lines = await readCart(db, visit);
    if (lines.length === 0) return { problem: "empty" };
    const short = shortOf(lines);
    if (short.length > 0) return { problem: "short", short };
    const { rows } = await db.query("INSERT INTO orders (user_id, state, cents, form_id) VALUES ($1, 'placed', $2, $3) RETURNING id", [visit.user.id, totalOf(lines), formId]);
    for (const line of lines) {
      await db.query("UPDATE books SET stock = stock - $1 WHERE id = $2", [line.quantity, line.book_id]);
      await db.query("INSERT INTO order_lines (order_id, book_id, quantity, cents) VALUES ($1, $2, $3, $4)", [rows[0].id, line.book_id, line.quantity, line.cents]);
    }
    await db.query("INSERT INTO jobs (kind, order_id) VALUES ('order-placed', $1)", [rows[0].id]);
    await emptyCart(db, visit);
    return { id: rows[0].id };
  });
}

/** One order with its lines, of that customer alone. */
export async function findOrder(pool, user, id) {
  if (!/^\d{1,9}$/.test(String(id))) return undefined;
  const { rows } = await pool.query("SELECT id, state, cents, placed_at FROM orders WHERE id = $1 AND user_id = $2", [id, user.id]);
  if (!rows[0]) return undefined;
  const lines = await pool.query("SELECT l.book_id, l.quantity, l.cents, b.title FROM order_lines l JOIN books b ON b.id = l.book_id WHERE l.order_id = $1 ORDER BY b.title", [id]);
  return { ...rows[0], lines: lines.rows };
}

/** A customer's orders, the newest first. */
export const ordersOf = async (pool, user) => (await pool.query("SELECT id, state, cents, placed_at FROM orders WHERE user_id = $1 ORDER BY id DESC LIMIT 100", [user.id])).rows;

/** For staff: every order, those to be shipped first. */
export const allOrders = async (pool) => (await pool.query("SELECT o.id, o.state, o.cents, o.placed_at, u.name FROM orders o JOIN users u ON u.id = o.user_id ORDER BY (o.state = 'placed') DESC, o.id LIMIT 200")).rows;

/** Marks an order as shipped and has its customer told. `problem` where there is none, or it is on its way. */
export function shipOrder(pool, id) {
  if (!/^\d{1,9}$/.test(String(id))) return { problem: "unknown" };
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query("SELECT state FROM orders WHERE id = $1 FOR UPDATE", [id]);
    if (!rows[0]) return { problem: "unknown" };
    if (!canShip(rows[0].state)) return { problem: "shipped" };
    await db.query("UPDATE orders SET state = 'shipped' WHERE id = $1", [id]);
    await db.query("INSERT INTO jobs (kind, order_id) VALUES ('order-shipped', $1)", [id]);
    return { id: Number(id) };
  });
}
