import { z } from 'zod';
import { ApiError, notFound } from './api-error.ts';
import { type Answer, type Operation, operation } from './operation.ts';
import { checkpointParameters, listAnswer, offsetAnswer, offsetParameters, pagingOf } from './paged-list.ts';
import { pageLanguages } from './tenant-settings-names.ts';
import { emailTemplateNames, partialPrompts, textPrompts } from './unused-feature-names.ts';
import { unusedFeatureWrites } from './unused-feature-writes.ts';
import { validationMessage } from './validation-message.ts';

type Parameters = Readonly<Record<string, string>>;

/** The answer to a read of a feature that is not set up. */
interface Unused {
  readonly query?: z.ZodType;
  readonly answer: (query: Record<string, unknown>, params: Parameters) => Answer;
  /** The state that can be written, if it is unchanged. */
  readonly state?: unknown;
  /** @throws ApiError 400 if the path has an unknown name */
  readonly checkPath?: (params: Parameters) => void;
}

const none = { rows: [], total: 0 };

/** Settings that Auth0 creates with a tenant. */
const settings = (body: unknown): Unused => ({ answer: () => ({ status: 200, body }), state: body });

/** A list that is bare, or with `start`, `limit` and `total` if `include_totals` is set. */
const offsetList = (key: string): Unused => ({
  query: z.object(offsetParameters),
  answer: (query) => ({ status: 200, body: offsetAnswer(key, none, query, pagingOf(query), () => undefined) }),
});

/** A list in an object, with or without a checkpoint. */
const checkpointList = (key: string): Unused => ({
  query: z.object(checkpointParameters),
  answer: () => ({ status: 200, body: { [key]: [] } }),
});

/** A list that is bare unless requested by checkpoint. */
const eitherList = (key: string): Unused => ({
  query: z.object(checkpointParameters),
  answer: (query) => ({
    status: 200,
    body: listAnswer(
      key,
      query,
      () => none,
      () => undefined,
    ),
  }),
});

/** A resource that does not exist. */
const absent = (refuse: () => ApiError): Unused => ({
  answer: () => {
    throw refuse();
  },
});

/** The same answer for each name that the path can have. */
const named = (names: Readonly<Record<string, readonly string[]>>, unused: Unused): Unused => {
  const path = z.object(
    Object.fromEntries(Object.entries(names).map(([parameter, values]) => [parameter, z.enum(values)])),
  );
  const checkPath = (params: Parameters) => {
    const parsed = path.safeParse(params, { reportInput: true });
    if (!parsed.success) throw new ApiError(400, validationMessage('Path', parsed.error), 'invalid_uri');
  };
  return { ...unused, checkPath };
};

const noTemplate = () => notFound('The template does not exist.', 'inexistent_email_template');
const noProvider = () => notFound('There is not a configured email provider', 'inexistent_email_provider');
const noTheme = () => notFound('There was an error retrieving branding settings: invalid theme ID', 'theme_not_found');
const noProvisioning = () => notFound('Not Found');
const noSubscription = () =>
  new ApiError(403, 'Please upgrade your subscription to enable Akamai Signals.', 'insufficient_scope');

/**
 * Features that this tenant does not have, with Auth0's answers for a tenant that does not use them. Programs that read a whole
 * tenant, such as the deploy CLI's export, read these too.
 */
const unusedFeatures: Readonly<Record<string, Unused>> = {
  '/attack-protection/bot-detection': settings({
    challenge_password_policy: 'never',
    challenge_passwordless_policy: 'never',
    challenge_password_reset_policy: 'never',
    allowlist: [],
    bot_detection_level: 'medium',
    monitoring_mode_enabled: false,
  }),
  '/attack-protection/breached-password-detection': settings({
    enabled: false,
    shields: [],
    admin_notification_frequency: [],
    method: 'standard',
    stage: { 'pre-user-registration': { shields: [] }, 'pre-change-password': { shields: [] } },
  }),
  '/attack-protection/brute-force-protection': settings({
    enabled: true,
    shields: ['block', 'user_notification'],
    mode: 'count_per_identifier_and_ip',
    allowlist: [],
    max_attempts: 10,
  }),
  '/attack-protection/captcha': settings({
    active_provider_id: 'auth_challenge',
    simple_captcha: {},
    auth_challenge: { fail_open: false },
    recaptcha_v2: { site_key: '' },
    recaptcha_enterprise: { site_key: '', project_id: '' },
    hcaptcha: { site_key: '' },
    friendly_captcha: { site_key: '' },
    arkose: { site_key: '', client_subdomain: 'client-api', verify_subdomain: 'verify-api', fail_open: false },
  }),
  '/attack-protection/suspicious-ip-throttling': settings({
    enabled: true,
    shields: ['admin_notification', 'block'],
    allowlist: [],
    stage: {
      'pre-login': { max_attempts: 100, rate: 864_000 },
      'pre-user-registration': { max_attempts: 50, rate: 1200 },
      'pre-custom-token-exchange': { max_attempts: 10, rate: 600_000 },
    },
  }),
  '/branding': settings({}),
  '/branding/phone/providers': settings({ providers: [] }),
  '/branding/phone/templates': settings({ templates: [] }),
  '/branding/themes/default': absent(noTheme),
  '/connection-profiles': checkpointList('connection_profiles'),
  '/connections-directory-provisionings': checkpointList('directory_provisionings'),
  '/connections-scim-configurations': checkpointList('scim_configurations'),
  // The deploy CLI reads these for each connection of some strategies, and takes 404 for a connection without the feature.
  '/connections/{id}/directory-provisioning': absent(noProvisioning),
  '/connections/{id}/scim-configuration': absent(noProvisioning),
  '/custom-domains': eitherList('custom_domains'),
  '/email-templates/{templateName}': named({ templateName: emailTemplateNames }, absent(noTemplate)),
  '/emails/provider': absent(noProvider),
  '/event-streams': checkpointList('eventStreams'),
  '/flows': offsetList('flows'),
  '/flows/vault/connections': offsetList('connections'),
  '/forms': offsetList('forms'),
  '/guardian/factors/phone/message-types': settings({ message_types: [] }),
  '/guardian/factors/phone/selected-provider': settings({ provider: 'auth0' }),
  '/guardian/factors/push-notification/providers/sns': settings({}),
  '/guardian/factors/sms/providers/twilio': settings({}),
  '/guardian/factors/sms/templates': { answer: () => ({ status: 204 }) },
  '/guardian/policies': settings([]),
  '/hooks': offsetList('hooks'),
  '/log-streams': settings([]),
  '/network-acls': offsetList('network_acls'),
  '/prompts': settings({ universal_login_experience: 'new', identifier_first: false }),
  '/prompts/rendering': offsetList('configs'),
  '/prompts/{prompt}/custom-text/{language}': named({ prompt: textPrompts, language: pageLanguages }, settings({})),
  '/prompts/{prompt}/partials': named({ prompt: partialPrompts }, settings({})),
  '/rate-limit-policies': checkpointList('rate_limit_policies'),
  '/risk-assessments/settings': settings({ enabled: false }),
  '/risk-assessments/settings/new-device': settings({ remember_for: 30 }),
  '/rules': offsetList('rules'),
  '/rules-configs': settings([]),
  '/self-service-profiles': offsetList('self_service_profiles'),
  '/supplemental-signals': absent(noSubscription),
  '/token-exchange-profiles': checkpointList('token_exchange_profiles'),
  '/user-attribute-profiles': checkpointList('user_attribute_profiles'),
};

/**
 * Features that this tenant does not have. Each can be read, and written if nothing changes, as on an Auth0 tenant that
 * does not use the feature.
 *
 * @see https://auth0.com/docs/deploy-monitor/deploy-cli-tool
 */
export function unusedFeatureOperations(): Operation[] {
  const reads = Object.entries(unusedFeatures).map(([path, { query = z.object({}), answer, checkPath }]) =>
    operation({
      method: 'GET',
      path,
      query,
      handle: (call) => {
        checkPath?.(call.params);
        return answer(call.query as Record<string, unknown>, call.params);
      },
    }),
  );
  const writes = Object.entries(unusedFeatures).flatMap(([path, { state, checkPath }]) =>
    state === undefined ? [] : unusedFeatureWrites({ path, state, ...(checkPath && { checkPath }) }),
  );
  return [...reads, ...writes];
}
