/** `12.90 €`: cents are whole numbers everywhere, and become a text only here. */
export function euros(cents) {
  if (!Number.isSafeInteger(cents)) throw new TypeError(`not an amount in cents: ${cents}`);
  const [sign, rest] = cents < 0 ? ["-", -cents] : ["", cents];
  return `${sign}${Math.floor(rest / 100)}.${String(rest % 100).padStart(2, "0")} €`;
}
