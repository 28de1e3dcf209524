import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { Yaml } from "#intent";

/** The YAML library, for who reads front matter. */
export const yamlParser: Yaml = { isMap, isScalar, LineCounter, parseDocument };
