export { syntaxReader } from "./syntax-reader.ts";
