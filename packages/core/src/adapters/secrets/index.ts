export { makeSecretScanner, type TextsInTree } from "./scan-secrets.ts";
export { textsInTree } from "./texts-in-tree.ts";
