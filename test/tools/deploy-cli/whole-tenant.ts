import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Values that stand behind `##NAME##` in the folder, and in what the deploy CLI exports in place of a secret. */
export const secrets = {
  SMTP_USER: 'mailer',
  SMTP_PASS: 'smtp-secret',
  TWILIO_AUTH_TOKEN: 'twilio-secret',
  CONNECTIONS_FACEBOOK_SECRET: 'facebook-secret',
  CONNECTIONS_OIDC_SECRET: 'staff-secret',
  LEDGER_KEY: 'ledger-secret',
  VAULT_SECRET: 'vault-secret',
} as const;

const postLogin = `exports.onExecutePostLogin = async (event, api) => {
  api.idToken.setCustomClaim('https://shop.example/plan', require('actions:ledger').planOf(event));
};
`;
const ledger = "exports.planOf = (event) => (event.secrets.LEDGER_KEY ? 'paid' : 'free');\n";
const nothing = 'exports.onExecuteEventStream = async () => {};\n';
const exchange = 'exports.onExecuteCustomTokenExchange = async () => {};\n';
const script = 'function run(email, callback) { callback(null); }\n';
const page = '<html><body>Our own page</body></html>\n';

const flow = {
  name: 'Ask for the address',
  actions: [
    {
      id: 'keep_street',
      type: 'AUTH0',
      action: 'UPDATE_USER',
      allow_failure: false,
      mask_output: false,
      params: {
        connection_id: 'This tenant',
        user_id: '{{context.user.user_id}}',
        changes: { user_metadata: { street: '{{fields.street}}' } },
      },
    },
  ],
};
const form = {
  name: 'Address',
  languages: { primary: 'en' },
  nodes: [
    {
      id: 'step_street',
      type: 'STEP',
      coordinates: { x: 500, y: 0 },
      alias: 'Street',
      config: {
        components: [
          {
            id: 'street',
            category: 'FIELD',
            type: 'TEXT',
            label: 'Street',
            required: true,
            sensitive: false,
            config: { multiline: false, min_length: 1, max_length: 80 },
          },
          { id: 'next_street', category: 'BLOCK', type: 'NEXT_BUTTON', config: { text: 'Next' } },
        ],
        next_node: 'flow_keep',
      },
    },
    {
      id: 'flow_keep',
      type: 'FLOW',
      coordinates: { x: 1000, y: 0 },
      alias: 'Keep',
      config: { flow_id: 'Ask for the address', next_node: '$ending' },
    },
  ],
  start: { next_node: 'step_street', coordinates: { x: 0, y: 0 } },
  ending: { resume_flow: true, coordinates: { x: 1500, y: 0 } },
};

const everything = (audience: string) => ({
  tenant: {
    friendly_name: 'Shop',
    support_email: 'help@shop.example',
    support_url: 'https://shop.example/help',
    enabled_locales: ['en', 'de'],
    session_lifetime: 72,
    idle_session_lifetime: 24,
    flags: { enable_pipeline2: true, revoke_refresh_token_grant: true },
  },
  branding: { colors: { primary: '#335577', page_background: '#ffffff' }, logo_url: 'https://shop.example/logo.png' },
  themes: [theme()],
  resourceServers: [
    {
      name: 'Orders',
      identifier: 'https://orders.shop.example',
      scopes: [{ value: 'read:orders', description: 'Read orders' }, { value: 'write:orders' }],
      allow_offline_access: true,
      enforce_policies: true,
      token_dialect: 'access_token_authz',
      signing_alg: 'RS256',
    },
  ],
  roles: [
    {
      name: 'Clerk',
      description: 'Sells',
      permissions: [{ permission_name: 'read:orders', resource_server_identifier: 'https://orders.shop.example' }],
    },
    { name: 'ORG:SHOP', description: 'Belongs to the shop', permissions: [] },
  ],
  clients: [
    {
      name: 'Shop',
      app_type: 'regular_web',
      description: 'The shop itself',
      callbacks: ['https://shop.example/callback'],
      allowed_logout_urls: ['https://shop.example'],
      grant_types: ['authorization_code', 'refresh_token'],
      oidc_conformant: true,
      client_metadata: { team: 'sales' },
      oidc_logout: {
        backchannel_logout_urls: ['https://shop.example/logout'],
        backchannel_logout_initiators: { mode: 'custom', selected_initiators: ['rp-logout', 'idp-logout'] },
      },
      refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring', leeway: 10, token_lifetime: 86_400 },
    },
    {
      name: 'Shop in the browser',
      app_type: 'spa',
      web_origins: ['https://shop.example'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'none',
      oidc_conformant: true,
    },
    {
      name: 'Shop on the phone',
      app_type: 'native',
      mobile: { android: { app_package_name: 'example.shop.android' } },
      native_social_login: { google: { enabled: true } },
    },
    { name: 'Nightly', app_type: 'non_interactive', grant_types: ['client_credentials'] },
    {
      name: 'Exchange',
      app_type: 'regular_web',
      token_exchange: { allow_any_profile_of_type: ['custom_authentication'] },
    },
  ],
  clientGrants: [
    { client_id: 'Nightly', audience: 'https://orders.shop.example', scope: ['read:orders'] },
    { client_id: 'Nightly', audience, scope: ['read:users', 'read:roles'] },
  ],
  databases: [
    {
      name: 'customers',
      strategy: 'auth0',
      enabled_clients: ['Shop'],
      options: {
        passwordPolicy: 'good',
        requires_username: true,
        enabledDatabaseCustomization: true,
        import_mode: false,
        customScripts: {
          login: './databases/customers/login.js',
          get_user: './databases/customers/get_user.js',
        },
      },
    },
  ],
  connections: [
    {
      name: 'facebook',
      strategy: 'facebook',
      enabled_clients: ['Shop'],
      options: { client_id: '1234', client_secret: '##CONNECTIONS_FACEBOOK_SECRET##', scope: 'email', email: true },
    },
    {
      name: 'staff',
      strategy: 'oidc',
      display_name: 'Staff',
      enabled_clients: ['Shop'],
      options: {
        type: 'back_channel',
        client_id: 'shop',
        client_secret: '##CONNECTIONS_OIDC_SECRET##',
        scope: 'openid profile email',
        issuer: 'https://login.staff.example',
        authorization_endpoint: 'https://login.staff.example/authorize',
        token_endpoint: 'https://login.staff.example/token',
        jwks_uri: 'https://login.staff.example/keys',
      },
    },
    { name: 'sms', strategy: 'sms', options: { name: 'sms', from: '+15550100', syntax: 'md_with_macros' } },
  ],
  organizations: [
    {
      name: 'wholesale',
      display_name: 'Wholesale',
      branding: { colors: { primary: '#335577', page_background: '#ffffff' } },
      connections: [
        {
          name: 'customers',
          assign_membership_on_login: false,
          show_as_button: true,
          is_enabled: false,
          organization_access_level: 'limited',
        },
      ],
      clients: [{ client_id: 'Shop', use_for_member_access: true }],
    },
  ],
  actionModules: [
    {
      name: 'ledger',
      code: './actions/ledger.js',
      all_changes_published: true,
      secrets: [{ name: 'LEDGER_KEY', value: '##LEDGER_KEY##' }],
      dependencies: [],
    },
  ],
  actions: [
    {
      name: 'Say the plan',
      code: './actions/post-login.js',
      runtime: 'node22',
      deployed: true,
      dependencies: [],
      modules: [{ module_name: 'ledger', module_version_number: 1 }],
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
    },
    {
      name: 'Note new customers',
      code: './actions/nothing.js',
      runtime: 'node22',
      deployed: true,
      supported_triggers: [{ id: 'event-stream', version: 'v1' }],
    },
    {
      name: 'Exchange tokens',
      code: './actions/exchange.js',
      runtime: 'node22',
      deployed: true,
      supported_triggers: [{ id: 'custom-token-exchange', version: 'v1' }],
    },
  ],
  triggers: {
    'post-login': [{ action_name: 'Say the plan', display_name: 'Say the plan' }],
    'credentials-exchange': [],
    'pre-user-registration': [],
    'login-post-identifier': [],
    'signup-post-identifier': [],
  },
  tokenExchangeProfiles: [
    {
      name: 'Partners',
      type: 'custom_authentication',
      subject_token_type: 'urn:partner.example:token',
      action: 'Exchange tokens',
    },
  ],
  rules: [{ name: 'Older rule', script: './rules/older.js', stage: 'login_success', order: 10, enabled: false }],
  rulesConfigs: [],
  pages: [
    { name: 'login', html: './pages/login.html', enabled: false },
    { name: 'error_page', html: './pages/error.html', show_log_link: false },
  ],
  emailProvider: {
    name: 'smtp',
    enabled: true,
    default_from_address: 'shop@shop.example',
    credentials: {
      smtp_host: 'mail.shop.example',
      smtp_port: 587,
      smtp_user: '##SMTP_USER##',
      smtp_pass: '##SMTP_PASS##',
    },
  },
  emailTemplates: [
    {
      template: 'verify_email',
      body: './emails/verify.html',
      enabled: true,
      from: 'shop@shop.example',
      subject: 'Please verify {{ user.email }}',
      syntax: 'liquid',
      urlLifetimeInSeconds: 432_000,
    },
    {
      template: 'welcome_email',
      body: './emails/verify.html',
      enabled: false,
      from: '',
      subject: 'Welcome',
      syntax: 'liquid',
    },
  ],
  phoneProviders: [
    {
      name: 'twilio',
      disabled: false,
      configuration: { sid: 'AC1', default_from: '+15550100', delivery_methods: ['text'] },
      credentials: { auth_token: '##TWILIO_AUTH_TOKEN##' },
    },
  ],
  guardianFactors: [
    { name: 'otp', enabled: true },
    { name: 'email', enabled: false },
    { name: 'recovery-code', enabled: true },
  ],
  guardianPolicies: { policies: [] },
  guardianPhoneFactorMessageTypes: { message_types: ['sms'] },
  guardianPhoneFactorSelectedProvider: { provider: 'auth0' },
  attackProtection: {
    bruteForceProtection: {
      enabled: true,
      shields: ['block', 'user_notification'],
      mode: 'count_per_identifier_and_ip',
      allowlist: ['192.0.2.1'],
      max_attempts: 8,
    },
    breachedPasswordDetection: {
      enabled: true,
      shields: ['block'],
      admin_notification_frequency: [],
      method: 'standard',
    },
    suspiciousIpThrottling: {
      enabled: true,
      shields: ['block'],
      allowlist: [],
      stage: {
        'pre-login': { max_attempts: 90, rate: 864_000 },
        'pre-user-registration': { max_attempts: 40, rate: 1200 },
      },
    },
  },
  prompts: {
    universal_login_experience: 'new',
    identifier_first: false,
    customText: { en: { login: { login: { title: 'The shop' } } }, de: { login: { login: { title: 'Der Laden' } } } },
    partials: { login: { login: { 'form-content-start': '<p>Open from nine to six</p>' } } },
  },
  flowVaultConnections: [
    {
      name: 'This tenant',
      app_id: 'AUTH0',
      setup: { type: 'OAUTH_APP', client_id: 'shop', client_secret: '##VAULT_SECRET##', domain: 'shop.example' },
    },
  ],
  flows: [{ name: flow.name, body: './flows/address.json' }],
  forms: [{ name: form.name, body: './forms/address.json' }],
  logStreams: [
    {
      name: 'Archive',
      type: 'http',
      status: 'active',
      sink: { httpEndpoint: 'https://archive.shop.example/logs', httpContentFormat: 'JSONLINES' },
    },
  ],
  networkACLs: [
    {
      description: 'No network of ours',
      active: false,
      priority: 3,
      rule: { action: { block: true }, scope: 'authentication', match: { ipv4_cidrs: ['198.51.100.0/24'] } },
    },
  ],
  customDomains: [{ domain: 'login.shop.example', type: 'auth0_managed_certs', domain_metadata: { shop: 'main' } }],
  connectionProfiles: [
    {
      name: 'Business customers',
      organization: { show_as_button: 'required', assign_membership_on_login: 'required' },
      connection_name_prefix_template: 'biz-{org_name}',
      enabled_features: ['scim'],
    },
  ],
  userAttributeProfiles: [
    {
      name: 'Contact',
      user_attributes: {
        email: { label: 'E-mail', description: 'Address', profile_required: true, auth0_mapping: 'email' },
      },
    },
  ],
  selfServiceProfiles: [
    {
      name: 'Business set-up',
      description: 'For business customers',
      allowed_strategies: ['oidc', 'okta'],
      user_attributes: [{ name: 'email', description: 'Address', is_optional: false }],
      branding: { colors: { primary: '#335577' } },
      customText: { en: { 'get-started': { introduction: 'Connect your company.' } } },
    },
  ],
  eventStreams: [
    {
      name: 'New customers',
      status: 'enabled',
      subscriptions: [{ event_type: 'user.created' }],
      destination: { type: 'action', configuration: { action_id: 'Note new customers' } },
    },
  ],
  rateLimitPolicies: [
    {
      resource: 'oauth_authentication_api',
      consumer: 'client',
      consumer_selector: 'third_party_clients',
      configuration: { action: 'log', limit: 50 },
    },
  ],
  riskAssessment: { settings: { enabled: false } },
  supplementalSignals: { akamai_enabled: true },
});

function theme() {
  return {
    displayName: 'Shop',
    borders: {
      button_border_radius: 3,
      button_border_weight: 1,
      buttons_style: 'rounded',
      input_border_radius: 3,
      input_border_weight: 1,
      inputs_style: 'rounded',
      show_widget_shadow: true,
      widget_border_weight: 0,
      widget_corner_radius: 5,
    },
    colors: {
      base_focus_color: '#335577',
      base_hover_color: '#000000',
      body_text: '#1e212a',
      error: '#d03c38',
      header: '#1e212a',
      icons: '#65676e',
      input_background: '#ffffff',
      input_border: '#c9cace',
      input_filled_text: '#000000',
      input_labels_placeholders: '#65676e',
      links_focused_components: '#335577',
      primary_button: '#335577',
      primary_button_label: '#ffffff',
      secondary_button_border: '#c9cace',
      secondary_button_label: '#1e212a',
      success: '#13a688',
      widget_background: '#ffffff',
      widget_border: '#c9cace',
    },
    fonts: {
      body_text: { bold: false, size: 87.5 },
      buttons_text: { bold: false, size: 100 },
      font_url: '',
      input_labels: { bold: false, size: 100 },
      links: { bold: true, size: 87.5 },
      links_style: 'normal',
      reference_text_size: 16,
      subtitle: { bold: false, size: 87.5 },
      title: { bold: false, size: 150 },
    },
    page_background: { background_color: '#ffffff', background_image_url: '', page_layout: 'center' },
    widget: {
      header_text_alignment: 'center',
      logo_height: 52,
      logo_position: 'center',
      logo_url: '',
      social_buttons_layout: 'bottom',
    },
  };
}

/**
 * Writes a configuration of the deploy CLI that has every kind of resource which its own examples have, and those that
 * they leave out: organizations, log streams, a theme and mail templates.
 */
export function writeWholeTenant(folder: string, audience: string): void {
  const files: Record<string, string> = {
    // JSON is YAML.
    'tenant.yaml': JSON.stringify(everything(audience), null, 1),
    'actions/post-login.js': postLogin,
    'actions/ledger.js': ledger,
    'actions/nothing.js': nothing,
    'actions/exchange.js': exchange,
    'rules/older.js': 'function older(user, context, callback) { callback(null, user, context); }\n',
    'databases/customers/login.js': script,
    'databases/customers/get_user.js': script,
    'pages/login.html': page,
    'pages/error.html': page,
    'emails/verify.html': '<p>{{ application.name }}: <a href="{{ url }}">verify</a></p>\n',
    'flows/address.json': JSON.stringify(flow),
    'forms/address.json': JSON.stringify(form),
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
