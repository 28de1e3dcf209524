import { canonicalJson } from "#kernel";
import type { Area, Surface } from "#intent";
import { loosenings, named, tighten, type Loosening } from "#verdict";
import { configLoosensParent, placeText, type ConfigPlace } from "./errors.ts";
import type { ConfigFile, OwnConfig } from "./read-config.ts";
import type { YamlText } from "./yaml-text.ts";

/** A configuration with its parents applied, and the files each part can be traced to. */
export interface ExtendedConfig extends Pick<ConfigFile, "config" | "policy" | "rules"> {
  /** Nearest first: where a setting is looked for to name its place. */
  readonly files: readonly ConfigFile[];
}

const RISKS: readonly Area["risk"][] = ["low", "medium", "high"];

/** The parent's configuration, then the own one. What would be milder than the parent is an error that names both places. */
export function extendConfig(parent: ExtendedConfig, own: ConfigFile): ExtendedConfig {
  const loose = [...loosenings(parent.policy, own.policy), ...areaLoosenings(parent.config, own.config), ...floorLoosenings(parent.config, own.config)];
  if (loose.length > 0) throw loosened(loose, own, parent);
  return {
    policy: tighten(parent.policy, own.policy),
    rules: [...parent.rules, ...own.rules],
    config: merge(parent.config, own.config),
    files: [own, ...parent.files],
  };
}

function merge(parent: OwnConfig, own: OwnConfig): OwnConfig {
  const branch = own.defaultBranch ?? parent.defaultBranch;
  const workspace = own.workspace ?? parent.workspace;
  return {
    ...own,
    ...(branch === undefined ? {} : { defaultBranch: branch }),
    ...(workspace === undefined ? {} : { workspace }),
    areas: mergeAreas(parent.areas, own.areas),
    surfaces: mergeSurfaces(parent.surfaces, own.surfaces),
    people: [...parent.people, ...own.people],
    agents: [...parent.agents, ...own.agents],
    tests: own.tests.length > 0 ? own.tests : parent.tests,
    budgets: { ...parent.budgets, ...own.budgets },
    generated: [...parent.generated, ...own.generated],
    vendored: [...parent.vendored, ...own.vendored],
    ...(parent.qa && { qa: [...parent.qa, ...(own.qa ?? [])] }),
  };
}

/** An area of the parent's keeps its paths and, unless the own file narrows them, its owners. */
function mergeAreas(parent: readonly Area[], own: readonly Area[]): readonly Area[] {
  const kept = parent.filter((area) => !own.some((other) => other.name === area.name));
  const tightened = own.map((area) => {
    const floor = parent.find((other) => other.name === area.name);
    return floor === undefined
      ? area
      : { ...area, paths: [...new Set([...floor.paths, ...area.paths])], owners: area.owners.length > 0 ? area.owners : floor.owners };
  });
  return [...kept, ...tightened];
}

function mergeSurfaces(parent: readonly Surface[], own: readonly Surface[]): readonly Surface[] {
  const kept = parent.filter((surface) => !own.some((other) => other.name === surface.name));
  const tightened = own.map((surface) => {
    const floor = { ...parent.find((other) => other.name === surface.name)?.floor, ...surface.floor };
    return Object.keys(floor).length === 0 ? surface : { ...surface, floor };
  });
  return [...kept, ...tightened];
}

function areaLoosenings(parent: OwnConfig, own: OwnConfig): readonly Loosening[] {
  return own.areas.flatMap((area) => {
    const floor = parent.areas.find((other) => other.name === area.name);
    if (floor === undefined) return [];
    const at = ["areas", named(area.name)];
    const found: Loosening[] = [];
    if (RISKS.indexOf(area.risk) < RISKS.indexOf(floor.risk))
      found.push(loosening(`the risk of the area ${area.name}`, [...at, "risk"], area.risk, floor.risk));
    if (area.paths.some((path) => path.startsWith("!")))
      found.push(loosening(`what the area ${area.name} covers`, [...at, "paths"], "narrowed by a `!` path", floor.paths.join(", ")));
    const strangers = area.owners.filter((owner) => !floor.owners.includes(owner));
    if (floor.owners.length > 0 && strangers.length > 0)
      found.push(loosening(`who owns the area ${area.name}`, [...at, "owners"], strangers.join(", "), floor.owners.join(", ")));
    return found;
  });
}

function floorLoosenings(parent: OwnConfig, own: OwnConfig): readonly Loosening[] {
  return own.surfaces.flatMap((surface) => {
    const floor = parent.surfaces.find((other) => other.name === surface.name);
    if (floor?.floor === undefined) return [];
    const at = ["surfaces", named(surface.name)];
    const moved =
      canonicalJson(surface.paths) === canonicalJson(floor.paths)
        ? []
        : [loosening(`what the surface ${surface.name} covers`, [...at, "paths"], surface.paths.join(", "), floor.paths.join(", "))];
    const lowered = (["lines", "branches"] as const).flatMap((kind) => {
      const [value, least] = [surface.floor?.[kind], floor.floor?.[kind]];
      return value === undefined || least === undefined || value >= least
        ? []
        : [loosening(`the ${kind} floor of the surface ${surface.name}`, [...at, "floor", kind], `${value} %`, `${least} %`)];
    });
    return [...moved, ...lowered];
  });
}

const loosening = (what: string, path: readonly string[], own: string, parent: string): Loosening => ({
  what,
  own: { path, says: own },
  parent: { path, says: parent },
});

function loosened(loose: readonly Loosening[], own: ConfigFile, parent: ExtendedConfig): Error {
  const told = loose.map((one) => ({
    what: one.what,
    own: one.own.says,
    parent: one.parent.says,
    place: find(own.text, one.own.path).place,
    parentPlace: parentPlace(parent, one.parent.path),
  }));
  const [first, ...rest] = told as [(typeof told)[number], ...typeof told];
  return configLoosensParent({
    ...first,
    others: rest.map((one) => `${placeText(one.place)}: ${one.what} is ${one.own}, but ${placeText(one.parentPlace)} says ${one.parent}`),
  });
}

/** The parent that says it: the nearest of those that hold most of the path. */
function parentPlace({ files }: ExtendedConfig, path: readonly string[]): ConfigPlace {
  const found = files.map((file) => find(file.text, path));
  const deepest = Math.max(...found.map((one) => one.depth));
  return (found.find((one) => one.depth === deepest) ?? (found[0] as (typeof found)[number])).place;
}

/** Follows a path, list items by name, as far as the text has it. */
function find(text: YamlText, path: readonly string[]): { readonly place: ConfigPlace; readonly depth: number } {
  let at: unknown = text.value;
  const steps: PropertyKey[] = [];
  for (const step of path) {
    const key = Array.isArray(at) ? at.findIndex((item: unknown) => named(String((item as { readonly name?: unknown } | null)?.name)) === step) : step;
    const next: unknown = typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined;
    if (next === undefined) break;
    steps.push(key);
    at = next;
  }
  return { place: text.placeOf(steps), depth: steps.length };
}
