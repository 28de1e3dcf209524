export { gitSiblings, type OpenSibling } from "./git-siblings.ts";
