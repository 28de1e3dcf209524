import { fileKind } from "#change";
import { isFollowed, type CodeMap, type RouteNamed } from "#evidence";

/** A URL handled by a file. */
export interface Route extends RouteNamed {
  readonly file: string;
}

/** Frameworks whose folders are routes: package they come with, and how a path becomes a URL. */
const FILE_ROUTES: readonly { readonly package: RegExp; readonly read: (path: string) => RouteNamed | undefined }[] = [
  { package: /^next$/, read: nextRoute },
  { package: /^(?:nuxt|nitropack|nitro|h3)$/, read: nuxtRoute },
  { package: /^@sveltejs\/kit$/, read: svelteRoute },
  { package: /^(?:@remix-run\/.{1,30}|@react-router\/.{1,30})$/, read: remixRoute },
];

/** The URLs a file of the product handles: by calls such as `app.get("/x", …)`, and by where it stands. */
export function routesOf(file: string, { facts, manifests }: CodeMap): readonly Route[] {
  if (!isFollowed(file)) return [];
  const manifest = manifests.above(file.slice(0, Math.max(0, file.lastIndexOf("/"))));
  const inside = manifest === undefined || manifest.folder === "" ? file : file.slice(manifest.folder.length + 1);
  const byFolder = manifest === undefined ? [] : frameworksOf(manifest.dependencies).flatMap(({ read }) => read(inside) ?? []);
  const routes = [...(facts.get(file)?.routes ?? []), ...byFolder];
  // Examples, fixtures and tests handle routes nobody visits.
  return routes.length === 0 || fileKind(file) !== "source" ? [] : routes.map((route) => ({ ...route, file }));
}

/** A package is asked once, not for each of its files. */
const KNOWN = new WeakMap<ReadonlySet<string>, typeof FILE_ROUTES>();

function frameworksOf(dependencies: ReadonlySet<string>): typeof FILE_ROUTES {
  const found = KNOWN.get(dependencies) ?? FILE_ROUTES.filter((one) => [...dependencies].some((name) => one.package.test(name)));
  KNOWN.set(dependencies, found);
  return found;
}

const url = (path: string): string => `/${path.replace(/(?:^|\/)index$/, "").replace(/\([^)/]*\)\/?/g, "").replace(/\[\[?\.{3}(\w+)\]?\]/g, "*$1").replace(/\[(\w+)\]/g, ":$1")}`.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1"); // prettier-ignore

function nextRoute(path: string): RouteNamed | undefined {
  const page = /^(?:src\/)?pages\/((?!_)[^.]{1,300})\.[jt]sx?$/.exec(path)?.[1];
  if (page !== undefined) return { method: page.startsWith("api/") ? "ANY" : "GET", path: url(page) };
  const app = /^(?:src\/)?app\/((?:.{1,300}\/)?)(page|route)\.[jt]sx?$/.exec(path);
  return app === null ? undefined : { method: app[2] === "page" ? "GET" : "ANY", path: url((app[1] ?? "").replace(/\/$/, "")) };
}

function nuxtRoute(path: string): RouteNamed | undefined {
  const server = /^(?:src\/)?(?:server\/)?(api|routes)\/(.{1,300}?)(?:\.(get|post|put|patch|delete|head|options))?\.[cm]?[jt]s$/.exec(path);
  if (server && (path.includes("server/") || server[1] === "routes")) return { method: (server[3] ?? "any").toUpperCase(), path: url(`${server[1] === "api" ? "api/" : ""}${server[2] ?? ""}`) };
  const page = /^(?:app\/|src\/)?pages\/(.{1,300})\.vue$/.exec(path)?.[1];
  return page === undefined ? undefined : { method: "GET", path: url(page) };
}

function svelteRoute(path: string): RouteNamed | undefined {
  const found = /^src\/routes\/((?:.{1,300}\/)?)\+(page|server)(?:\.server)?\.(?:svelte|[jt]s)$/.exec(path);
  return found === null ? undefined : { method: found[2] === "page" ? "GET" : "ANY", path: url((found[1] ?? "").replace(/\/$/, "")) };
}

function remixRoute(path: string): RouteNamed | undefined {
  const name = /^app\/routes\/([^/]{1,200})(?:\/route)?\.[jt]sx?$/.exec(path)?.[1];
  return name === undefined ? undefined : { method: "ANY", path: `/${name.replace(/_index$/, "").split(".").filter((part) => !/^_[^_]/.test(part)).map((part) => part.replace(/^\$$/, "*").replace(/^\$/, ":").replace(/_$/, "")).join("/")}` }; // prettier-ignore
}
