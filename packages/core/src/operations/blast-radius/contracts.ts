import { fileKind } from "#change";
import type { CodeMap, Reached } from "#evidence";
import type { Route } from "./routes.ts";

/** A promise to others that may be touched: an interface description, or what a package exports. */
export interface ContractHit {
  readonly kind: "openapi" | "asyncapi" | "graphql" | "protobuf" | "package";
  /** Path of the description, or the package's name. */
  readonly name: string;
  readonly because: string;
}

const DESCRIPTIONS: readonly (readonly [ContractHit["kind"], RegExp])[] = [
  ["openapi", /(?:^|\/)(?:[\w.-]*[-_.])?(?:openapi|swagger)(?:[-_.][\w.-]*)?\.(?:ya?ml|json)$/i],
  ["asyncapi", /(?:^|\/)(?:[\w.-]*[-_.])?asyncapi(?:[-_.][\w.-]*)?\.(?:ya?ml|json)$/i],
  ["graphql", /\.(?:graphqls?|gql)$/],
  ["protobuf", /\.proto$/],
];

/** Which promises depend on what was reached: descriptions that changed, that reached code names, or that stand beside reached routes; and packages whose way in was reached. */
export function contractsOf(changed: ReadonlySet<string>, reached: ReadonlyMap<string, Reached>, routes: readonly Route[], entriesOf: (folder: string) => readonly string[], map: CodeMap): readonly ContractHit[] {
  const folderOf = (path: string): string => map.manifests.above(path.slice(0, Math.max(0, path.lastIndexOf("/"))))?.folder ?? "";
  const routed = new Map(routes.map((route) => [folderOf(route.file), route]));
  const hits: ContractHit[] = [];
  for (const path of map.paths) {
    const kind = DESCRIPTIONS.find(([, name]) => name.test(path))?.[0];
    if (kind === undefined || fileKind(path) === "fixture" || fileKind(path) === "test") continue;
    const user = [...(map.graph.namedBy.get(path) ?? []), ...(map.graph.importers.get(path) ?? [])].find((one) => reached.has(one) && fileKind(one) !== "test");
    const route = routed.get(folderOf(path));
    if (changed.has(path)) hits.push({ kind, name: path, because: "changed" });
    else if (user !== undefined) hits.push({ kind, name: path, because: `used by ${user}` });
    else if ((kind === "openapi" || kind === "asyncapi") && route !== undefined) hits.push({ kind, name: path, because: `may describe ${route.method} ${route.path}` });
  }
  for (const { folder, name, fields } of map.manifests.byFolder.values()) {
    if (name === undefined || fields["private"] === true) continue;
    const entry = entriesOf(folder).find((path) => reached.has(path));
    if (entry !== undefined) hits.push({ kind: "package", name, because: changed.has(entry) ? `${entry} changed` : `exports ${entry}` });
  }
  return hits;
}
