import { inFolder, words, type PathWords } from "./path-words.ts";

const FOLDERS = words("__generated__ generated .generated dist .next .nuxt .output .svelte-kit coverage");
const NAMES =
  /\.min\.(?:js|css|mjs)$|\.(?:js|css|mjs|cjs|ts)\.map$|\.(?:generated|gen|g|freezed|pb|pb\.gw|designer)\.\w+$|\.(?:pb|grpc)\.\w+$|_(?:pb2|pb2_grpc|generated|gen|mock)\.(?:py|pyi|go|rs|ts|dart)$|^zz_generated[\w.]*\.go$|^bindata\.go$|\.tsbuildinfo$/;

/** Written by a program, as far as the path tells. */
export const isGeneratedPath = (at: PathWords): boolean => NAMES.test(at.lower) || inFolder(at, FOLDERS);

const COMMENT_START = /^\s*(?:\/\/|\/\*|\*|#|--|<!--|;|%|"""|'''|\{-)/;
const MARK =
  /@generated\b(?! (?:by hand|from))|\bcode generated\b.{0,200}\bdo not edit\b|\bdo not (?:edit|modify)\b.{0,60}\b(?:generated|directly|manually|by hand)|\b(?:auto-?|automatically )generated\b.{0,120}|\bthis file (?:is|was) (?:auto-?)?generated\b|^\W*do not edit(?: this file)?\W*$/i;
const MINIFIED_LINE = 2_000;
const TOP = 12;

/** Written by a program, as its first lines say: a mark in a comment, or lines nobody would write. */
export function saysGenerated(firstLines: readonly string[]): boolean {
  const top = firstLines.slice(0, TOP);
  if (top.slice(0, 3).some((line) => line.length > MINIFIED_LINE && !/^\s*(?:\/\/|#|"|')/.test(line))) return true;
  return top.some((line) => COMMENT_START.test(line.slice(0, 200)) && MARK.test(line.slice(0, 500)));
}
