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
  sui: 'Success Users Import',
  sd: 'Success Delegation',
  svr: 'Success Verification Email Request',
  fcpr: 'Failed Change Password Request',
  sv: 'Success Verification Email',
  fv: 'Failed Verification Email',
  sdu: 'Success User Deletion',
  actions_execution_failed: 'Action Failed',
  acls_summary: 'Network ACL',
  gd_start_enroll: 'Factor Enrollment Started',
  gd_enrollment_complete: 'Factor Enrolled',
  gd_start_auth: 'Factor Asked',
  gd_auth_succeed: 'Factor Passed',
  gd_auth_failed: 'Factor Failed',
  gd_unenroll: 'Factor Removed',
  gd_recovery_succeed: 'Recovery Code Passed',
  gd_recovery_failed: 'Recovery Code Failed',
  gd_send_email: 'Factor Code Sent by Email',
  gd_send_sms: 'Factor Code Sent by SMS',
  gd_otp_rate_limit_exceed: 'Too Many Factor Attempts',
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

/** Whether a log type is a failure (many begin with `f`), a limit or a warning. */
export function isTrouble(type: string): boolean {
  return /^f|failed/.test(type) || type === 'w' || type.includes('limit');
}
