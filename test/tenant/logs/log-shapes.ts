import type { LogRecord } from '../../../src/tenant/store/records/logs/log-record.ts';

interface Shape {
  /** Members of the entry that the type must have, beside `type`, `date`, `log_id` and `description`. */
  readonly entry: readonly string[];
  /** Members that `details` must have; those with a question mark are optional. Empty: there may be no `details`. */
  readonly details: readonly string[];
}

const account = ['strategy', 'strategy_type'];
const web = ['hostname', 'ip'];
const login = ['completedAt?', 'elapsedTime?', 'initiatedAt?', 'prompts?', 'session_id?', 'actions?'];
const factor = ['authenticator?', 'session_id?'];

/**
 * The log types that the tenant writes, by Auth0's published log schemas (July 2026), in our own words: the required members,
 * and the members of `details` that the tenant uses. `actions` of failed logins, sign-ups and exchanges are not in the
 * schemas of `f`, `fsa`, `fs`, `feccft` and `fepft`; Auth0's page "Test Actions" shows them.
 */
export const logShapes: Readonly<Record<string, Shape>> = {
  s: { entry: [...web, ...account], details: login },
  ssa: { entry: web, details: login },
  f: { entry: [...web, ...account], details: ['error', 'actions?'] },
  fsa: { entry: web, details: ['actions?'] },
  fp: { entry: ['ip', ...account], details: ['error'] },
  fu: { entry: ['ip', ...account], details: ['error?'] },
  ss: { entry: [...web, ...account], details: ['body', 'actions?'] },
  fs: { entry: ['ip', ...account], details: ['actions?'] },
  limit_wc: { entry: web, details: ['error?'] },
  limit_mu: { entry: web, details: ['error?'] },
  si: { entry: [...web, 'client_name'], details: ['invitation'] },
  fi: { entry: [...web, 'client_name'], details: ['invitation'] },
  slo: { entry: web, details: ['allowed_logout_url?', 'return_to?', 'session_id?'] },
  flo: { entry: web, details: ['allowed_logout_url', 'return_to', 'session_id?'] },
  seacft: { entry: web, details: ['code?'] },
  feacft: { entry: web, details: ['code?'] },
  seccft: { entry: web, details: ['actions'] },
  feccft: { entry: web, details: ['actions?'] },
  sepft: { entry: ['ip'], details: ['actions?'] },
  fepft: { entry: web, details: ['actions?'] },
  seotpft: { entry: [...web, 'audience', 'client_name'], details: [] },
  feotpft: { entry: [...web, 'audience', 'client_name'], details: [] },
  sercft: { entry: [...web, 'audience', 'client_name'], details: [] },
  fercft: { entry: [...web, 'audience', 'client_name'], details: [] },
  sertft: { entry: ['ip'], details: ['actions?'] },
  fertft: { entry: web, details: ['actions?', 'failure_reason?'] },
  ferrt: { entry: [...web, 'client_name'], details: ['familyId', 'tokenCounter'] },
  scpr: { entry: ['ip', ...account], details: ['body'] },
  fcpr: { entry: ['ip', ...account], details: ['body'] },
  scp: { entry: ['ip', ...account], details: ['body', 'email?', 'query?', 'title?'] },
  fcp: { entry: ['ip', ...account], details: ['body', 'description', 'query', 'email?', 'title?'] },
  sv: { entry: ['ip'], details: ['body?', 'email?', 'query?', 'title?'] },
  fv: { entry: ['ip'], details: ['query', 'body?', 'email?', 'title?'] },
  svr: { entry: ['ip', ...account], details: ['body'] },
  sdu: { entry: ['ip', ...account], details: ['body'] },
  sce: { entry: ['ip', ...account], details: ['body'] },
  scu: { entry: ['ip', ...account], details: ['body'] },
  srrt: { entry: web, details: ['credential_id', 'audience?', 'session_id?'] },
  sapi: { entry: ['ip', 'client_id'], details: ['request', 'response', 'accessedSecrets?'] },
  mgmt_api_read: { entry: ['ip', 'client_id'], details: ['accessedSecrets', 'request', 'response'] },
  api_limit: { entry: ['hostname'], details: ['limit', 'request?'] },
  gd_start_auth: { entry: ['ip'], details: factor },
  gd_auth_succeed: { entry: ['ip'], details: factor },
  gd_auth_failed: { entry: ['ip'], details: [...factor, 'request', 'response'] },
  gd_start_enroll: { entry: ['ip'], details: factor },
  gd_enrollment_complete: { entry: ['ip'], details: factor },
  gd_otp_rate_limit_exceed: { entry: ['ip'], details: factor },
  gd_send_email: { entry: ['ip'], details: factor },
  gd_recovery_succeed: { entry: ['ip'], details: factor },
  gd_recovery_failed: { entry: ['ip'], details: factor },
  gd_unenroll: { entry: ['ip'], details: factor },
  w: { entry: account, details: ['method?', 'path?'] },
  actions_execution_failed: {
    entry: [...web, ...account],
    details: [
      'action_error?',
      'action_id',
      'action_name',
      'binding_id',
      'error_class',
      'execution_id',
      'trigger_id',
      'version_id',
    ],
  },
};

/**
 * Returns the mistakes in a log entry.
 *
 * @example
 * expect(findMistakes(entry)).toEqual([]);
 */
export function findMistakes(entry: LogRecord): string[] {
  const shape = logShapes[entry.type];
  if (shape === undefined) return [`the tenant should not write the type ${entry.type}`];
  const missing = shape.entry.filter((name) => typeof entry[name as keyof LogRecord] !== 'string');
  const required = shape.details.filter((name) => !name.endsWith('?'));
  const allowed = new Set(shape.details.map((name) => name.replace('?', '')));
  const present = Object.keys(entry.details ?? {});
  return [
    ...missing.map((name) => `${entry.type} lacks ${name}`),
    ...required.filter((name) => !present.includes(name)).map((name) => `${entry.type} lacks details.${name}`),
    ...present.filter((name) => !allowed.has(name)).map((name) => `${entry.type} has details.${name}`),
  ];
}
