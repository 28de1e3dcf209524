import { expect, test } from "@playwright/test";
import { ADA, signIn } from "./visits.js";

test("a customer signs in and out", { tag: "@JN-sign-in", annotation: { type: "criterion", description: "ST-sign-in#AC-1" } }, async ({ page }) => {
  await signIn(page, ADA);
  await expect(page.getByText("Ada")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  await page.goto("/orders");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("a wrong password is refused in words that tell nothing", { tag: "@JN-sign-in", annotation: { type: "criterion", description: "ST-sign-in#AC-2" } }, async ({ page }) => {
  await signIn(page, { ...ADA, password: "wrong" });
  await expect(page.getByRole("status")).toHaveText("E-mail or password is wrong.");
});
