/** What lies in a visit's cart, with today's prices and stock. */
export async function readCart(db, visit) {
  return (await db.query("SELECT c.book_id, c.quantity, b.title, b.cents, b.stock FROM cart_lines c JOIN books b ON b.id = c.book_id WHERE c.token_hash = $1 ORDER BY b.title", [visit.key])).rows;
}

/** Sets how many of a book lie in the cart; none takes it out. */
export async function setQuantity(db, visit, bookId, quantity) {
  if (quantity === 0) return void (await db.query("DELETE FROM cart_lines WHERE token_hash = $1 AND book_id = $2", [visit.key, bookId]));
  await db.query("INSERT INTO cart_lines (token_hash, book_id, quantity) VALUES ($1, $2, $3) ON CONFLICT (token_hash, book_id) DO UPDATE SET quantity = excluded.quantity", [visit.key, bookId, quantity]);
}

/** Empties the cart. */
export const emptyCart = (db, visit) => db.query("DELETE FROM cart_lines WHERE token_hash = $1", [visit.key]);
