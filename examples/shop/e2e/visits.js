export const ADA = { email: "ada@example.org", password: "correct horse" };
export const SAM = { email: "sam@example.org", password: "battery staple" };

/** Signs in as people do: by the link, with the form. */
export async function signIn(page, { email, password }) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Puts a book into the cart, from the catalogue. */
export async function addToCart(page, title) {
  await page.goto("/");
  await page.getByRole("link", { name: title }).click();
  await page.getByRole("button", { name: "Add to cart" }).click();
}
