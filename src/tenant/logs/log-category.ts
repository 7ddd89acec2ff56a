/** The types of log entries that Auth0 counts to a category of log streams. What is in none is `other`. */
const TYPES: Readonly<Record<string, string>> = {
  actions: 'actions_execution_failed',
  'auth.login.fail': 'f fc fco fcoa fens fp fu',
  'auth.login.notification': 'w',
  'auth.login.success': 's scoa sens',
  'auth.logout.fail': 'flo',
  'auth.logout.success': 'slo',
  'auth.signup.fail': 'fs',
  'auth.signup.success': 'ss',
  'auth.silent_auth.fail': 'fsa',
  'auth.silent_auth.success': 'ssa',
  'auth.token_exchange.fail': 'feacft feccft fede feoobft feotpft fepft fepotpft fercft ferrt fertft',
  'auth.token_exchange.success': 'seacft seccft sede seoobft seotpft sepft sercft sertft',
  'management.fail': 'fapi',
  'management.success': 'sapi mgmt_api_read',
  'system.notification': 'admin_update_launch api_limit coff con depnote fcpro fui limit_delegation limit_mu limit_wc',
  'user.fail': 'fce fcp fcpn fcpr fcu fd fdeac fdeaz fdecc fdu fn fv fvr',
  'user.notification':
    'cs du gd_auth_failed gd_auth_rejected gd_auth_succeed gd_enrollment_complete gd_otp_rate_limit_exceed gd_recovery_failed gd_recovery_rate_limit_exceed gd_recovery_succeed gd_send_email gd_send_pn gd_send_sms gd_send_voice gd_start_auth gd_start_enroll gd_tenant_update gd_unenroll gd_update_device_account gd_user_delete mfar pwd_leak ublkdu',
  'user.success': 'sce scp scpn scpr scu sd sdu srrt sui sv svr',
  'scim.event': 'sscim fscim',
};

const CATEGORIES = new Map(
  Object.entries(TYPES).flatMap(([category, types]) => types.split(' ').map((type) => [type, category] as const)),
);

/**
 * The category of a type of log entries, by which log streams are filtered.
 *
 * @example
 * logCategory('fp'); // 'auth.login.fail'
 * @see Auth0 docs: "Log Stream Filters".
 */
export function logCategory(type: string): string {
  return CATEGORIES.get(type) ?? 'other';
}
