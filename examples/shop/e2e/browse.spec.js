import { expect, test } from "@playwright/test";

test("a guest finds a book and its price", { tag: "@JN-browse", annotation: { type: "criterion", description: "ST-browse#AC-1" } }, async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("listitem")).toHaveCount(6);
  await page.getByRole("link", { name: "Solaris" }).click();
  await expect(page.getByRole("heading", { name: "Solaris" })).toBeVisible();
  await expect(page.getByText("11.00 €")).toBeVisible();
});
