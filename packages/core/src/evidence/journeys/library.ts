/** What runs and judges of journeys call. Loaded by itself: who has no journeys does not pay for it. */
export { byImpact, chooseJourneys } from "./choose.ts";
export { reachedBy } from "./reach.ts";
export { casesOf, standingOf } from "./standing.ts";
