import { fileKind } from "./kinds/file-kind.ts";
import { isPresentation } from "./kinds/presentation.ts";

/** How often those who work on a place bring tests along. */
export interface TestPractice {
  /** A folder with a slash at its end; empty for the whole repository. */
  readonly place: string;
  /** Earlier changes that touched source like it there, and source nowhere else. */
  readonly changes: number;
  /** Those of them that touched a test, too. */
  readonly tested: number;
}

/** Earlier changes a practice stands on: fewer show no habit. */
const LEAST = 8;
/** A change of more files is a sweep over the repository; whether it touched a test says nothing of one place. */
const SWEEP = 30;

/**
 * Reads from the paths of earlier changes what is usual near a file: in the nearest folder that saw enough of them. The answer is
 * undefined where history tells nothing.
 */
export function testPractices(earlier: readonly (readonly string[])[]): (path: string) => TestPractice | undefined {
  const past = earlier.filter((paths) => paths.length <= SWEEP).map(lookAt);
  return (path) => {
    const trade = tradeOf(path);
    // What changes components and code together brings its test for the code; it says nothing of a change to components alone.
    const alike = past.filter(({ source }) => source.some((other) => tradeOf(other) === trade) && (trade !== "component" || source.every(isComponent)));
    for (let place = folderOf(path); ; place = folderOf(place.slice(0, -1))) {
      const near = alike.filter(({ source }) => source.every((other) => other.startsWith(place)));
      if (near.length >= LEAST) return { place, changes: near.length, tested: near.filter(({ tested }) => tested).length };
      if (place === "") return undefined;
    }
  };
}

/** True where more than four in five earlier changes came without a test: nobody there is used to being asked for one. */
export const goesUntested = ({ changes, tested }: TestPractice): boolean => tested * 5 < changes;

interface Past {
  readonly source: readonly string[];
  readonly tested: boolean;
}

function lookAt(paths: readonly string[]): Past {
  const kinds = paths.map((path) => fileKind(path));
  return {
    source: paths.filter((path, at) => kinds[at] === "source" && !isPresentation(path)),
    tested: kinds.some((kind) => kind === "test" || kind === "snapshot" || kind === "fixture"),
  };
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** True for what draws a part of a page: `.tsx`, `.vue`, `.svelte` and the like. */
export const isComponent = (path: string): boolean => tradeOf(path) === "component";

/** Components, scripts for a shell and other code are tested by different habits. */
const TRADES: readonly (readonly [string, RegExp])[] = [
  ["component", /\.(?:[jt]sx|vue|svelte|astro)$/],
  ["shell", /\.(?:sh|bash|zsh|fish|ps1|bat|cmd)$/],
];
const tradeOf = (path: string): string => TRADES.find(([, pattern]) => pattern.test(path.slice(-40)))?.[0] ?? "code";
