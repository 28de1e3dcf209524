/** What a visitor may do: everybody, who is signed in, staff alone. */
const NEEDS = {
  "browse": "anybody",
  "fill the cart": "anybody",
  "order": "customer",
  "see own orders": "customer",
  "see all orders": "staff",
  "ship": "staff",
};

/** `yes`, `sign-in` when nobody is signed in, `no` when somebody is who may not. What nobody declared is not allowed. */
export function mayDo(user, action) {
  const needs = NEEDS[action];
  if (needs === "anybody") return "yes";
  if (!user) return "sign-in";
  return needs !== undefined && user.role === needs ? "yes" : "no";
}
