import { publishedSchema } from '../../tenant/management/description/published-operations.ts';
import type { Members } from '../seed/seed.ts';
import { without } from '../seed/seed-access.ts';
import { READ_ONLY, READ_ONLY_FLAGS } from '../seed/seed-settings.ts';
import { type ExportContext, isEmpty, only } from './export-context.ts';

const PROTECTIONS = {
  botDetection: 'bot-detection',
  breachedPasswordDetection: 'breached-password-detection',
  bruteForceProtection: 'brute-force-protection',
  suspiciousIpThrottling: 'suspicious-ip-throttling',
} as const;
/** Names of the tenant's settings that are pages in an export. */
const PAGES = {
  password_reset: 'change_password',
  guardian_multifactor: 'guardian_mfa_page',
  error_page: 'error_page',
} as const;
/** Credentials of a mail provider that a tenant does not return. Source: `auth0-deploy-cli` 8.44.0, `defaults.js`. */
const MAIL_SECRETS: Readonly<Record<string, readonly string[]>> = {
  azure_cs: ['connectionString'],
  mailgun: ['api_key'],
  mandrill: ['api_key'],
  ms365: ['tenantId', 'clientId', 'clientSecret'],
  sendgrid: ['api_key'],
  ses: ['accessKeyId', 'secretAccessKey'],
  smtp: ['smtp_pass'],
  sparkpost: ['api_key'],
};
/** Secrets of a CAPTCHA's provider. */
const CAPTCHA_SECRETS: Readonly<Record<string, string>> = {
  arkose: 'secret',
  friendly_captcha: 'secret',
  hcaptcha: 'secret',
  recaptcha_enterprise: 'api_key',
  recaptcha_v2: 'secret',
};
const FACTOR_PROVIDERS = [
  ['phone', 'twilio'],
  ['sms', 'twilio'],
  ['push-notification', 'apns'],
  ['push-notification', 'sns'],
] as const;
/** Credentials of such a provider that a tenant does not return. */
const FACTOR_SECRETS: Readonly<Record<string, readonly string[]>> = {
  apns: ['p12'],
  sns: ['aws_secret_access_key'],
  twilio: ['auth_token'],
};

/** Exports the settings of a tenant. */
export async function exportSettings(context: ExportContext): Promise<Members> {
  const { api } = context;
  const read = async (path: string) => ((await api.find(path)) ?? {}) as Members;
  const settings = await read('tenants/settings');
  const { flags, ...tenant } = without(settings, [...READ_ONLY, 'default_token_quota']);
  const [risk, newDevice] = [
    await read('risk-assessments/settings'),
    await read('risk-assessments/settings/new-device'),
  ];
  return {
    tenant: { ...tenant, ...(!isEmpty(flags) && { flags: without(flags as Members, READ_ONLY_FLAGS) }) },
    pages: await exportPages(context, settings),
    branding: await exportBranding(context),
    themes: await exportThemes(context),
    prompts: await exportPrompts(context, settings),
    emailProvider: await exportMailProvider(context),
    emailTemplates: await exportMailTemplates(context),
    attackProtection: await exportProtection(context),
    riskAssessment: { settings: risk, ...(!isEmpty(newDevice) && { new_device: newDevice }) },
    supplementalSignals: await read('supplemental-signals'),
    ...(await exportGuardian(context)),
  };
}

async function exportPages({ api }: ExportContext, settings: Members): Promise<Members[]> {
  const pages: Members[] = [];
  const [global] = (await api.get('clients?is_global=true')) as readonly Members[];
  if (!isEmpty(global?.custom_login_page) && global?.custom_login_page !== '') {
    pages.push({ name: 'login', enabled: global?.custom_login_page_on === true, html: global?.custom_login_page });
  }
  for (const [name, setting] of Object.entries(PAGES)) {
    const page = settings[setting] as Members | undefined;
    // A page that was never set has only its switch.
    if (page?.html !== undefined) pages.push({ name, ...page });
  }
  return pages;
}

async function exportBranding({ api }: ExportContext): Promise<Members> {
  const template = (await api.find('branding/templates/universal-login')) as { readonly body?: string } | undefined;
  const templates = template?.body === undefined ? [] : [{ template: 'universal_login', body: template.body }];
  return { ...((await api.get('branding')) as Members), ...(templates.length > 0 && { templates }) };
}

async function exportThemes({ api }: ExportContext): Promise<Members[]> {
  const theme = (await api.find('branding/themes/default')) as Members | undefined;
  return theme === undefined ? [] : [without(theme, ['themeId'])];
}

async function exportPrompts({ api }: ExportContext, settings: Members): Promise<Members> {
  const customText: Record<string, Record<string, unknown>> = {};
  for (const language of (settings.enabled_locales ?? []) as readonly string[]) {
    const texts: Record<string, unknown> = {};
    for (const prompt of namesIn('PromptGroupNameEnum')) {
      const text = await api.find(`prompts/${prompt}/custom-text/${language}`);
      if (!isEmpty(text)) texts[prompt] = text;
    }
    if (!isEmpty(texts)) customText[language] = texts;
  }
  const partials: Record<string, unknown> = {};
  for (const prompt of namesIn('PartialGroupsEnum')) {
    const partial = await api.find(`prompts/${prompt}/partials`);
    if (!isEmpty(partial)) partials[prompt] = partial;
  }
  const { configs: screenRenderers = [] } = ((await api.find('prompts/rendering?include_totals=true')) ?? {}) as {
    configs?: readonly Members[];
  };
  return {
    ...((await api.get('prompts')) as Members),
    ...(!isEmpty(customText) && { customText }),
    ...(!isEmpty(partials) && { partials }),
    ...(screenRenderers.length > 0 && { screenRenderers }),
  };
}

function namesIn(schema: string): readonly string[] {
  return (publishedSchema(schema).enum ?? []) as readonly string[];
}

async function exportMailProvider({ api, keyword }: ExportContext): Promise<Members | undefined> {
  const provider = (await api.find('emails/provider')) as Members | undefined;
  if (provider === undefined) return undefined;
  const name = String(provider.name);
  const secrets = (MAIL_SECRETS[name] ?? []).map((secret) => [secret, keyword('email', name, secret)]);
  return { ...provider, credentials: { ...(provider.credentials as Members), ...Object.fromEntries(secrets) } };
}

async function exportMailTemplates({ api }: ExportContext): Promise<Members[]> {
  const templates: Members[] = [];
  for (const name of namesIn('EmailTemplateNameEnum')) {
    const template = (await api.find(`email-templates/${name}`)) as Members | undefined;
    if (template !== undefined) templates.push(template);
  }
  return templates;
}

async function exportProtection({ api, keyword }: ExportContext): Promise<Members> {
  const exported: Record<string, unknown> = {};
  for (const [name, path] of Object.entries(PROTECTIONS)) {
    const settings = await api.find(`attack-protection/${path}`);
    if (!isEmpty(settings)) exported[name] = settings;
  }
  const captcha = (await api.find('attack-protection/captcha')) as Members | undefined;
  const provider = captcha?.active_provider_id;
  if (typeof provider === 'string') {
    const secret = CAPTCHA_SECRETS[provider];
    const settings = captcha?.[provider] as Members | undefined;
    exported.captcha = {
      active_provider_id: provider,
      ...(settings !== undefined && {
        [provider]: { ...settings, ...(secret !== undefined && { [secret]: keyword('captcha', provider, secret) }) },
      }),
    };
  }
  return exported;
}

async function exportGuardian({ api, keyword }: ExportContext): Promise<Members> {
  const providers: Members[] = [];
  for (const [name, provider] of FACTOR_PROVIDERS) {
    const settings = (await api.find(`guardian/factors/${name}/providers/${provider}`)) as Members | undefined;
    if (isEmpty(settings)) continue;
    const secrets = (FACTOR_SECRETS[provider] ?? []).map((secret) => [secret, keyword(name, provider, secret)]);
    providers.push({ name, provider, ...without(settings ?? {}, ['enabled']), ...Object.fromEntries(secrets) });
  }
  const templates: Members[] = [];
  for (const name of ['sms', 'phone']) {
    const texts = (await api.find(`guardian/factors/${name}/templates`)) as Members | undefined;
    if (!isEmpty(texts)) templates.push({ name, ...texts });
  }
  const factors = (await api.get('guardian/factors')) as readonly Members[];
  return {
    guardianFactors: factors.map((factor) => only(factor, ['name', 'enabled'])),
    guardianFactorProviders: providers,
    guardianFactorTemplates: templates,
    guardianPolicies: { policies: await api.get('guardian/policies') },
    guardianPhoneFactorMessageTypes: (await api.find('guardian/factors/phone/message-types')) as Members,
    guardianPhoneFactorSelectedProvider: (await api.find('guardian/factors/phone/selected-provider')) as Members,
  };
}
