/** Books of one title in a cart. */
export const MOST = 20;

/** The number somebody asked for, as one the cart can have; undefined for what is no number. */
export function quantityOf(asked) {
  if (!/^\d{1,4}$/.test(String(asked).trim())) return undefined;
  return Math.min(MOST, Number(asked));
}

/** What the lines of a cart or an order cost together. */
export const totalOf = (lines) => lines.reduce((sum, { cents, quantity }) => sum + cents * quantity, 0);

/** Lines that can't be delivered from what is there. */
export const shortOf = (lines) => lines.filter(({ quantity, stock }) => quantity > stock);
