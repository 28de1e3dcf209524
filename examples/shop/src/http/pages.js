import { randomUUID } from "node:crypto";
import { MOST, totalOf } from "../cart/cart.js";
import { euros } from "../cart/money.js";
import { stateInWords } from "../orders/states.js";
import { html } from "./html.js";

export const cataloguePage = (books) => html`<ul class="books">${books.map((book) => html`<li><a href="/books/${book.id}">${book.title}</a><span>${book.author}</span><strong>${euros(book.cents)}</strong></li>`)}</ul>`;

export const bookPage = (book) => html`<p class="author">by ${book.author}</p>
<p class="price">${euros(book.cents)}</p>
${book.stock > 0 ? html`<p>${book.stock < 3 ? `Only ${book.stock} left` : "In stock"}</p><form method="post" action="/cart"><input type="hidden" name="book" value="${book.id}"><input type="hidden" name="quantity" value="1"><button>Add to cart</button></form>` : html`<p>Sold out</p>`}`;

export function cartPage(lines, user) {
  if (lines.length === 0) return html`<p>Your cart is empty.</p><p><a href="/">Look at the books</a></p>`;
  return html`<table><thead><tr><th>Book</th><th>Quantity</th><th class="amount">Price</th></tr></thead><tbody>${lines.map(
    (line) => html`<tr><td>${line.title}</td><td><form method="post" action="/cart" class="row"><input type="hidden" name="book" value="${line.book_id}"><input type="number" name="quantity" min="0" max="${MOST}" value="${line.quantity}" aria-label="Quantity of ${line.title}"><button class="quiet">Change</button></form></td><td class="amount">${euros(line.cents * line.quantity)}</td></tr>`,
  )}</tbody><tfoot><tr><td>Total</td><td></td><td class="amount" data-total>${euros(totalOf(lines))}</td></tr></tfoot></table>
${user ? html`<form method="post" action="/orders"><input type="hidden" name="form" value="${randomUUID()}"><button>Order now</button></form>` : html`<p><a class="button" href="/sign-in?to=/cart">Sign in to order</a></p>`}`;
}

export const signInPage = (to, email = "") => html`<form method="post" action="/sign-in" class="stack"><input type="hidden" name="to" value="${to}"><label>E-mail <input name="email" type="email" autocomplete="username" required value="${email}"></label><label>Password <input name="password" type="password" autocomplete="current-password" required></label><button>Sign in</button></form>`;

const orderRow = (order, last) => html`<tr><td class="short"><a href="/orders/${order.id}">Order ${order.id}</a></td><td>${stateInWords(order.state)}</td><td class="amount">${euros(order.cents)}</td>${last}</tr>`;

export const ordersPage = (orders) => (orders.length === 0 ? html`<p>Nothing ordered yet.</p>` : html`<table><tbody>${orders.map((order) => orderRow(order, ""))}</tbody></table>`);

export const orderPage = (order) => html`<p>It is <strong>${stateInWords(order.state)}</strong>.</p><table><tbody>${order.lines.map((line) => html`<tr><td>${line.quantity} × ${line.title}</td><td class="amount">${euros(line.cents * line.quantity)}</td></tr>`)}</tbody><tfoot><tr><td>Total</td><td class="amount">${euros(order.cents)}</td></tr></tfoot></table>`;

export const staffPage = (orders) =>
  orders.length === 0
    ? html`<p>Nothing to pack.</p>`
    : html`<table><thead><tr><th>Order</th><th>For</th><th>State</th><th></th></tr></thead><tbody>${orders.map((order) => html`<tr><td class="short">Order ${order.id}</td><td>${order.name}</td><td>${stateInWords(order.state)}</td><td>${order.state === "placed" ? html`<form method="post" action="/staff/orders/${order.id}/ship"><button class="quiet">Mark as shipped</button></form>` : ""}</td></tr>`)}</tbody></table>`;
