import type { CrashAt } from './common/crash-points.js';
import { ROLES, type Role } from './common/roles.js';
import type { Environment } from './environment.js';

/** What the rest of the house sees; frozen. Built by `readConfig` (src/read-config.ts), provided to Nest under this class. */
export class Config {
  readonly env: 'development' | 'test' | 'production';
  readonly production: boolean;
  readonly roles: ReadonlySet<Role>;
  readonly secretKey: Buffer;
  readonly previousSecretKeys: readonly Buffer[];
  readonly bullBoard: boolean;
  readonly requireIdempotencyKey: boolean;
  readonly metricsPublic: boolean;

  constructor(
    readonly values: Environment,
    /** Where a suite wants this process to end itself. */
    readonly crashAt: CrashAt | null = null,
  ) {
    this.env = values.LOOPGPT_ENV;
    this.production = this.env === 'production';
    this.roles = new Set(values.ROLES.includes('all') ? ROLES : (values.ROLES as Role[]));
    this.secretKey = values.LOOPGPT_SECRET_KEY
      ? Buffer.from(values.LOOPGPT_SECRET_KEY, 'base64')
      : DEVELOPMENT_SECRET_KEY;
    this.previousSecretKeys = (values.LOOPGPT_PREVIOUS_SECRET_KEYS ?? []).map((text) => Buffer.from(text, 'base64'));
    this.bullBoard = values.LOOPGPT_BULL_BOARD ?? !this.production;
    this.requireIdempotencyKey = values.LOOPGPT_REQUIRE_IDEMPOTENCY_KEY ?? this.production;
    this.metricsPublic = values.LOOPGPT_METRICS_PUBLIC ?? !this.production;
    Object.freeze(this);
  }

  get allRoles(): boolean {
    return ROLES.every((role) => this.roles.has(role));
  }
}

/** Where there is none; everybody who has the source has it. */
export const DEVELOPMENT_SECRET_KEY = Buffer.alloc(32, 'development only ');

/** The configuration as it is in force: the environment with the operators' switches over it. */
export type InForce = Config['values'] & {
  /** What was set over the environment, by name; an act that named a preset or a weight goes over weights of the environment. */
  readonly set?: ReadonlySet<string>;
};
