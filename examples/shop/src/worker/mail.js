import { euros } from "../cart/money.js";

/** What a customer is told about an order. */
export function mailFor(kind, { id, cents, name, email }) {
  const subject = kind === "order-placed" ? `Your order ${id}` : `Your order ${id} is on its way`;
  const says = kind === "order-placed" ? `we have your order ${id} over ${euros(cents)} and are packing it.` : `your order ${id} has left the shop.`;
  return { recipient: email, subject, body: `Hello ${name},\n\n${says}\n` };
}
