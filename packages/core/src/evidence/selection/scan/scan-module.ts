import { NO_FACTS, type ModuleFacts } from "./module-facts.ts";
import { scanJavaScript } from "./scan-javascript.ts";
import { scanPython } from "./scan-python.ts";

const SCRIPT = /\.[cm]?[jt]sx?$/;
const COMPONENT = /\.(?:vue|svelte|astro)$/;

/** True for files whose imports are followed. */
export const isFollowed = (path: string): boolean => SCRIPT.test(path) || COMPONENT.test(path) || path.endsWith(".py");

/** What a file says of others; nothing for what is no code that is followed. The same text and ending always give the same. */
export function scanModule(path: string, text: string): ModuleFacts {
  if (SCRIPT.test(path)) return scanJavaScript(text);
  if (path.endsWith(".py")) return scanPython(text);
  return COMPONENT.test(path) ? scanComponent(text) : NO_FACTS;
}

/** The scripts inside a component's markup, the part between `---` of an Astro page, and files its tags name by `src`. */
function scanComponent(text: string): ModuleFacts {
  const scripts = [/^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? ""];
  for (let at = text.indexOf("<script"); at >= 0; ) {
    const open = text.indexOf(">", at);
    if (open < 0) break;
    const found = text.indexOf("</script", open);
    const end = found < 0 ? text.length : found;
    const source = /\ssrc=["']([^"'\n]{1,200})["']/.exec(text.slice(at, open))?.[1];
    scripts.push(source === undefined ? "" : `import "${source}";`, text.slice(open + 1, end));
    at = text.indexOf("<script", end);
  }
  return scanJavaScript(scripts.join("\n"));
}
