/** Where an order can go from where it is. */
const NEXT = { placed: ["shipped"], shipped: [] };

/** True for an order that waits to be sent. */
export const canShip = (state) => NEXT[state]?.includes("shipped") === true;

/** As customers read it. */
export const stateInWords = (state) => ({ placed: "being packed", shipped: "on its way" })[state] ?? state;
