/**
 * What every secret of a known format contains somewhere, as one linear pattern: literal prefixes, and bounded classes where a vendor chose none.
 * `adapters/secrets` proves in its tests that no format of its table slips past it.
 */
const HINT = new RegExp(
  [
    "gh[pousr]_|github_pat_|gl[a-z]{2,6}-[A-Za-z0-9_-]{20}|GR1348941",
    "PRIVATE KEY|AGE-SECRET-KEY-1",
    "(?:AKIA|ASIA)[A-Z2-7]{16}|ecret_?-?[Aa]ccess_?-?[Kk]ey|SECRET_ACCESS_KEY",
    "AccountKey=|SharedAccessKey=|\\dQ~|AZDO",
    "AIza|GOCSPX-|1//0|do[oprt]{1,2}_v1_|dapi[0-9a-f]|hvs\\.|atlasv1|HRKU-|pscale_|sbp_|pul-[0-9a-f]",
    "xox[a-z]|xapp-1|hooks\\.slack|api/webhooks/|[MNO][TDjz][A-Za-z0-9_-]{20,26}\\.|:AA[A-Za-z0-9_-]{33}",
    "[sr]k_live_|shp(?:at|ca|pa|ss)_|sq0|SG\\.[\\w-]{22}\\.|key-[0-9a-f]{32}|-us\\d|xkeysib-|lin_api_|ntn_|PMAK-|NRAK-|gl(?:sa|c)_|sntry|dt0c01|figd_|ops_ey|ATATT3|pat[A-Za-z0-9]{14}\\.|SK[0-9a-f]{32}|[Ww]ilio|WILIO",
    "npm_|pypi-Ag|rubygems_|dckr_pat_|oy2[a-z0-9]{43}|AKCp|CLOJARS_|_authToken",
    "T3BlbkFJ|sk-ant-|hf_|r8_|gsk_|xai-|pplx-",
    "S[ACNOUX][A-Z2-7]{56}",
    "eyJ[A-Za-z0-9_-]{10,200}\\.eyJ",
    "://[^\\s/:@]{0,128}:[^\\s/@]{1,256}@",
  ].join("|"),
);

/** True when a line could hold a secret, so that the scanner is worth loading. Linear; errs on the side of yes. */
export const secretHint = (line: string): boolean => HINT.test(line);

/** Offsets in a very long line around which a scanner needs to look, ascending. */
export function secretHintOffsets(line: string): number[] {
  return [...line.matchAll(new RegExp(HINT.source, "g"))].map((match) => match.index);
}

const ILLUSTRATIVE_FOLDER =
  /(?:^|\/)(?:__)?(?:tests?|specs?|e2e|fixtures?|mocks?|testdata|test-?data|examples?|samples?|demos?|docs?|documentation|snapshots?|cassettes)(?:__)?\//i;
const ILLUSTRATIVE_FILE = /(?:[._-](?:test|spec|mock|example|sample)s?\.[a-z]+|_test\.(?:go|py|rb)|(?:^|\/)test_[^/]*\.py|\.(?:md|mdx|rst|adoc|txt|snap)|\.(?:example|sample|template|dist))$/i;

/** True for places where made-up secrets are ordinary: tests, fixtures, examples and documentation. */
export const isIllustrative = (path: string): boolean => ILLUSTRATIVE_FOLDER.test(path) || ILLUSTRATIVE_FILE.test(path);
