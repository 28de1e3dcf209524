/**
 * The repositories judged, fixed before the first figure was taken: those of CredData's list with the most labels of a vendor's or a key's format
 * that were at hand at the very commit, and three more of the list because they lay there already. Commits are CredData's.
 */
export const repositories = [
  "CTFd/CTFd",
  "MagicStack/asyncpg",
  "PyGithub/PyGithub",
  "LibertyGlobal/grafana",
  "aspnet-contrib/AspNet.Security.OAuth.Providers",
  "authelia/authelia",
  "cloudfoundry/credhub",
  "cloudskiff/driftctl",
  "danger/danger",
  "docker/awesome-compose",
  "elastic/elasticsearch-js",
  "fecshop/yii2_fecshop",
  "go-acme/lego",
  "huginn/huginn",
  "graphile/postgraphile",
  "hussien89aa/KotlinUdemy",
  "juice-shop/juice-shop",
  "kataras/iris",
  "knex/knex",
  "mailgun/mailgun-ruby",
  "nats-io/nats-server",
  "nats-io/nats.docs",
  "olivere/elastic",
  "panva/jose",
  "paramiko/paramiko",
  "phpseclib/phpseclib",
  "plotly/falcon",
  "sindresorhus/got",
  "swisskyrepo/PayloadsAllTheThings",
  "twilio/twilio-ruby",
  "typeorm/typeorm",
  "xo/usql",
] as const;

/**
 * CredData's categories whose labels are a format this scanner claims to know. Not claimed: generic passwords, salts and bare identifiers; and, because their
 * labels mean something else, `URL Credentials` (nearly all on localhost), `Twilio Credentials` (account ids) and `Azure Access Token` (expired JSON Web Tokens).
 */
export const claimedCategories: ReadonlySet<string> = new Set([
  "PEM Private Key",
  "AWS Multi",
  "Google API Key",
  "Google Multi",
  "Slack Token",
  "Stripe Credentials",
  "Github Classic Token",
  "MailGun API Key",
  "NKEY Seed",
  "Anthropic API Key",
  "Perplexity API Key",
  "Grafana Service Account Token",
  "Postman Credentials",
]);

/** Whose last changes are replayed to count false alarms: ordinary projects, most of them with a suite that talks about credentials. */
export const replayed = [
  "avajs/ava",
  "authelia/authelia",
  "cloudskiff/driftctl",
  "gin-gonic/gin",
  "go-acme/lego",
  "huginn/huginn",
  "koajs/koa",
  "mochajs/mocha",
  "mswjs/msw",
  "nodejs/undici",
  "pallets/flask",
  "psf/requests",
  "sindresorhus/got",
  "TanStack/query",
  "typeorm/typeorm",
  "unjs/h3",
  "unjs/nitro",
  "vitest-dev/vitest",
] as const;
