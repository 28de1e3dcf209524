import { endsWithChecksum } from "../checksums.ts";
import type { SecretFormat } from "../secret-format.ts";

const formatted = (rule: string, what: string, pattern: RegExp, alphabet: NonNullable<SecretFormat["alphabet"]>, revoke: string): SecretFormat => ({
  rule,
  what,
  strength: "formatted",
  pattern,
  alphabet,
  revoke,
});

/** Package registries. */
export const packageRegistries: readonly SecretFormat[] = [
  {
    rule: "npm-token",
    what: "an npm token",
    strength: "checked",
    pattern: /(?<![A-Za-z0-9])npm_(?<random>[A-Za-z0-9]{36})(?![A-Za-z0-9])/g,
    accepts: (match) => endsWithChecksum(match.groups?.["random"] ?? ""),
    revoke: "Run `npm token revoke`, or delete it at npmjs.com, Access tokens.",
  },
  {
    rule: "npmrc-token",
    what: "an npm registry token",
    strength: "formatted",
    pattern: /_authToken\s{0,4}=\s{0,4}["']?(?<secret>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![A-Za-z0-9-])/g,
    alphabet: "hex",
    revoke: "Delete it in the registry's token settings.",
  },
  formatted("pypi-token", "a PyPI token", /(?<![A-Za-z0-9])pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)(?<random>[A-Za-z0-9_-]{50,400})(?![A-Za-z0-9_-])/g, "base64", "Remove it at pypi.org, Account settings."),
  formatted("rubygems-key", "a RubyGems key", /(?<![A-Za-z0-9])rubygems_(?<random>[0-9a-f]{48})(?![A-Za-z0-9])/g, "hex", "Reset it at rubygems.org/profile/api_keys."),
  formatted("docker-token", "a Docker Hub token", /(?<![A-Za-z0-9])dckr_pat_(?<random>[A-Za-z0-9_-]{27})(?![A-Za-z0-9_-])/g, "base64", "Delete it at app.docker.com, Personal access tokens."),
  formatted("nuget-key", "a NuGet key", /(?<![A-Za-z0-9])oy2(?<random>[a-z0-9]{43})(?![A-Za-z0-9])/g, "base32", "Delete it at nuget.org/account/apikeys."),
  formatted("artifactory-key", "an Artifactory key", /(?<![A-Za-z0-9])AKCp(?<random>[A-Za-z0-9]{69})(?![A-Za-z0-9])/g, "base62", "Revoke it in the user's profile."),
  formatted("clojars-token", "a Clojars token", /(?<![A-Za-z0-9])CLOJARS_(?<random>[a-z0-9]{60})(?![A-Za-z0-9])/g, "base32", "Disable it at clojars.org/tokens."),
];

/** Providers of models. */
export const models: readonly SecretFormat[] = [
  formatted(
    "openai-key",
    "an OpenAI key",
    /(?<![A-Za-z0-9])sk-(?:proj-|svcacct-|admin-)?(?<random>[A-Za-z0-9_-]{20,80}T3BlbkFJ[A-Za-z0-9_-]{20,80})(?![A-Za-z0-9_-])/g,
    "base64",
    "Delete it at platform.openai.com/api-keys.",
  ),
  formatted("anthropic-key", "an Anthropic key", /(?<![A-Za-z0-9])sk-ant-(?:api|admin|oat|ort|sid)\d\d-(?<random>[A-Za-z0-9_-]{80,110})(?![A-Za-z0-9_-])/g, "base64", "Delete it at console.anthropic.com/settings/keys."),
  formatted("hugging-face-token", "a Hugging Face token", /(?<![A-Za-z0-9])hf_(?<random>[A-Za-z]{34})(?![A-Za-z0-9])/g, "letters", "Delete it at huggingface.co/settings/tokens."),
  formatted("replicate-token", "a Replicate token", /(?<![A-Za-z0-9])r8_(?<random>[A-Za-z0-9]{37})(?![A-Za-z0-9])/g, "base62", "Delete it at replicate.com/account/api-tokens."),
  formatted("groq-key", "a Groq key", /(?<![A-Za-z0-9])gsk_(?<random>[A-Za-z0-9]{52})(?![A-Za-z0-9])/g, "base62", "Delete it at console.groq.com/keys."),
  formatted("xai-key", "an xAI key", /(?<![A-Za-z0-9])xai-(?<random>[A-Za-z0-9]{80})(?![A-Za-z0-9])/g, "base62", "Delete it at console.x.ai."),
  formatted("perplexity-key", "a Perplexity key", /(?<![A-Za-z0-9])pplx-(?<random>[A-Za-z0-9]{48})(?![A-Za-z0-9])/g, "base62", "Delete it under Settings, API."),
];
