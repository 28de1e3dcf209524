/** Code that shows what a change is about whatever its path says. */
export interface AreaSign {
  readonly area: string;
  /** Asked about changed lines of code without comments, at most 1,000 characters each; linear. */
  readonly pattern: RegExp;
}

/**
 * Calls nobody makes for another purpose. Words are not signs: a parser has tokens, a test runner sessions, a package manager locks and a
 * map keys. `createHash` is no sign either: it makes cache keys far more often than it protects anything.
 */
export const AREA_SIGNS: readonly AreaSign[] = [
  {
    area: "authentication",
    pattern:
      /\b(?:jwt|jsonwebtoken|JWT|Jwt)\.(?:verify|sign|decode|encode)\(|\bjwtVerify\(|\bnew SignJWT\(|\b(?:bcrypt|bcryptjs|argon2|scrypt)\.(?:compare|compareSync|hash|hashSync|verify|hashpw|checkpw)\(|\b(?:bcrypt|argon2id?)\.(?:GenerateFromPassword|CompareHashAndPassword|IDKey)\(|\bpassport\.(?:authenticate|use|serializeUser|deserializeUser)\(|\b(?:check_password_hash|generate_password_hash|check_password|set_password|login_user|logout_user)\(|\b(?:verifyPassword|comparePassword|hashPassword|resetPassword|changePassword|validatePassword|signInWithPassword|signInWithEmailAndPassword)\(|\bpassword_verify\(|\bpassword_hash\(|\bhas_secure_password\b|\bPasswordEncoder\b/,
  },
  {
    area: "access-control",
    pattern:
      /@(?:PreAuthorize|PostAuthorize|RolesAllowed|Secured|PermissionsAllowed)\b|\[Authorize(?:\(|\])|\[AllowAnonymous\]|@(?:permission_required|login_required|roles_required|user_passes_test|requires_permissions?)\b|\b(?:hasPermission|checkPermission|checkPermissions|requirePermission|requireRole|assertPermission|isAuthorized|hasRole|hasAnyRole|hasAuthority|canAccess|user_can|userCan|current_user_can|authorize_resource|load_and_authorize_resource|defineAbilityFor|has_perm|has_object_permission|permission_classes)\b ?[(=]/,
  },
  {
    area: "payment",
    pattern:
      /\bstripe\.(?:charges|paymentIntents|payment_intents|checkout|customers|subscriptions|refunds|invoices|webhooks|prices|setupIntents|Charge|PaymentIntent|Refund|Invoice|Customer|Subscription|Webhook)\b|\bStripe::\w+|\bpaypal\.(?:orders|payments|Order|Payment)\b|\bbraintree\.(?:transaction|customer|BraintreeGateway)\b|\b(?:createPaymentIntent|capturePayment|refundPayment|chargeCard|chargeCustomer|processPayment|processRefund|issueRefund)\(/i,
  },
  {
    area: "cryptography",
    pattern:
      /\b(?:createCipheriv|createDecipheriv|createCipher|createDecipher|publicEncrypt|privateDecrypt|createSign|createVerify|createDiffieHellman|createECDH|generateKeyPair|generateKeyPairSync|timingSafeEqual|pbkdf2|pbkdf2Sync|hkdfSync|scryptSync|createHmac)\(|\bcrypto\.subtle\.(?:encrypt|decrypt|sign|verify|importKey|exportKey|deriveKey|deriveBits|wrapKey|unwrapKey|generateKey)\b|\bsubtle\.(?:encrypt|decrypt|deriveBits|deriveKey|importKey)\(|\b(?:aes\.NewCipher|cipher\.NewGCM|cipher\.NewCBC\w+|hmac\.New|rsa\.(?:SignPKCS1v15|VerifyPKCS1v15|EncryptOAEP|DecryptOAEP)|ed25519\.(?:Sign|Verify)|ecdsa\.(?:Sign|Verify))\(|\b(?:hmac\.new|hmac\.compare_digest|Fernet|AESGCM|PBKDF2HMAC|ChaCha20Poly1305)\(|\bOpenSSL::(?:Cipher|HMAC|PKey)\b|\b(?:Cipher|Mac|Signature|KeyPairGenerator)\.getInstance\(|\bopenssl_(?:encrypt|decrypt|sign|verify)\(|\bsodium_crypto_\w+\(/,
  },
  {
    area: "concurrency",
    pattern:
      /\bnew SharedArrayBuffer\(|\bAtomics\.\w+\(|\bnavigator\.locks\.request\(|\bsync\.(?:Mutex|RWMutex|WaitGroup|Once|Cond|Pool|Map)\b|\batomic\.(?:Add|Load|Store|CompareAndSwap|Swap)\w*\(|\bgo func\(|\bmake\(chan\b|\b(?:threading|multiprocessing|asyncio)\.(?:Lock|RLock|Semaphore|Condition|Event|Barrier)\(|\b(?:ReentrantLock|ReentrantReadWriteLock|CountDownLatch|CyclicBarrier|ConcurrentHashMap|AtomicInteger|AtomicLong|AtomicReference|StampedLock)\b|\bsynchronized ?\(|\b(?:Mutex|RwLock|Condvar)::new\(|\btokio::(?:spawn|sync)\b|\bstd::(?:mutex|atomic|thread|lock_guard|unique_lock|condition_variable)\b|\bMonitor\.(?:Enter|Exit|Wait|Pulse)\(|\bSemaphoreSlim\b/,
  },
]; // prettier-ignore
