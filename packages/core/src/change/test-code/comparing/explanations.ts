import type { Assertion } from "../anatomy.ts";
import { wordsOf } from "../canonical.ts";
import type { Located } from "./located.ts";
import type { SourceFacts } from "./source-facts.ts";

/** Words every program has: that one of them is gone explains nothing. */
const COMMON = new Set(
  "function return const this true false null undefined async await import export default from type interface string number boolean object array value values data result results options config name test tests error errors length with that when should then else class extends static public private readonly void promise void new typeof instanceof index item items list args params self none print def elif lambda for while not and the src lib add get set has node path file files code message".split(" "),
);

/** True for words that only a few programs have. */
export const isTelling = (word: string): boolean => word.length > 3 && !COMMON.has(word);

/** What the test exercises was taken away in the same change. */
export function explainsRemoval({ part, file }: Located, source: SourceFacts): boolean {
  if (source.lost.size > 0 && importsLost(file.imports.map(({ from }) => from), source.lost)) return true;
  if (source.gone.size === 0) return false;
  const words = wordsOf(`${part.suites.join(" ")} ${part.name} ${part.body}`);
  return [...words].some((word) => isTelling(word) && source.gone.has(word));
}

/** What the assertion looks at, or expects, was taken away or renamed in the same change. */
export function explainsLoss(assertion: Assertion, source: SourceFacts): boolean {
  if (textsIn(`${assertion.subject} ${assertion.expected}`).some((text) => source.text.gone.includes(text) && !source.text.fresh.includes(text))) return true;
  if (source.gone.size === 0) return false;
  return [...wordsOf(`${assertion.subject} ${assertion.expected}`)].some((word) => isTelling(word) && source.gone.has(word));
}

/** Sentences and other texts long enough to be known by. */
const textsIn = (code: string): readonly string[] => [...code.matchAll(/"((?:[^"\\]|\\.){8,400})"/g)].map(([, text]) => text ?? "");

/** The last two parts of an import path, which is what its file is called wherever it is imported from. */
function importsLost(imports: readonly string[], lost: ReadonlySet<string>): boolean {
  const tails = [...lost].map((path) => path.replace(/\/index$/, ""));
  return imports.filter((from) => from.startsWith(".") || from.includes("/")).some((from) => {
    const plain = from.replace(/^(?:\.{1,2}\/)+/, "").replace(/\.\w+$/, "").replace(/\/index$/, "");
    return plain.length > 2 && tails.some((path) => path === plain || path.endsWith(`/${plain}`));
  });
}
