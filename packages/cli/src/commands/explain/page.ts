import { existsSync, readFileSync } from "node:fs";

/** The hand-written page of a check: beside the bundle, or beside the check itself when run from source. */
export function readPage(id: string): string {
  const slug = id.split("/")[1] ?? id;
  const places = [`./pages/${id}.md`, `../pages/${id}.md`, `../../../../core/src/checks/${id}/${slug}.md`];
  for (const place of places) {
    const url = new URL(place, import.meta.url);
    if (existsSync(url)) return readFileSync(url, "utf8").replace(/^[\s\S]*?(?=^## )/m, "");
  }
  return "";
}
