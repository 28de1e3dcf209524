import { compileGlobs } from "#kernel";
import type { Area } from "./area.ts";
import { spelledOut } from "./default-areas.ts";

/** The areas whose globs name a path, in the order they were given. */
export type AreasOfPath = (path: string) => readonly Area[];

/** Compiles areas once. Built-in ones read a path spelled out; declared ones read it as it stands. */
export function compileAreas(areas: readonly Area[]): AreasOfPath {
  const compiled = areas.map((area) => ({ area, inside: compileGlobs(area.paths) }));
  return (path) => {
    const spelled = spelledOut(path);
    return compiled.filter(({ area, inside }) => inside(area.declared ? path : spelled)).map(({ area }) => area);
  };
}
