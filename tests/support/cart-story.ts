/** A story nobody can fault: two promises and a plan. */
export const STORY_FILE = "proofline/stories/ST-cart.md";
export const STORY = `---
id: ST-cart
title: Keep the cart
owner: "@acme/shop"
---

## Behaviour

### AC-1 · promised

When a guest adds a hat, the shop shall put the hat into the cart.

### AC-2 · promised

If the card is declined, the shop shall keep the cart for 30 days.

### AC-3 · planned

When an order ships, the shop shall write to the guest.
`;
