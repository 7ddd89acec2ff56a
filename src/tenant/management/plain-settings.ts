import { type JsonValue, objectOf } from '../store/json-value.ts';
import { ApiError, notFound } from './http/api-error.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import type { Operation } from './operation.ts';
import type { ResourceCall } from './resources/collection.ts';
import { setting } from './resources/setting.ts';

const factors = '/guardian/factors';
const push = `${factors}/push-notification`;

/** A credential that is answered to the request that sets it, and never again. */
const without =
  (...secrets: string[]) =>
  (value: JsonValue): JsonValue =>
    Object.fromEntries(Object.entries(objectOf(value)).filter(([name]) => !secrets.includes(name)));

/** A read shows whether the provider is set; the answer to a change does not. */
const apns = (value: JsonValue, { body }: ResourceCall): JsonValue => {
  const { p12, ...settings } = objectOf(value);
  return Object.keys(body).length === 0 && p12 !== undefined ? { ...settings, enabled: true } : settings;
};

const completeWebauthn = (value: JsonValue): JsonValue => ({ overrideRelyingParty: false, ...objectOf(value) });

/** Settings that are stored and shown, and that nothing else in the tenant looks at. */
const plainSettings = [
  setting({
    path: '/prompts',
    called: 'prompt settings',
    initial: { universal_login_experience: 'new', identifier_first: false },
  }),
  setting({ path: '/risk-assessments/settings', called: 'risk assessment settings', initial: { enabled: false } }),
  setting({
    path: '/risk-assessments/settings/new-device',
    called: 'new device assessment',
    initial: { remember_for: 30 },
  }),
  setting({
    path: '/supplemental-signals',
    called: 'supplemental signals',
    patchCreates: true,
    missing: () =>
      new ApiError(403, 'Please upgrade your subscription to enable Akamai Signals.', 'insufficient_scope'),
  }),
  setting({ path: '/guardian/policies', called: 'multi-factor authentication policies', initial: [] }),
  setting({
    path: `${factors}/webauthn-platform/settings`,
    called: 'WebAuthn settings',
    initial: { overrideRelyingParty: false },
    present: completeWebauthn,
  }),
  setting({
    path: `${factors}/webauthn-roaming/settings`,
    called: 'WebAuthn settings',
    initial: { userVerification: 'required', overrideRelyingParty: false },
    present: completeWebauthn,
  }),
  setting({ path: '/prompts/mfa-push', called: 'app of the push notifications', initial: {} }),
  setting({ path: `${factors}/duo/settings`, called: 'Duo settings', initial: {} }),
  setting({ path: `${factors}/phone/message-types`, called: 'phone message types', initial: { message_types: [] } }),
  setting({ path: `${factors}/phone/providers/twilio`, called: 'Twilio settings', initial: {} }),
  setting({ path: `${factors}/phone/selected-provider`, called: 'phone provider', initial: { provider: 'auth0' } }),
  setting({ path: `${factors}/phone/templates`, called: 'phone templates', initial: {} }),
  setting({ path: `${push}/providers/apns`, called: 'APNS settings', initial: {}, present: apns }),
  setting({ path: `${push}/providers/fcm`, called: 'FCM settings', initial: {}, present: without('server_key') }),
  setting({
    path: `${push}/providers/fcmv1`,
    called: 'FCM v1 settings',
    initial: {},
    present: without('server_credentials'),
  }),
  setting({
    path: `${push}/providers/sns`,
    called: 'SNS settings',
    initial: {},
    present: (value, call) => (Object.keys(call.body).length === 0 ? without('aws_secret_access_key')(value) : value),
  }),
  setting({ path: `${push}/selected-provider`, called: 'push provider', initial: { provider: 'guardian' } }),
  setting({ path: `${factors}/sms/providers/twilio`, called: 'Twilio settings', initial: {} }),
  setting({ path: `${factors}/sms/selected-provider`, called: 'SMS provider', initial: { provider: 'auth0' } }),
  setting({ path: `${factors}/sms/templates`, called: 'SMS templates', initial: {} }),
  setting({
    path: '/emails/provider',
    called: 'email provider',
    missing: () => notFound('There is not a configured email provider', 'inexistent_email_provider'),
    taken: () => new ApiError(409, 'There is already a configured email provider', 'email_provider_conflict'),
    beforeChange: changedMailProvider,
    present: withoutMailSecrets,
  }),
  setting({
    path: '/prompts/{prompt}/custom-text/{language}',
    called: 'custom text of a prompt',
    initial: {},
    beforeChange: withoutEmpty,
  }),
  setting({
    path: '/prompts/{prompt}/partials',
    called: 'partials of a prompt',
    initial: {},
    beforeChange: withoutEmpty,
  }),
];

/** The settings of a provider end with it: another provider has none, unless the change sets them. */
function changedMailProvider(next: JsonValue, before: JsonValue | undefined, { body }: ResourceCall): JsonValue {
  const { settings, ...provider } = objectOf(next);
  const isAnother = provider.name !== objectOf(before).name && body.settings === undefined;
  return { enabled: true, ...provider, ...(settings !== undefined && !isAnother && { settings }) };
}

/** An empty screen is no screen. */
function withoutEmpty(next: JsonValue): JsonValue {
  return Object.fromEntries(
    Object.entries(objectOf(next)).filter(([, screen]) => Object.keys(objectOf(screen)).length > 0),
  );
}

/** A provider's passwords and keys are never answered. */
function withoutMailSecrets(value: JsonValue): JsonValue {
  const { credentials, ...shown } = objectOf(value);
  const secrets = [
    'smtp_pass',
    'api_key',
    'accessKeyId',
    'secretAccessKey',
    'connectionString',
    'clientSecret',
    'clientId',
    'tenantId',
    'azure_cs_connection_string',
  ];
  return { ...shown, ...(credentials !== undefined && { credentials: without(...secrets)(credentials) }) };
}

export function plainSettingOperations(dependencies: ManagementDependencies): Operation[] {
  return plainSettings.flatMap((operations) => operations(dependencies));
}
