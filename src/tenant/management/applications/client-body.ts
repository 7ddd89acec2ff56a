import { z } from 'zod';
import {
  anyObject,
  bodyOf,
  callbackUrl,
  metadata,
  nullableObject,
  plainName,
  uriOrEmpty,
  urlList,
  urlWithPlaceholders,
} from '../http/body-schemas.ts';
import { credentialReferenceMembers, newCredentialMembers } from './client-credential-body.ts';

const texts = z.array(z.string().min(1));

const jwtConfiguration = z.strictObject({
  lifetime_in_seconds: z.int().min(0).optional(),
  secret_encoded: z.boolean().optional(),
  scopes: anyObject.optional(),
  alg: z.enum(['HS256', 'RS256', 'RS512', 'PS256']).optional(),
});

const refreshToken = z.strictObject({
  rotation_type: z.enum(['rotating', 'non-rotating']),
  expiration_type: z.enum(['expiring', 'non-expiring']),
  leeway: z.int().min(0).max(3600).optional(),
  token_lifetime: z.int().min(1).max(157_788_000).optional(),
  infinite_token_lifetime: z.boolean().optional(),
  idle_token_lifetime: z.int().min(1).optional(),
  infinite_idle_token_lifetime: z.boolean().optional(),
  policies: z
    .array(z.strictObject({ audience: z.string().min(1), scope: texts }))
    .nullable()
    .optional(),
});

/** Source: the published description, `ClientAppTypeEnum`. Those after `express_configuration` are of integrations. */
const appType = z.enum([
  'native',
  'spa',
  'regular_web',
  'non_interactive',
  'resource_server',
  'express_configuration',
  'rms',
  'box',
  'cloudbees',
  'concur',
  'dropbox',
  'mscrm',
  'echosign',
  'egnyte',
  'newrelic',
  'office365',
  'salesforce',
  'sentry',
  'sharepoint',
  'slack',
  'springcm',
  'zendesk',
  'zoom',
  'sso_integration',
  'oag',
]);

/** Members of an application that can be set, both at creation and later. */
const members = {
  description: z.string().max(140).nullable(),
  logo_uri: uriOrEmpty.nullable(),
  callbacks: urlList(callbackUrl),
  oidc_logout: nullableObject,
  oidc_backchannel_logout: nullableObject,
  session_transfer: nullableObject,
  allowed_origins: urlList(urlWithPlaceholders),
  web_origins: urlList(urlWithPlaceholders),
  client_aliases: texts,
  allowed_clients: texts,
  allowed_logout_urls: urlList(urlWithPlaceholders),
  grant_types: texts,
  token_endpoint_auth_method: z.enum(['none', 'client_secret_post', 'client_secret_basic']).nullable(),
  is_token_endpoint_ip_header_trusted: z.boolean(),
  app_type: appType,
  is_first_party: z.boolean(),
  oidc_conformant: z.boolean(),
  jwt_configuration: jwtConfiguration,
  encryption_key: nullableObject,
  sso: z.boolean(),
  cross_origin_authentication: z.boolean(),
  cross_origin_loc: z.string().nullable(),
  sso_disabled: z.boolean(),
  custom_login_page_on: z.boolean(),
  custom_login_page: z.string().nullable(),
  custom_login_page_preview: z.string().nullable(),
  form_template: z.string().nullable(),
  addons: nullableObject,
  client_metadata: metadata,
  mobile: nullableObject,
  initiate_login_uri: uriOrEmpty.nullable(),
  native_social_login: nullableObject,
  fedcm_login: nullableObject,
  refresh_token: refreshToken.nullable(),
  default_organization: z
    .strictObject({
      organization_id: z.string().min(1),
      flows: z.array(z.enum(['client_credentials'])).min(1),
    })
    .nullable(),
  organization_usage: z.enum(['deny', 'allow', 'require']).nullable(),
  organization_require_behavior: z.enum(['no_prompt', 'pre_login_prompt', 'post_login_prompt']).nullable(),
  organization_discovery_methods: z
    .array(z.enum(['email', 'organization_name']))
    .min(1)
    .nullable(),
  require_pushed_authorization_requests: z.boolean(),
  require_proof_of_possession: z.boolean(),
  compliance_level: z
    .enum(['none', 'fapi1_adv_pkj_par', 'fapi1_adv_mtls_par', 'fapi2_sp_pkj_mtls', 'fapi2_sp_mtls_mtls'])
    .nullable(),
  skip_non_verifiable_callback_uri_confirmation_prompt: z.boolean().nullable(),
  token_exchange: nullableObject,
  identity_assertion_authorization_grant: z.strictObject({ active: z.boolean() }).nullable(),
  par_request_expiry: z.int().min(10).max(600).nullable(),
  token_quota: nullableObject,
  third_party_security_mode: z.enum(['strict', 'permissive']),
  redirection_policy: z.enum(['allow_always', 'open_redirect_protection']),
  express_configuration: nullableObject,
  my_organization_configuration: nullableObject,
  async_approval_notification_channels: z
    .array(z.enum(['guardian-push', 'email']))
    .min(1)
    .nullable(),
};

export const newClientBody = bodyOf({
  ...z.object(members).partial().shape,
  ...newCredentialMembers,
  name: plainName,
  resource_server_identifier: z.string().min(1).max(600).optional(),
});

export const clientPatchBody = bodyOf({
  ...z.object(members).partial().shape,
  ...credentialReferenceMembers,
  name: plainName.optional(),
  client_secret: z.string().min(1).max(1024).optional(),
});

export type NewClientBody = z.output<typeof newClientBody>;
export type ClientPatchBody = z.output<typeof clientPatchBody>;
