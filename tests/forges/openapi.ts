import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

type Schema = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema; readonly examples?: Readonly<Record<string, unknown>> }>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A request that matched the description. */
export interface Matched {
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Checks requests and answers against GitHub's published API description (OpenAPI 3.0). */
export class PublishedApi {
  readonly #description: Description;
  readonly #ajv: Ajv;
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #known = new Set<string>();

  constructor() {
    const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
    this.#description = JSON.parse(readFileSync(file, "utf8")) as Description;
    this.#ajv = new Ajv({ strict: false, allErrors: false, logger: false, coerceTypes: false });
    addFormats.default(this.#ajv);
  }

  /** Which operation a request is, or why it is none. */
  match(method: string, pathname: string): Matched | string {
    const fitting = Object.keys(this.#description.paths)
      .map((template) => ({ template, params: paramsOf(template, pathname) }))
      .filter(({ template, params }) => params !== undefined && this.#description.paths[template]?.[method.toLowerCase()] !== undefined)
      .sort((a, b) => Object.keys(a.params ?? {}).length - Object.keys(b.params ?? {}).length)[0];
    if (fitting?.params === undefined) return `no operation ${method} ${pathname} in the description`;
    return { route: `${method} ${fitting.template}`, params: fitting.params };
  }

  /** Why a request is not what the description allows; empty when it is. */
  requestFaults(route: string, query: URLSearchParams, body: unknown): string[] {
    const operation = this.#operation(route);
    const parameters = (operation.parameters ?? []).map((item) => this.#deref<Parameter>(item)).filter((item) => item.in === "query");
    const faults: string[] = [];
    for (const [name, value] of query) {
      const parameter = parameters.find((item) => item.name === name);
      if (parameter === undefined) faults.push(`unknown query parameter ${name}`);
      else faults.push(...this.#faults(`${route} ?${name}`, parameter.schema, /^-?\d+$/.test(value) && isNumeric(parameter.schema) ? Number(value) : value));
    }
    const schema = operation.requestBody?.content["application/json"]?.schema;
    if (schema === undefined) return body === undefined ? faults : [...faults, "a body where none belongs"];
    if (body === undefined) return operation.requestBody?.required === true ? [...faults, "the body is missing"] : faults;
    const properties = Object.keys((this.#deref<Schema>(schema)["properties"] ?? {}) as object);
    const unknown = Object.keys(body as object).filter((key) => !properties.includes(key));
    return [...faults, ...unknown.map((key) => `unknown body key ${key}`), ...this.#faults(`${route} body`, schema, body)];
  }

  /** Why an answer is not what the description promises; empty when it is. */
  answerFaults(route: string, status: number, body: unknown): string[] {
    const found = this.#operation(route).responses[String(status)];
    if (found === undefined) return [`status ${status} is not described for ${route}`];
    const schema = this.#deref<Answer>(found).content?.["application/json"]?.schema;
    if (schema === undefined) return body === undefined ? [] : ["a body where none is described"];
    return this.#faults(`${route} ${status}`, schema, body);
  }

  /** The description's own example of an answer: what the fake builds its answers from. */
  example<T>(route: string, status: number, name?: string): T {
    const answer = this.#deref<Answer>(this.#operation(route).responses[String(status)]);
    const examples = answer.content?.["application/json"]?.examples ?? {};
    const example = this.#deref<{ value: T }>(examples[name ?? Object.keys(examples)[0] ?? ""]);
    return structuredClone(example.value);
  }

  #operation(route: string): Operation {
    const [method = "", template = ""] = route.split(" ");
    const operation = this.#description.paths[template]?.[method.toLowerCase()];
    if (operation === undefined) throw new Error(`no operation ${route}`);
    return operation;
  }

  #deref<T>(item: unknown): T {
    const ref = (item as { $ref?: string } | undefined)?.$ref;
    if (ref === undefined) return item as T;
    const [, , group = "", name = ""] = ref.split("/");
    return this.#deref<T>(this.#description.components[group]?.[name]);
  }

  #faults(key: string, schema: Schema, value: unknown): string[] {
    const validate = this.#compiled.get(key) ?? this.#ajv.compile(this.#converted(schema) as object);
    this.#compiled.set(key, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${key}${error.instancePath}: ${error.message ?? "is wrong"}`);
  }

  /** OpenAPI 3.0 to JSON Schema: `nullable` becomes a choice, references become ids of their own. */
  #converted(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map((item) => this.#converted(item));
    if (typeof schema !== "object" || schema === null) return schema;
    const ref = (schema as { $ref?: unknown }).$ref;
    if (typeof ref === "string") return { $ref: this.#register(ref) };
    const { nullable, example: _example, examples: _examples, ...rest } = schema as Record<string, unknown>;
    const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, key === "enum" ? value : this.#converted(value)]));
    return nullable === true ? { anyOf: [plain, { type: "null" }] } : plain;
  }

  #register(ref: string): string {
    const id = `schema:${ref.split("/").pop() ?? ""}`;
    if (!this.#known.has(id)) {
      this.#known.add(id);
      this.#ajv.addSchema(this.#converted(this.#deref({ $ref: ref })) as object, id);
    }
    return id;
  }
}

const isNumeric = (schema: Schema): boolean => schema["type"] === "integer" || schema["type"] === "number";

function paramsOf(template: string, pathname: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const got = pathname.split("/");
  if (wanted.length !== got.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = got[index] ?? "";
    if (part.startsWith("{")) params[part.slice(1, -1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return params;
}
