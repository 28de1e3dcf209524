import type { Area } from "./area.ts";

const within = (...names: readonly string[]): readonly string[] => {
  const any = names.length === 1 ? names[0] : `{${names.join(",")}}`;
  return [`**/${any}/**`, `**/${any}.*`];
};

const area = (name: string, risk: Area["risk"], paths: readonly string[]): Area => ({ name, risk, paths, owners: [], declared: false });

/**
 * Areas every repository has until `proofline.yaml` says otherwise. Their globs are asked about paths in lower case with words
 * joined by hyphens (`AuthController.java` reads `auth-controller.java`). They name only what is unmistakable: a question asked of an ordinary
 * change costs more trust than a missed one gains. What paths don't tell, `AREA_SIGNS` reads from the changed lines.
 */
export const DEFAULT_AREAS: readonly Area[] = [
  area("authentication", "high", [
    ...within("auth", "authn", "authentication", "authenticator", "authenticators", "oauth", "oauth2", "oidc", "openid", "saml", "sso", "login", "logins", "signin", "sign-in", "signup", "sign-up", "mfa", "2fa", "totp", "webauthn", "passkeys", "password-reset", "forgot-password", "password-policy", "account-lockout", "passwords", "passport"),
    "**/{auth,authentication,oauth,oauth2,oidc,saml,login,sign-in,signin,password-reset,forgot-password,reset-password,session-auth,jwt-auth,basic-auth,bearer-auth,use-auth,with-auth,next-auth}-{controller,controllers,service,services,middleware,handler,handlers,guard,provider,providers,router,routes,route,strategy,strategies,client,manager,config,callback,plugin,hook,hooks,form,page,view,views,screen,store,context,api,server,utils,util,helper,helpers,backend,backends}.*",
    "**/{user,users,admin,use,with,require,verify,check,basic,bearer,digest,jwt,next,oauth,session}-{auth,authentication,login}.*",
  ]),
  area("access-control", "high", [
    ...within("permission", "permissions", "rbac", "abac", "acl", "acls", "access-control", "authz", "authorization", "authorizer", "entitlements", "casbin"),
    "**/{permission,permissions,rbac,acl,authorization,access-control,role,roles}-{checker,service,guard,middleware,policy,controller,manager,validator,handler}.*",
    "**/app/policies/**/*.rb",
  ]),
  area("payment", "high", [
    ...within("payment", "payments", "billing", "invoice", "invoices", "invoicing", "stripe", "paypal", "braintree", "adyen", "refund", "refunds", "payouts", "payment-methods"),
    "**/{payment,payments,billing,invoice,refund,payout,stripe,paypal}-{controller,service,handler,webhook,webhooks,client,gateway,processor,provider,router,routes,api,page,form,method,methods,intent,intents}.*",
  ]),
  area("migration", "high", []),
  area("cryptography", "high", [...within("cryptography", "encryption", "ciphers", "cipher"), "**/{encrypt,decrypt,encryption,cipher,crypto}-{service,helper,helpers,utils,util,provider}.*"]),
  area("infrastructure", "medium", [
    "**/{terraform,k8s,kubernetes,helm,ansible,pulumi,cloudformation,kustomize}/**",
    "**/*.{tf,tfvars,hcl}",
    "**/{dockerfile,containerfile,procfile,vagrantfile}",
    "**/*{dockerfile,docker-compose}*",
    "**/compose.{yml,yaml}",
    "**/{serverless,fly,netlify,vercel,wrangler}.{yml,yaml,toml,json,jsonc}",
  ]),
  area("public-api", "medium", ["**/*.{proto,graphql,gql}", "**/{openapi,swagger,asyncapi}*.{json,yml,yaml}", "**/{openapi,swagger,asyncapi}/**"]),
  area("concurrency", "medium", within("concurrency", "mutex", "semaphore", "thread-pool", "worker-pool", "rw-lock")),
  area("shared-library", "low", ["{libs,lib-shared,shared,common}/**", "{packages,libs,crates,modules,pkg}/{shared,common,core,kernel,utils,shared-*,common-*}/**", "src/{shared,common}/**"]),
]; // prettier-ignore

/** The areas that count: those declared, and the built-in ones nobody declared under the same name. */
export function effectiveAreas(declared: readonly Area[]): readonly Area[] {
  const names = new Set(declared.map((one) => one.name));
  return [...declared, ...DEFAULT_AREAS.filter((one) => !names.has(one.name))];
}

/** A path as the built-in areas read it: lower case, words of a name joined by hyphens. */
export const spelledOut = (path: string): string =>
  path
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replace(/[_ ]/g, "-")
    .toLowerCase()
    .replace(/\bo-auth/g, "oauth");
