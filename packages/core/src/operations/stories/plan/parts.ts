import type { ProductPart } from "#intent";

const PACKAGES: readonly (readonly [ProductPart, RegExp])[] = [
  ["front end", /^(?:react|react-dom|preact|vue|svelte|@sveltejs\/kit|solid-js|@angular\/core|next|nuxt|astro|lit|ember-source|@remix-run\/react|react-native|expo)$/],
  ["back end", /^(?:express|koa|@koa\/router|koa-router|fastify|hono|h3|nitropack|restify|polka|@hapi\/hapi|@nestjs\/core|@adonisjs\/core|django|flask|fastapi|starlette|aiohttp|tornado|sanic|graphql-yoga|@apollo\/server|apollo-server|@grpc\/grpc-js)$/],
];

const FILES: readonly (readonly [ProductPart, RegExp])[] = [
  ["infrastructure", /\.(?:tf|tfvars|bicep)$|(?:^|\/)(?:Pulumi\.ya?ml|kustomization\.ya?ml|cdk\.json)$|(?:^|\/)(?:k8s|kubernetes|manifests)\/.{1,300}\.ya?ml$/],
  ["observability", /(?:^|\/)(?:dashboards?|grafana)\/.{1,300}\.(?:json|jsonnet)$|(?:^|\/)[\w.-]*(?:alerts?|rules?|slos?)[\w.-]*\.ya?ml$|(?:^|\/)(?:otel|otel-collector|opentelemetry|prometheus|alertmanager)[\w.-]*\.ya?ml$/],
  ["deployment", /(?:^|\/)(?:Dockerfile|Containerfile)[\w.-]*$|(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$|(?:^|\/)Chart\.yaml$|(?:^|\/)(?:Procfile|fly\.toml|vercel\.json|netlify\.toml|wrangler\.(?:toml|jsonc?)|serverless\.ya?ml|skaffold\.ya?ml|Jenkinsfile)$|(?:^|\/)\.github\/workflows\/[\w.-]*(?:deploy|release|publish)[\w.-]*\.ya?ml$/],
];

const INSTRUMENTS = /^(?:@opentelemetry\/.{1,60}|prom-client|dd-trace|@sentry\/.{1,40}|newrelic|applicationinsights|hot-shots|statsd-client|elastic-apm-node|pino|winston|web-vitals|opentelemetry|prometheus_client|structlog|sentry_sdk)$/;

/** True where pages are drawn and nothing is served: a call such as `requests.get("/orders")` asks another server there. */
export const onlyAsks = (packages: ReadonlySet<string>): boolean => {
  const has = (wanted: ProductPart): boolean => PACKAGES.some(([part, name]) => part === wanted && [...packages].some((one) => name.test(one)));
  return has("front end") && !has("back end");
};

/** What tells which parts of a product stand in a repository. */
export interface PartSigns {
  readonly packages: ReadonlySet<string>;
  readonly paths: readonly string[];
  /** Handles URLs. */
  readonly routes: boolean;
  /** Has files that draw pages. */
  readonly components: boolean;
  /** Publishes a package. */
  readonly published: boolean;
}

/** Parts of a product a repository holds, in the order a request meets them; none where nothing tells. */
export function partsOf({ packages, paths, routes, components, published }: PartSigns): readonly ProductPart[] {
  const by = new Set<ProductPart>(PACKAGES.flatMap(([part, name]) => ([...packages].some((one) => name.test(one)) ? [part] : [])));
  if (components) by.add("front end");
  if (routes && !(by.has("front end") && !by.has("back end"))) by.add("back end");
  for (const [part, file] of FILES) if (paths.some((path) => file.test(path))) by.add(part);
  if (published && !by.has("front end") && !by.has("back end")) by.add("library");
  return (["front end", "back end", "library", "infrastructure", "observability", "deployment"] as const).filter((part) => by.has(part));
}

/** Packages that measure or report, and files that show or alarm. */
export const instrumentsOf = (packages: ReadonlySet<string>, paths: readonly string[]): readonly string[] => {
  const shown = FILES.find(([part]) => part === "observability")?.[1];
  return [...[...packages].filter((name) => INSTRUMENTS.test(name)).toSorted(), ...paths.filter((path) => shown?.test(path) === true).toSorted()].slice(0, 40);
};

const STACK = /^(?:react|preact|vue|svelte|solid-js|@angular\/core|next|nuxt|astro|express|koa|fastify|hono|h3|@nestjs\/core|@hapi\/hapi|django|flask|fastapi|typescript|pg|mysql2|mongodb|mongoose|prisma|@prisma\/client|knex|drizzle-orm|kysely|typeorm|sequelize|redis|ioredis|bullmq|pg-boss|kafkajs|graphql|@apollo\/server|@openfeature\/server-sdk|@openfeature\/web-sdk|launchdarkly-node-server-sdk)$/;
const RUNNERS: readonly (readonly [RegExp, string])[] = [[/^vitest$/, "vitest"], [/^jest$/, "jest"], [/^mocha$/, "mocha"], [/^ava$/, "ava"], [/^tape$/, "tape"], [/^tap$/, "tap"], [/^jasmine$/, "jasmine"], [/^@playwright\/test$/, "playwright"], [/^cypress$/, "cypress"], [/^@cucumber\/cucumber$/, "cucumber"], [/^supertest$/, "supertest"], [/^@testcontainers\/.{1,40}$|^testcontainers$/, "testcontainers"], [/^@pact-foundation\/pact$/, "pact"]]; // prettier-ignore

/** What a package is built with, and what runs its tests, by the packages it asks for. */
export const stackOf = (dependencies: ReadonlySet<string>): { readonly stack: readonly string[]; readonly runners: readonly string[] } => ({
  stack: [...dependencies].filter((name) => STACK.test(name)).toSorted().slice(0, 12),
  runners: RUNNERS.flatMap(([name, word]) => ([...dependencies].some((one) => name.test(one)) ? [word] : [])),
});

/** Libraries that switch behaviour at run time. */
export const flagLibraries = (packages: ReadonlySet<string>): readonly string[] => [...packages].filter((name) => /^(?:@openfeature\/.{1,40}|launchdarkly-.{1,40}|@launchdarkly\/.{1,40}|@growthbook\/.{1,40}|flagsmith.{0,40}|configcat-.{1,40}|posthog-(?:js|node))$/.test(name)).toSorted();
