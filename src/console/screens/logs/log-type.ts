/** Names of the log types. */
const names: Readonly<Record<string, string>> = {
  s: 'Success Login',
  f: 'Failed Login',
  fp: 'Failed Login (wrong password)',
  fu: 'Failed Login (invalid email or username)',
  fsa: 'Failed Silent Auth',
  ssa: 'Success Silent Auth',
  slo: 'Success Logout',
  sslo: 'Logout Token Received',
  fslo: 'Logout Token Not Received',
  flo: 'Failed Logout',
  ss: 'Success Signup',
  fs: 'Failed Signup',
  seacft: 'Success Exchange: authorization code for access token',
  feacft: 'Failed Exchange: authorization code for access token',
  seccft: 'Success Exchange: client credentials for access token',
  feccft: 'Failed Exchange: client credentials for access token',
  sertft: 'Success Exchange: refresh token for access token',
  fertft: 'Failed Exchange: refresh token for access token',
  ferrt: 'Failed Exchange: rotating refresh token',
  sepft: 'Success Exchange: password for access token',
  fepft: 'Failed Exchange: password for access token',
  sapi: 'API Operation',
  mgmt_api_read: 'Management API read',
  srrt: 'Success Revocation: refresh token',
  scp: 'Success Change Password',
  fcp: 'Failed Change Password',
  scpr: 'Success Change Password Request',
  sce: 'Success Change Email',
  scu: 'Success Change Username',
  sv: 'Success Verification Email',
  fv: 'Failed Verification Email',
  sdu: 'Success User Deletion',
  limit_wc: 'Blocked Account',
  limit_mu: 'Blocked IP Address',
  api_limit: 'Rate Limit on the API',
  w: 'Warning',
};

/**
 * @see Auth0 docs: "Log Event Type Codes"
 * @example
 * nameOfLogType('s') // 'Success Login'
 */
export function nameOfLogType(type: string): string {
  return names[type] ?? type;
}

/** Whether a log type is a failure (these begin with `f`), a limit or a warning. */
export function isTrouble(type: string): boolean {
  return /^f/.test(type) || type === 'w' || type.includes('limit');
}
