export { envelopeDigest, IN_TOTO, preAuthenticationEncoding, seal, type Envelope, type Signer } from "./dsse.ts";
export { commitSubject, STATEMENT_TYPE, SUMMARY, TEST_RESULT, type Descriptor, type DigestSet, type Statement } from "./statement.ts";
export { summaryStatement, VERDICT_EXTENSION, VERIFIER, type Summary, type SummaryFacts } from "./summary.ts";
export { TEST_RUN_EXTENSION, testResultStatement, type TestResult, type TestResultAbout } from "./test-result.ts";
export { keyIdOf, type TrustedKey } from "./verification-key.ts";
export { sealEvidence, type EvidenceBundle } from "./seal-evidence.ts";
export { STATE_PAYLOAD, stateSealer, type StateKeys } from "./seal-state.ts";
export { verifyBundle, type BundleRequest, type VerifiedBundle } from "./verify-bundle.ts";
export { verifyEnvelope, type Expected, type Verified, type VerifyRequest } from "./verify-envelope.ts";
