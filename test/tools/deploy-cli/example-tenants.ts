import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';

/** Values of the keywords that both configurations use. Those of Rules are left out on purpose: nothing takes Rules. */
export const exampleKeywords = (domain: string): Readonly<Record<string, unknown>> => ({
  ENV: 'test',
  AUTH0_DOMAIN: domain,
  SIGNING_WORD: 'a signing word',
  STREAM_TOKEN: 'a token of the stream',
  PARTNER_ID: 'Kq4zTn8wLx2mPv6rBc9s',
  VAULT_SETUP: { type: 'OAUTH_APP', client_id: 'library', client_secret: 'of the vault', domain: 'library.example' },
  CAPTCHA_FRIENDLY_CAPTCHA_SITE_KEY: 'site',
  CAPTCHA_FRIENDLY_CAPTCHA_SECRET: 'secret',
  CAPTCHA_HCAPTCHA_SITE_KEY: 'site',
  CAPTCHA_HCAPTCHA_SECRET: 'secret',
  CAPTCHA_ARKOSE_SITE_KEY: 'site',
  CAPTCHA_ARKOSE_SECRET: 'secret',
});

const API = 'https://##ENV##.library.example/loans';
const postLogin =
  "exports.onExecutePostLogin = async (event, api) => api.idToken.setCustomClaim('https://l.test/day', require('ms')('1d'));\n";
const phone = "exports.onExecuteSendPhoneMessage = async () => require('actions:notice').note();\n";
const notice = "exports.note = () => require('ms')('1d');\n";
const signing = 'exports.sign = (event) => event.secrets.SIGNING_WORD;\n';
const exchange = 'exports.onExecuteCustomTokenExchange = async () => {};\n';
const stream = 'exports.onExecuteEventStream = async () => {};\n';
const script = 'function run(email, callback) { callback(null); }\n';
const page = '<html><body>Of the library</body></html>\n';
const mail = '<p>{{ application.name }} <a href="{{ url }}">here</a></p>\n';

const modules = [
  {
    name: 'signing',
    code: './action-modules/signing/code.js',
    all_changes_published: true,
    dependencies: [],
    secrets: [{ name: 'SIGNING_WORD', value: '##SIGNING_WORD##' }],
  },
  {
    name: 'notice',
    code: './action-modules/notice/code.js',
    all_changes_published: true,
    dependencies: [{ name: 'ms', version: '2.1.3' }],
    secrets: [],
  },
];
const actions = [
  {
    name: 'loan-day',
    code: './actions/loan-day/code.js',
    runtime: 'node22',
    status: 'built',
    deployed: true,
    dependencies: [{ name: 'ms', version: '2.1.3' }],
    secrets: [{ name: 'LOAN_SECRET', value: '_VALUE_NOT_SHOWN_' }],
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
  },
  {
    name: 'phone-notice',
    code: './actions/phone-notice/code.js',
    runtime: 'node22',
    status: 'built',
    deployed: true,
    dependencies: [],
    secrets: [],
    supported_triggers: [{ id: 'custom-phone-provider', version: 'v1' }],
    modules: [{ module_name: 'notice', module_version_number: 1 }],
  },
  {
    name: 'partner-exchange',
    code: './actions/partner-exchange/code.js',
    runtime: 'node22',
    deployed: true,
    supported_triggers: [{ id: 'custom-token-exchange', version: 'v1' }],
  },
  {
    name: 'new-reader',
    code: './actions/new-reader/code.js',
    runtime: 'node22',
    deployed: true,
    supported_triggers: [{ id: 'event-stream', version: 'v1' }],
  },
];
const codes = {
  'actions/loan-day/code.js': postLogin,
  'actions/phone-notice/code.js': phone,
  'actions/partner-exchange/code.js': exchange,
  'actions/new-reader/code.js': stream,
  'action-modules/signing/code.js': signing,
  'action-modules/notice/code.js': notice,
};
const triggers = {
  'post-login': [{ action_name: 'loan-day', display_name: 'Loan day' }],
  'credentials-exchange': [],
  'pre-user-registration': [],
  'post-user-registration': [],
  'post-change-password': [],
  'login-post-identifier': [],
  'signup-post-identifier': [],
};
const scripts = ['login', 'create', 'delete', 'get_user', 'change_email', 'change_password', 'verify'];
const attributes = {
  email: { unique: true, identifier: { active: true }, profile_required: true, verification_method: 'link' },
  username: { identifier: { active: false }, profile_required: false },
};
const clients = [
  { name: 'Catalogue', app_type: 'spa' },
  { name: 'Night shift', app_type: 'non_interactive' },
  {
    name: 'Pocket library',
    app_type: 'native',
    mobile: { android: { app_package_name: 'example.library.pocket' } },
    native_social_login: { google: { enabled: true } },
    oidc_logout: {
      backchannel_logout_urls: ['https://library.example/logout'],
      backchannel_logout_initiators: { mode: 'custom', selected_initiators: ['rp-logout', 'idp-logout'] },
      backchannel_logout_session_metadata: { include: true },
    },
  },
  { name: 'Loans', app_type: 'resource_server', resource_server_identifier: API },
  { name: 'Directory entry', app_type: 'regular_web' },
  {
    name: 'Branches',
    app_type: 'regular_web',
    express_configuration: {
      initiate_login_uri_template: 'https://library.example/start?org={organization_name}&conn={connection_name}',
      user_attribute_profile_id: 'Reader',
      connection_profile_id: 'Branch with its own directory',
      enable_client: true,
      enable_organization: true,
      okta_oin_client_id: 'Directory entry',
      admin_login_domain: 'login.library.example',
    },
  },
  {
    name: 'Partner desk',
    app_type: 'regular_web',
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    token_exchange: { allow_any_profile_of_type: ['custom_authentication', 'on_behalf_of_token_exchange'] },
  },
  {
    name: 'Reading assistant',
    external_client_id: 'https://assistant.library.example/.well-known/client.json',
    app_type: 'regular_web',
    grant_types: ['authorization_code', 'refresh_token'],
    oidc_conformant: true,
  },
];
const oidc = (issuer: string, jwks_uri: string, algorithm: string, format: string) => ({
  type: 'back_channel',
  issuer,
  jwks_uri,
  token_endpoint_auth_signing_alg: algorithm,
  id_token_signed_response_algs: ['RS256', algorithm],
  token_endpoint_jwtca_aud_format: format,
});
const connections = [
  {
    name: 'branch-workspace',
    strategy: 'google-apps',
    enabled_clients: ['Catalogue'],
    options: {
      domain: 'library.example',
      tenant_domain: 'library.example',
      client_id: 'branch',
      client_secret: 'of the branch',
      api_enable_groups: true,
      api_enable_users: true,
    },
    directory_provisioning_configuration: {
      mapping: [
        { auth0: 'email', idp: 'mail' },
        { auth0: 'name', idp: 'displayName' },
      ],
      synchronize_automatically: false,
      synchronize_groups: 'selected',
      synchronized_groups: [
        { id: 'librarians7', name: 'Librarians', email: 'librarians@library.example', direct_members_count: 7 },
      ],
    },
  },
  {
    name: 'branch-oidc',
    strategy: 'oidc',
    enabled_clients: ['Catalogue'],
    options: oidc('https://id.branch.example', 'https://id.branch.example/keys', 'RS384', 'token_endpoint'),
  },
  {
    name: 'branch-okta',
    strategy: 'okta',
    enabled_clients: ['Catalogue'],
    options: oidc('https://branch.okta.example/oauth2', 'https://branch.okta.example/keys', 'PS256', 'issuer'),
  },
];
const resourceServers = [
  {
    name: 'Loans',
    identifier: API,
    scopes: [
      { value: 'read:loans', description: 'See loans' },
      { value: 'write:loans', description: 'Lend' },
    ],
  },
];
const roles = [
  {
    name: 'Librarian',
    description: 'Lends',
    permissions: ['read:loans', 'write:loans'].map((permission_name) => ({
      permission_name,
      resource_server_identifier: API,
    })),
  },
  {
    name: 'Reader',
    description: 'Borrows',
    permissions: [{ permission_name: 'read:loans', resource_server_identifier: API }],
  },
];
const grant = { client_id: 'Night shift', audience: API, scope: ['write:loans'] };
const smtp = {
  name: 'smtp',
  enabled: true,
  credentials: { smtp_host: 'mail.library.example', smtp_port: 2525, smtp_user: 'desk', smtp_pass: 'of the desk' },
};
const captcha = {
  active_provider_id: 'friendly_captcha',
  ...Object.fromEntries(
    ['friendly_captcha', 'hcaptcha', 'arkose'].map((name) => [
      name,
      {
        site_key: `##CAPTCHA_${name.toUpperCase()}_SITE_KEY##`,
        secret: `##CAPTCHA_${name.toUpperCase()}_SECRET##`,
        ...(name === 'arkose' && { client_subdomain: 'client', verify_subdomain: 'verify', fail_open: false }),
      },
    ]),
  ),
};
const attackProtection = {
  botDetection: {
    bot_detection_level: 'medium',
    challenge_password_policy: 'when_risky',
    challenge_passwordless_policy: 'when_risky',
    challenge_password_reset_policy: 'when_risky',
    allowlist: ['192.0.2.0/24'],
    monitoring_mode_enabled: false,
  },
  captcha,
  breachedPasswordDetection: {
    enabled: true,
    shields: ['block', 'admin_notification'],
    admin_notification_frequency: ['immediately'],
    method: 'standard',
  },
  bruteForceProtection: {
    enabled: true,
    shields: ['block', 'user_notification'],
    mode: 'count_per_identifier_and_ip',
    allowlist: [],
    max_attempts: 9,
  },
  suspiciousIpThrottling: {
    enabled: true,
    shields: ['block', 'admin_notification'],
    allowlist: ['127.0.0.1'],
    stage: {
      'pre-login': { max_attempts: 90, rate: 864_000 },
      'pre-user-registration': { max_attempts: 40, rate: 1200 },
    },
  },
};
const customText = {
  en: {
    'login-id': { 'login-id': { 'invalid-email-format': 'This is no address.' } },
    passkeys: { 'passkey-enrollment': { title: 'A passkey of your own', createButtonText: 'Make one' } },
  },
};
const partials = {
  login: { login: { 'form-content-start': '<p>Quiet, please</p>' } },
  signup: { signup: { 'form-content-end': '<p>A card costs nothing</p>' } },
};
const renderer = (prompt: string, screen = prompt) => ({
  prompt,
  screen,
  rendering_mode: 'advanced',
  context_configuration: ['branding.settings', 'branding.themes.default'],
  default_head_tags_disabled: true,
  head_tags: [{ tag: 'script', attributes: { src: 'http://127.0.0.1:8090/screen.js', defer: true } }],
});
const rateLimit = (consumer_selector: string, configuration: object) => ({
  resource: 'oauth_authentication_api',
  consumer: 'client',
  consumer_selector,
  configuration,
});
const flow = {
  name: 'Keep the card',
  actions: [
    {
      id: 'keep_card',
      type: 'AUTH0',
      action: 'UPDATE_USER',
      allow_failure: false,
      mask_output: false,
      params: {
        connection_id: 'Vault of the library',
        user_id: '{{context.user.user_id}}',
        changes: { user_metadata: { card: '{{fields.card}}' } },
      },
    },
  ],
};
const form = {
  name: 'Ask for the card',
  languages: { primary: 'en' },
  nodes: [
    {
      id: 'flow_card',
      type: 'FLOW',
      coordinates: { x: 500, y: 0 },
      alias: 'keep',
      config: { flow_id: 'Keep the card', next_node: '$ending' },
    },
  ],
  start: { next_node: 'flow_card', coordinates: { x: 0, y: 0 } },
  ending: { resume_flow: true, coordinates: { x: 900, y: 0 } },
};
const sms = (text: string) => ({ from: '+15550111', body: { text, voice: text } });

/** Kinds that both configurations have, and whose resources are the same in both. */
const shared = {
  actionModules: modules,
  actions,
  clients,
  connectionProfiles: [
    {
      name: 'Branch with its own directory',
      organization: { show_as_button: 'required', assign_membership_on_login: 'required' },
      connection_name_prefix_template: 'lib-{org_name}',
      enabled_features: ['scim', 'universal_logout'],
      strategy_overrides: {
        samlp: { enabled_features: ['universal_logout'] },
        oidc: { enabled_features: ['scim', 'universal_logout'] },
      },
    },
    {
      name: 'Plain branch',
      organization: { show_as_button: 'optional', assign_membership_on_login: 'optional' },
      enabled_features: ['scim'],
    },
  ],
  customDomains: [
    {
      domain: 'login.library.example',
      type: 'auth0_managed_certs',
      tls_policy: 'recommended',
      domain_metadata: { desk: 'front' },
      relying_party_identifier: 'library.example',
    },
  ],
  eventStreams: [
    {
      name: 'To the card index',
      status: 'enabled',
      subscriptions: [{ event_type: 'user.created' }, { event_type: 'user.deleted' }],
      destination: {
        type: 'webhook',
        configuration: {
          webhook_endpoint: 'https://index.library.example/events',
          webhook_authorization: { method: 'bearer', token: '##STREAM_TOKEN##' },
        },
      },
    },
    {
      name: 'To an Action',
      status: 'enabled',
      subscriptions: [{ event_type: 'user.created' }],
      destination: { type: 'action', configuration: { action_id: 'new-reader' } },
    },
  ],
  flowVaultConnections: [{ name: 'Vault of the library', app_id: 'AUTH0', setup: '@@VAULT_SETUP@@' }],
  guardianFactors: ['sms', 'push-notification', 'otp'].map((name) => ({ name, enabled: true })),
  guardianFactorProviders: [
    { name: 'sms', provider: 'twilio', auth_token: 'token', sid: 'sid', messaging_service_sid: 'service' },
  ],
  guardianFactorTemplates: [
    { name: 'sms', enrollment_message: '{{code}} is for your card', verification_message: '{{code}} is for you' },
  ],
  networkACLs: [
    {
      description: 'Where we lend',
      active: true,
      priority: 2,
      rule: { action: { allow: true }, scope: 'authentication', match: { geo_country_codes: ['CH', 'LI'] } },
    },
  ],
  phoneTemplates: [
    { type: 'otp_verify', disabled: false, content: { ...sms('{{ code }} is your code') } },
    { type: 'otp_enroll', disabled: false, content: { ...sms('{{ code }} enrols you') } },
  ],
  rateLimitPolicies: [
    rateLimit('default', { action: 'block', limit: 100 }),
    rateLimit('third_party_clients', { action: 'log', limit: 50 }),
    rateLimit('client_id:##PARTNER_ID##', { action: 'redirect', limit: 10, redirect_uri: 'https://library.example/' }),
  ],
  resourceServers,
  roles,
  selfServiceProfiles: [
    {
      name: 'Branch set-up',
      description: 'For a branch',
      allowed_strategies: ['google-apps', 'keycloak-samlp', 'okta'],
      user_attributes: [
        { name: 'email', description: 'Address', is_optional: false },
        { name: 'name', description: 'Name', is_optional: true },
      ],
      branding: { colors: { primary: '#224466' } },
      customText: { en: { 'get-started': { introduction: 'Connect <b>your branch</b>.' } } },
    },
  ],
  tokenExchangeProfiles: [
    {
      name: 'Partner cards',
      type: 'custom_authentication',
      subject_token_type: 'urn:partner.example:card',
      action: 'partner-exchange',
    },
  ],
  userAttributeProfiles: [
    {
      name: 'Reader',
      user_attributes: {
        email: { label: 'E-mail', description: 'Address', profile_required: true, auth0_mapping: 'email' },
      },
    },
  ],
};
const twilio = (disabled: boolean) => ({
  name: 'twilio',
  disabled,
  configuration: { sid: 'AC7', default_from: '+15550111', delivery_methods: ['text', 'voice'] },
  credentials: { auth_token: 'of the phone' },
});

/** Writes a configuration with the kinds that the example of the deploy CLI in YAML has. */
export function writeExampleYaml(folder: string): void {
  const yaml = {
    ...shared,
    tenant: { friendly_name: 'The library' },
    pages: ['login', 'password_reset', 'guardian_multifactor', 'error_page'].map((name) => ({
      name,
      html: `pages/${name}.html`,
      ...(name === 'guardian_multifactor' && { enabled: false }),
    })),
    databases: [
      {
        name: 'readers',
        strategy: 'auth0',
        enabled_clients: ['Catalogue'],
        options: {
          enabledDatabaseCustomization: true,
          customScripts: Object.fromEntries(scripts.map((name) => [name, `databases/readers/${name}.js`])),
          attributes,
        },
      },
    ],
    connections: [
      ...connections,
      {
        name: 'branch-azure',
        strategy: 'waad',
        enabled_clients: ['Catalogue'],
        options: {
          tenant_domain: 'library.example',
          domain: 'library.example',
          client_id: 'branch',
          client_secret: 'of the branch',
          waad_protocol: 'openid-connect',
          api_enable_users: true,
          basic_profile: true,
          ext_profile: true,
          ext_groups: true,
        },
      },
    ],
    clientGrants: [grant],
    triggers,
    emailProvider: smtp,
    emailTemplates: ['verify_email', 'welcome_email', 'reset_email_by_code'].map((template) => ({
      template,
      enabled: true,
      syntax: 'liquid',
      from: 'desk@library.example',
      subject: 'From the library',
      body: 'emails/mail.html',
    })),
    phoneProviders: [twilio(false)],
    guardianPhoneFactorMessageTypes: { message_types: ['sms', 'voice'] },
    guardianPhoneFactorSelectedProvider: { provider: 'twilio' },
    guardianPolicies: { policies: ['all-applications'] },
    prompts: {
      identifier_first: false,
      customText,
      partials,
      screenRenderers: [
        { 'signup-id': { 'signup-id': './prompts/screenRenderSettings/signup-id_signup-id.json' } },
        { 'login-id': { 'login-id': './prompts/screenRenderSettings/login-id_login-id.json' } },
      ],
    },
    flows: [{ name: flow.name, body: './flows/keep.json' }],
    forms: [{ name: form.name, body: './forms/ask.json' }],
    attackProtection,
    riskAssessment: { settings: { enabled: false } },
    supplementalSignals: { akamai_enabled: true },
    organizations: [{ name: 'branch-one', display_name: 'Branch one', third_party_client_access: 'block' }],
  };
  writeFiles(folder, {
    // A comment and Rules ask for nothing.
    'tenant.yaml': `# With ##A_KEYWORD_OF_A_COMMENT##\n${stringify(yaml)}`,
    ...codes,
    'emails/mail.html': mail,
    'flows/keep.json': flow,
    'forms/ask.json': form,
    ...Object.fromEntries(yaml.pages.map(({ html }) => [html, page])),
    ...Object.fromEntries(scripts.map((name) => [`databases/readers/${name}.js`, script])),
    'prompts/screenRenderSettings/signup-id_signup-id.json': renderer('signup-id'),
    'prompts/screenRenderSettings/login-id_login-id.json': renderer('login-id'),
  });
}

/** Folders whose files are each one resource, with the member that names the file. */
const FOLDERS = {
  actionModules: 'action-modules',
  actions: 'actions',
  clients: 'clients',
  connectionProfiles: 'connection-profiles',
  eventStreams: 'event-streams',
  flowVaultConnections: 'flow-vault-connections',
  guardianFactors: 'guardian/factors',
  guardianFactorProviders: 'guardian/providers',
  guardianFactorTemplates: 'guardian/templates',
  networkACLs: 'network-acls',
  phoneTemplates: 'phone-templates',
  rateLimitPolicies: 'rate-limit-policies',
  resourceServers: 'resource-servers',
  roles: 'roles',
  selfServiceProfiles: 'self-service-profiles',
  tokenExchangeProfiles: 'token-exchange-profiles',
  userAttributeProfiles: 'user-attribute-profiles',
} as const;

/** Writes a configuration with the kinds that the example of the deploy CLI in folders has, Rules and a Hook included. */
export function writeExampleDirectory(folder: string): void {
  const templates = ['blocked_account', 'enrollment_email', 'reset_email', 'stolen_credentials', 'verify_email'];
  writeFiles(folder, {
    ...codes,
    ...Object.fromEntries(
      Object.entries(FOLDERS).flatMap(([kind, name]) =>
        shared[kind as keyof typeof FOLDERS].map((one, index) => [`${name}/${index}.json`, one]),
      ),
    ),
    'tenant.json': {
      friendly_name: 'The library',
      support_email: 'desk@library.example',
      session_lifetime: 168,
      idle_session_lifetime: 72,
      default_directory: 'readers',
    },
    'custom-domains/custom-domains.json': shared.customDomains,
    'phone-providers/provider.json': [twilio(true)],
    'emails/provider.json': smtp,
    ...Object.fromEntries(
      templates.flatMap((template) => [
        [`emails/${template}.html`, mail],
        [
          `emails/${template}.json`,
          { template, from: '', subject: '', syntax: 'liquid', body: `./${template}.html`, enabled: true },
        ],
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(attackProtection).map(([name, settings]) => [
        `attack-protection/${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.json`,
        settings,
      ]),
    ),
    'connections/facebook.json': {
      name: 'facebook',
      strategy: 'facebook',
      enabled_clients: ['Catalogue'],
      is_domain_connection: false,
      options: { client_id: '4711', client_secret: 'of the page', scope: 'email', email: true, public_profile: false },
    },
    ...Object.fromEntries(connections.map((connection) => [`connections/${connection.name}.json`, connection])),
    'database-connections/readers/database.json': {
      name: 'readers',
      strategy: 'auth0',
      enabled_clients: ['Catalogue'],
      realms: ['readers'],
      options: {
        requires_username: false,
        enabledDatabaseCustomization: true,
        import_mode: true,
        customScripts: { login: './login.js', get_user: './get_user.js' },
        attributes,
      },
    },
    'database-connections/readers/login.js': script,
    'database-connections/readers/get_user.js': script,
    'flows/keep.json': flow,
    'forms/ask.json': form,
    'grants/night.json': grant,
    'guardian/phoneFactorMessageTypes.json': { message_types: ['sms', 'voice'] },
    'guardian/phoneFactorSelectedProvider.json': { provider: 'twilio' },
    'guardian/policies.json': { policies: ['all-applications'] },
    'pages/login.json': { name: 'login', enabled: true },
    'pages/login.html': page,
    'pages/password_reset.json': { name: 'password_reset', enabled: false },
    'pages/password_reset.html': page,
    'prompts/prompts.json': { universal_login_experience: 'new', identifier_first: false },
    'prompts/custom-text.json': customText,
    'prompts/partials.json': {
      login: [{ login: [{ name: 'form-content-start', template: 'partials/login/login/form-content-start.liquid' }] }],
    },
    'prompts/partials/login/login/form-content-start.liquid': '<p>Quiet, please</p>',
    'prompts/screenRenderSettings/login-id_login-id.json': renderer('login-id'),
    'risk-assessment/settings.json': { settings: { enabled: false } },
    'supplemental-signals.json': { akamai_enabled: true },
    'triggers/triggers.json': triggers,
  });
}

/** Adds what nothing takes any more, with keywords that have no values. */
export function writeRules(folder: string): void {
  writeFiles(folder, {
    'rules/old.json': { name: 'Old', enabled: true, order: 1, stage: 'login_success', script: './old.js' },
    'rules/old.js': 'function old(user, context, callback) { callback(null, user, "##RULE_WORD##"); }\n',
    'rules-configs/KEY.json': { key: 'KEY', value: '##RULE_SECRET##' },
    'hooks/old.json': { name: 'old', triggerId: 'credentials-exchange', script: './old.js', enabled: true },
    'hooks/old.js': 'module.exports = () => "##HOOK_WORD##";\n',
  });
}

function writeFiles(folder: string, files: Readonly<Record<string, unknown>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
}
