export { atMost, describe, reported, type Figure } from "../bench/figure.ts";
