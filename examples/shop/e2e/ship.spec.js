import { expect, test } from "@playwright/test";
import { ADA, addToCart, SAM, signIn } from "./visits.js";

test("staff ship what a customer ordered", { tag: "@JN-ship-an-order", annotation: [{ type: "criterion", description: "ST-staff-orders#AC-1" }, { type: "criterion", description: "ST-staff-orders#AC-2" }] }, async ({ browser }) => {
  const customer = await (await browser.newContext()).newPage();
  await signIn(customer, ADA);
  await addToCart(customer, "Kindred");
  await customer.getByRole("button", { name: "Order now" }).click();
  const name = await customer.getByRole("heading", { level: 1 }).textContent();
  const staff = await (await browser.newContext()).newPage();
  await signIn(staff, SAM);
  await staff.getByRole("link", { name: "Orders to pack" }).click();
  const row = staff.getByRole("row", { name: new RegExp(`^${name} `) });
  await row.getByRole("button", { name: "Mark as shipped" }).click();
  await expect(row.getByText("on its way")).toBeVisible();
  await customer.reload();
  await expect(customer.getByText("on its way", { exact: true })).toBeVisible();
});
