import { expect, test } from "@playwright/test";
import { ADA, addToCart, signIn } from "./visits.js";

test("a customer buys two books", { tag: "@JN-buy-a-book", annotation: [{ type: "criterion", description: "ST-order#AC-1" }, { type: "criterion", description: "ST-cart#AC-1" }] }, async ({ page }) => {
  await addToCart(page, "A Wizard of Earthsea");
  await addToCart(page, "The Dispossessed");
  await expect(page.locator("[data-total]")).toHaveText("21.80 €");
  await page.getByRole("link", { name: "Sign in to order" }).click();
  await page.getByLabel("E-mail").fill(ADA.email);
  await page.getByLabel("Password").fill(ADA.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Order now" }).click();
  await expect(page.getByRole("status")).toContainText("Thank you");
  await expect(page.getByText("being packed")).toBeVisible();
  await expect(page.getByRole("cell", { name: "21.80 €" })).toBeVisible();
});

test("a book that is short is told, and the cart stays", { tag: "@JN-buy-a-book", annotation: { type: "criterion", description: "ST-order#AC-2" } }, async ({ page }) => {
  await signIn(page, ADA);
  await addToCart(page, "The Word for World Is Forest");
  await page.getByLabel("Quantity of The Word for World Is Forest").fill("2");
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByRole("button", { name: "Order now" }).click();
  await expect(page.getByRole("status")).toContainText("Not enough in stock: The Word for World Is Forest");
  await expect(page.getByLabel("Quantity of The Word for World Is Forest")).toHaveValue("2");
});
