/** What a language or a platform may lack. A project's own names are none of them. */
const GLOBAL = "(?:(?:globalThis|global|window)\\.)?(?:Symbol|Proxy|Reflect|Map|Set|WeakMap|WeakSet|WeakRef|FinalizationRegistry|Promise|BigInt|ArrayBuffer|SharedArrayBuffer|DataView|Atomics|Intl|WebAssembly|AggregateError|URL|URLSearchParams|AbortController|TextDecoder|TextEncoder|ReadableStream|Blob|File|FormData|Headers|Buffer|\\w+Array|fetch|structuredClone|queueMicrotask|Object|Array|String|Error)(?:\\.\\w+)*";
/** Modules that come with the platform. */
const MODULE = "(?:zlib|crypto|fs|http2?|https|net|stream|tls|url|util|vm|worker_threads|perf_hooks|asyncio|socket|ssl|signal|select)";
const PRESENT = new RegExp(`^${MODULE}\\.[A-Za-z]\\w*$|^"(?:function|object|symbol)" ===? typeof ${GLOBAL}$|^"undefined" !==? typeof ${GLOBAL}$|^typeof ${GLOBAL} (?:===? "(?:function|object|symbol)"|!==? "undefined")$|^"\\w+" in ${GLOBAL}$|^(?:window|globalThis|global)(?:\\.[A-Z]\\w*)?$`);
const ABSENT = new RegExp(`^"undefined" ===? typeof ${GLOBAL}$|^"(?:function|object|symbol)" !==? typeof ${GLOBAL}$|^typeof ${GLOBAL} (?:===? "undefined"|!==? "(?:function|object|symbol)")$`);

/** Longer conditions are read as something else. */
const LONGEST = 400;

const partsOf = (condition: string): readonly string[] => condition.slice(0, LONGEST).split(/ (?:&&|and) /).map((part) => part.replace(/[()]/g, "").trim());

/**
 * True for a condition under which a check runs, when it only asks whether the language has what is tested: where it lacks it, there
 * is nothing to check. As the comparison writes it, with what a name stands for in parentheses behind it.
 */
export function runsWithFeature(condition: string): boolean {
  const bare = condition.replace(/^only when /, "");
  const named = /^\w+ \((.*)\)$/.exec(bare)?.[1];
  return condition.length < LONGEST && partsOf(named ?? bare).every((part) => PRESENT.test(part));
}

/** The same for the condition under which a test is left out. */
export function leftOutWithoutFeature(condition: string): boolean {
  if (condition.length >= LONGEST) return false;
  return condition.startsWith("not ") ? partsOf(condition.slice(4)).every((part) => PRESENT.test(part)) : partsOf(condition).every((part) => ABSENT.test(part));
}
