import { hashPassword } from "../auth/password.js";

/** Who can sign in to a shop that was just started. */
export const PEOPLE = [
  { email: "ada@example.org", name: "Ada", password: "correct horse", role: "customer" },
  { email: "sam@example.org", name: "Sam", password: "battery staple", role: "staff" },
];

const BOOKS = [
  ["The Left Hand of Darkness", "Ursula K. Le Guin", 1290, 12],
  ["A Wizard of Earthsea", "Ursula K. Le Guin", 990, 8],
  ["The Dispossessed", "Ursula K. Le Guin", 1190, 5],
  ["Kindred", "Octavia E. Butler", 1350, 6],
  ["Solaris", "Stanisław Lem", 1100, 4],
  ["The Word for World Is Forest", "Ursula K. Le Guin", 850, 1],
];

/** Fills an empty shop. One that has books is left as it is. */
export async function seed(pool) {
  const { rows } = await pool.query("SELECT count(*)::int AS books FROM books");
  if (rows[0].books > 0) return;
  for (const [title, author, cents, stock] of BOOKS) await pool.query("INSERT INTO books (title, author, cents, stock) VALUES ($1, $2, $3, $4)", [title, author, cents, stock]);
  for (const { email, name, password, role } of PEOPLE) {
    await pool.query("INSERT INTO users (email, name, password, role) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", [email, name, await hashPassword(password), role]);
  }
}
