import assert from "node:assert/strict";
import { test } from "node:test";
import { html, page } from "../../src/http/html.js";
import { ownPath } from "../../src/http/web.js";

test("what a customer typed stays text", () => assert.equal(html`<b>${"<script>\"'&"}</b>`.html, "<b>&lt;script&gt;&quot;&#39;&amp;</b>"));

test("parts and lists are put in as they are", () => assert.equal(html`<ul>${["a", "b"].map((one) => html`<li>${one}</li>`)}</ul>`.html, "<ul><li>a</li><li>b</li></ul>"));

test("a page names its visitor, and staff have no cart", () => {
  const shown = page({ title: "T", user: { name: "<Sam>", role: "staff" }, body: html`x` });
  assert.match(shown, /&lt;Sam&gt;/);
  assert.doesNotMatch(shown, /href="\/cart"/);
});

test("after signing in nobody is sent to another site", () => {
  assert.equal(ownPath("/cart"), "/cart");
  for (const to of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", null, undefined]) assert.equal(ownPath(to), "/");
});
