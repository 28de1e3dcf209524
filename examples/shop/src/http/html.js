/** Text as it may stand in a page: whatever a customer typed stays text. */
export const escape = (text) => String(text).replace(/[&<>"']/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[char]);

/** Marks a text as written by us. */
export const raw = (html) => ({ html });

/** A template whose values are escaped, unless they were made by `html` or `raw`; lists are joined. */
export function html(strings, ...values) {
  const shown = (value) => (Array.isArray(value) ? value.map(shown).join("") : value?.html !== undefined ? value.html : value === undefined || value === false ? "" : escape(value));
  return raw(strings.reduce((text, part, at) => text + part + (at < values.length ? shown(values[at]) : ""), ""));
}

/** A whole page. */
export function page({ title, user, books = 0, body, notice }) {
  const staff = user?.role === "staff";
  const account = user
    ? html`<span class="who">${user.name}</span>${staff ? html`<a href="/staff/orders">Orders to pack</a>` : html`<a href="/orders">My orders</a>`}<form method="post" action="/sign-out"><button class="link">Sign out</button></form>`
    : html`<a href="/sign-in">Sign in</a>`;
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title} · Earthsea Books</title><link rel="stylesheet" href="/style.css"></head>
<body>
<header><a class="brand" href="/">Earthsea Books</a><nav>${staff ? "" : html`<a href="/cart">Cart${books > 0 ? html` <b>${books}</b>` : ""}</a>`}${account}</nav></header>
<main>
${notice ? html`<p class="notice" role="status">${notice}</p>` : ""}
<h1>${title}</h1>
${body}
</main>
</body>
</html>`.html;
}
