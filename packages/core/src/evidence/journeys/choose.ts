import type { Journey, JourneyLayer } from "#intent";

/** A journey that is to be run, and why. */
export interface ChosenJourney {
  readonly journey: Journey;
  readonly because: string;
}

export interface LeftJourney {
  readonly journey: Journey;
  readonly because: string;
}

export interface Choice {
  readonly chosen: readonly ChosenJourney[];
  readonly left: readonly LeftJourney[];
}

export interface ChoosingFacts {
  readonly layer: JourneyLayer;
  /** Why the change reaches a journey, by id; needed for `feature`. */
  readonly reached: ReadonlyMap<string, string>;
  /** For `partial`: milliseconds that may be spent. */
  readonly budgetMs: number;
  /** What a journey took when it last ran, in milliseconds, by id. */
  readonly took: ReadonlyMap<string, number>;
}

/** Journeys of the smoke layer, at the least one for each kind of user. */
const SMOKE = 3;
/** What a journey is counted for that never ran. */
const UNKNOWN_MS = 30_000;

/** The greatest impact first; the same order everywhere and every time. */
export const byImpact = (journeys: readonly Journey[]): readonly Journey[] => journeys.toSorted((a, b) => b.impact - a.impact || (a.id < b.id ? -1 : 1));

/** Chooses what a layer runs. Only promised journeys are; why each is in or out is said. */
export function chooseJourneys(all: readonly Journey[], facts: ChoosingFacts): Choice {
  const promised = byImpact(all).filter(({ state }) => state === "promised");
  const unpromised = byImpact(all).filter(({ state }) => state === "planned").map((journey) => ({ journey, because: "it is only planned" }));
  const { chosen, left } = CHOOSE[facts.layer](promised, facts);
  return { chosen, left: [...left, ...unpromised] };
}

const CHOOSE: Readonly<Record<JourneyLayer, (journeys: readonly Journey[], facts: ChoosingFacts) => Choice>> = {
  full: (journeys) => ({ chosen: journeys.map((journey) => ({ journey, because: "every journey is run" })), left: [] }),
  smoke: chooseSmoke,
  feature: (journeys, { reached }) =>
    split(journeys, (journey) => (says(journey, "feature") ? "it says it is run for every change" : reached.get(journey.id)), "the change does not reach it"),
  partial: choosePartial,
};

/** The greatest impact of each kind of user, and more by impact until there are three; and those that say they belong. */
function chooseSmoke(journeys: readonly Journey[]): Choice {
  const able = journeys.filter(({ layers }) => layers === undefined || layers.includes("smoke"));
  const first = new Map(able.toReversed().map((journey) => [journey.user, journey]));
  const most = new Set<Journey>(first.values());
  for (const journey of able) if (most.size < SMOKE) most.add(journey);
  return split(journeys, (journey) => (says(journey, "smoke") ? "it says it belongs to the smoke layer" : !most.has(journey) ? undefined : first.get(journey.user) === journey ? `the greatest impact for ${journey.user}` : "one of the three with the greatest impact"), "others have a greater impact");
}

/** What the change reaches first, then by impact, as long as it fits. */
function choosePartial(journeys: readonly Journey[], { reached, budgetMs, took }: ChoosingFacts): Choice {
  const order = [...journeys.filter(({ id }) => reached.has(id)), ...journeys.filter(({ id }) => !reached.has(id))];
  let spent = 0;
  const fits = new Map<Journey, string>();
  for (const journey of order) {
    const cost = took.get(journey.id) ?? UNKNOWN_MS;
    if (fits.size > 0 && spent + cost > budgetMs) continue;
    spent += cost;
    fits.set(journey, reached.get(journey.id) ?? `its impact of ${journey.impact}, within the budget`);
  }
  const { left } = split(journeys, (journey) => fits.get(journey), "it does not fit into the budget");
  return { chosen: order.flatMap((journey) => (fits.has(journey) ? [{ journey, because: fits.get(journey) ?? "" }] : [])), left };
}

const says = ({ layers }: Journey, layer: JourneyLayer): boolean => layers?.includes(layer) === true;

function split(journeys: readonly Journey[], why: (journey: Journey) => string | undefined, whyNot: string): Choice {
  const judged = journeys.map((journey) => ({ journey, because: why(journey) }));
  return {
    chosen: judged.flatMap(({ journey, because }) => (because === undefined ? [] : [{ journey, because }])),
    left: judged.flatMap(({ journey, because }) => (because === undefined ? [{ journey, because: whyNot }] : [])),
  };
}
