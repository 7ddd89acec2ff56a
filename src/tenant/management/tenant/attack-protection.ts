import { isObject, type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { type Setting, setting } from '../resources/setting.ts';

/** Auth0's settings of a new tenant. */
const attackProtection = {
  '/attack-protection/bot-detection': {
    called: 'bot detection settings',
    initial: {
      challenge_password_policy: 'never',
      challenge_passwordless_policy: 'never',
      challenge_password_reset_policy: 'never',
      allowlist: [],
      bot_detection_level: 'medium',
      monitoring_mode_enabled: false,
    },
  },
  '/attack-protection/breached-password-detection': {
    called: 'breached password detection settings',
    initial: {
      enabled: false,
      shields: [],
      admin_notification_frequency: [],
      method: 'standard',
      stage: { 'pre-user-registration': { shields: [] }, 'pre-change-password': { shields: [] } },
    },
  },
  '/attack-protection/brute-force-protection': {
    called: 'brute force protection settings',
    initial: {
      enabled: true,
      shields: ['block', 'user_notification'],
      mode: 'count_per_identifier_and_ip',
      allowlist: [],
      max_attempts: 10,
    },
  },
  '/attack-protection/captcha': {
    called: 'CAPTCHA settings',
    initial: {
      active_provider_id: 'auth_challenge',
      simple_captcha: {},
      auth_challenge: { fail_open: false },
      recaptcha_v2: { site_key: '' },
      recaptcha_enterprise: { site_key: '', project_id: '' },
      hcaptcha: { site_key: '' },
      friendly_captcha: { site_key: '' },
      arkose: { site_key: '', client_subdomain: 'client-api', verify_subdomain: 'verify-api', fail_open: false },
    },
    present: withoutCaptchaSecrets,
  },
  '/attack-protection/phone-provider-protection': {
    called: 'phone provider protection settings',
    initial: { type: 'exponential' },
  },
  '/attack-protection/suspicious-ip-throttling': {
    called: 'suspicious IP throttling settings',
    initial: {
      enabled: true,
      shields: ['admin_notification', 'block'],
      allowlist: [],
      stage: {
        'pre-login': { max_attempts: 100, rate: 864_000 },
        'pre-user-registration': { max_attempts: 50, rate: 1200 },
        'pre-custom-token-exchange': { max_attempts: 10, rate: 600_000 },
      },
    },
  },
} as const satisfies Record<string, Omit<Setting, 'path'>>;

/**
 * Protection against attacks: `/attack-protection`. A change keeps the members that it does not name.
 *
 * @see https://auth0.com/docs/secure/attack-protection
 */
export function attackProtectionOperations(dependencies: ManagementDependencies): Operation[] {
  return Object.entries<Omit<Setting, 'path'>>(attackProtection).flatMap(([path, definition]) =>
    setting({ path, ...definition, beforeChange: (next, present) => merged(present, next) })(dependencies),
  );
}

/** Objects are merged at every depth; everything else is replaced. */
function merged(present: JsonValue | undefined, next: JsonValue): JsonValue {
  if (!isObject(present) || !isObject(next)) return next;
  return {
    ...present,
    ...Object.fromEntries(Object.entries(next).map(([name, value]) => [name, merged(present[name], value ?? null)])),
  };
}

/** The secret of a provider is never answered. */
function withoutCaptchaSecrets(value: JsonValue): JsonObject {
  return Object.fromEntries(
    Object.entries(objectOf(value)).map(([name, provider]) => {
      if (!isObject(provider)) return [name, provider];
      const { secret, api_key, ...shown } = provider;
      return [name, shown];
    }),
  );
}
