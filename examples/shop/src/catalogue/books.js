/** Every book, by title. */
export async function listBooks(pool) {
  return (await pool.query("SELECT id, title, author, cents, stock FROM books ORDER BY title")).rows;
}

/** One book; undefined when there is none. */
export async function findBook(pool, id) {
  if (!/^\d{1,9}$/.test(String(id))) return undefined;
  return (await pool.query("SELECT id, title, author, cents, stock FROM books WHERE id = $1", [id])).rows[0];
}
