import { npmAudit } from "./audits/npm-audit.ts";
import { osvScanner } from "./audits/osv-scanner.ts";
import { osv } from "./audits/osv.ts";
import { yarnAudit } from "./audits/yarn-audit.ts";
import { allure } from "./allure/allure.ts";
import { clover } from "./clover/clover.ts";
import { cobertura } from "./cobertura/cobertura.ts";
import { ctrf } from "./ctrf/ctrf.ts";
import { goCover } from "./go-cover/go-cover.ts";
import { istanbul } from "./istanbul/istanbul.ts";
import { jacoco } from "./jacoco/jacoco.ts";
import { junit } from "./junit/junit.ts";
import { lcov } from "./lcov/lcov.ts";
import { nodeSpec } from "./node-spec/node-spec.ts";
import type { ReportFormat } from "./report-format.ts";
import { sarif } from "./sarif/sarif.ts";
import { tap } from "./tap/tap.ts";
import { trx } from "./trx/trx.ts";

/** Every format, the more particular before the more general. */
export const reportFormats: readonly ReportFormat[] = [
  junit,
  trx,
  jacoco,
  cobertura,
  clover,
  ctrf,
  allure,
  sarif,
  npmAudit,
  yarnAudit,
  osvScanner,
  osv,
  istanbul,
  lcov,
  goCover,
  nodeSpec,
  tap,
];
