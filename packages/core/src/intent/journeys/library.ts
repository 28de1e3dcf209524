/** What journey operations call. Loaded by itself: who has no journeys does not pay for it. */
export { readJourney } from "./read-journey.ts";
