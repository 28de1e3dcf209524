export { nearest } from "#kernel";
