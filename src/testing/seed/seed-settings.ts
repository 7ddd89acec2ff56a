import type { Members, Seed } from './seed.ts';
import { CLIENTS, without } from './seed-access.ts';
import type { SeedApi } from './seed-api.ts';

/** Settings with one document. `PATCH`, except where the API has only `PUT`. */
const DOCUMENTS = {
  guardianPhoneFactorMessageTypes: ['PUT', 'guardian/factors/phone/message-types'],
  guardianPhoneFactorSelectedProvider: ['PUT', 'guardian/factors/phone/selected-provider'],
  supplementalSignals: ['PATCH', 'supplemental-signals'],
} as const;

/** Members of an exported tenant that its API refuses. Source: `auth0-deploy-cli` 8.44.0. */
export const READ_ONLY = [
  'sandbox_versions_available',
  'guardian_mfa_page',
  'change_password',
  'error_page',
  'session_cookie',
];
export const READ_ONLY_FLAGS = [
  'allow_changing_enable_sso',
  'enable_sso',
  'disable_impersonation',
  'remove_stale_idp_attributes',
];

/**
 * Writes the settings of a tenant.
 *
 * @throws {Problem} `seed_refused`
 * @example await seedSettings(api, { tenant: { friendly_name: 'Acme' } });
 */
export async function seedSettings(api: SeedApi, seed: Seed): Promise<void> {
  if (hasMembers(seed.tenant)) {
    const { flags, session_cookie, ...tenant } = seed.tenant;
    const body = {
      ...without(tenant, READ_ONLY),
      ...(session_cookie !== undefined && session_cookie !== null && { session_cookie }),
      ...(hasMembers(flags) && { flags: without(flags, READ_ONLY_FLAGS) }),
    };
    await api.send('PATCH', 'tenants/settings', body, { kind: 'tenant', name: 'settings' });
  }
  await seedPages(api, seed.pages ?? []);
  await seedBranding(api, seed);
  await seedThemes(api, seed.themes ?? []);
  await seedPrompts(api, seed.prompts);
  await seedMails(api, seed);
  await seedGuardian(api, seed);
  for (const [name, settings] of Object.entries(seed.attackProtection ?? {})) {
    if (!hasMembers(settings)) continue;
    const path = `attack-protection/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const body = without(settings, ['form_submission_mode', 'form_submission_behavior']);
    await api.send('PATCH', path, body, { kind: 'attackProtection', name });
  }
  for (const [kind, [method, path]] of Object.entries(DOCUMENTS)) {
    const document = seed[kind as keyof typeof DOCUMENTS];
    if (hasMembers(document)) await api.send(method, path, document, { kind, name: 'settings' });
  }
  await seedRiskAssessment(api, seed.riskAssessment);
}

async function seedRiskAssessment(api: SeedApi, document: Members | undefined): Promise<void> {
  if (!hasMembers(document)) return;
  const { settings, new_device, ...rest } = document;
  const places = { 'risk-assessments/settings': settings ?? rest, 'risk-assessments/settings/new-device': new_device };
  for (const [path, body] of Object.entries(places)) {
    if (hasMembers(body)) await api.send('PATCH', path, body, { kind: 'riskAssessment', name: 'settings' });
  }
}

async function seedPages(api: SeedApi, pages: readonly Members[]): Promise<void> {
  const settings: Record<string, unknown> = {};
  for (const { name, html = '', enabled, ...rest } of pages) {
    if (name === 'login') {
      const global = ((await api.get('clients?is_global=true')) as readonly Members[])[0];
      if (global === undefined) continue;
      const body = { custom_login_page: html, ...(enabled !== undefined && { custom_login_page_on: enabled }) };
      await api.send('PATCH', `${CLIENTS.path}/${global.client_id}`, body, { kind: 'pages', name: 'login' });
    } else if (name === 'password_reset') settings.change_password = { enabled: enabled ?? false, html };
    else if (name === 'guardian_multifactor') settings.guardian_mfa_page = { enabled: enabled ?? false, html };
    else if (name === 'error_page') settings.error_page = { html, ...rest };
    else api.omissions.push({ kind: 'pages', name: String(name), reason: 'Auth0 has no page of this name.' });
  }
  if (Object.keys(settings).length === 0) return;
  await api.send('PATCH', 'tenants/settings', settings, { kind: 'pages', name: Object.keys(settings).join(', ') });
}

async function seedBranding(api: SeedApi, seed: Seed): Promise<void> {
  const { templates, ...branding } = seed.branding ?? {};
  if (hasMembers(branding)) await api.send('PATCH', 'branding', branding, { kind: 'branding', name: 'settings' });
  for (const { template, body } of (templates ?? []) as { template: string; body: string }[]) {
    const place = { kind: 'branding', name: template };
    if (template === 'universal_login') {
      await api.send('PUT', 'branding/templates/universal-login', { template: body }, place);
    } else api.omissions.push({ ...place, reason: 'Auth0 has no template of this name.' });
  }
}

/** A tenant has one theme. */
async function seedThemes(api: SeedApi, themes: readonly Members[]): Promise<void> {
  const [theme, ...others] = themes;
  if (theme === undefined) return;
  const body = without(theme, ['themeId']);
  const existing = (await api.find('branding/themes/default')) as Members | undefined;
  const place = { kind: 'themes', name: String(theme.displayName ?? 'theme') };
  if (existing === undefined) await api.send('POST', 'branding/themes', body, place);
  else await api.send('PATCH', `branding/themes/${existing.themeId}`, body, place);
  for (const { displayName } of others) {
    api.omissions.push({ kind: 'themes', name: String(displayName), reason: 'A tenant has one theme.' });
  }
}

async function seedPrompts(api: SeedApi, prompts: Members | undefined): Promise<void> {
  if (!hasMembers(prompts)) return;
  const { customText, partials, screenRenderers, ...settings } = prompts;
  if (hasMembers(settings)) await api.send('PATCH', 'prompts', settings, { kind: 'prompts', name: 'settings' });
  for (const [language, texts] of Object.entries((customText ?? {}) as Members)) {
    for (const [prompt, body] of Object.entries((texts ?? {}) as Members)) {
      const place = { kind: 'prompts', name: `${prompt} (${language})` };
      if (hasMembers(body)) await api.send('PUT', `prompts/${prompt}/custom-text/${language}`, body, place);
    }
  }
  for (const [prompt, body] of Object.entries((partials ?? {}) as Members)) {
    if (hasMembers(body)) await api.send('PUT', `prompts/${prompt}/partials`, body, { kind: 'prompts', name: prompt });
  }
  for (const { prompt, screen, ...rendering } of (screenRenderers ?? []) as Members[]) {
    const place = { kind: 'prompts', name: `${prompt} ${screen}` };
    await api.send('PATCH', `prompts/${prompt}/screen/${screen}/rendering`, without(rendering, ['tenant']), place);
  }
}

async function seedMails(api: SeedApi, seed: Seed): Promise<void> {
  if (hasMembers(seed.emailProvider)) {
    const provider = { path: 'emails/provider', identity: 'name', id: 'name', fixed: [] };
    const place = { kind: 'emailProvider', name: String(seed.emailProvider.name) };
    // There is one at most, without an ID.
    await api.put({ ...provider, path: 'emails/provider' }, seed.emailProvider, place);
  }
  for (const template of seed.emailTemplates ?? []) {
    const templates = {
      path: 'email-templates',
      identity: 'template',
      id: 'template',
      fixed: [],
      change: 'PUT',
    } as const;
    await api.put(templates, template, { kind: 'emailTemplates', name: String(template.template) });
  }
}

async function seedGuardian(api: SeedApi, seed: Seed): Promise<void> {
  for (const { name, enabled } of seed.guardianFactors ?? []) {
    await api.send('PUT', `guardian/factors/${name}`, { enabled }, { kind: 'guardianFactors', name });
  }
  for (const { name, provider, ...settings } of seed.guardianFactorProviders ?? []) {
    const place = { kind: 'guardianFactorProviders', name: `${name} ${provider}` };
    await api.send('PUT', `guardian/factors/${name}/providers/${provider}`, settings, place);
  }
  for (const { name, ...templates } of seed.guardianFactorTemplates ?? []) {
    const place = { kind: 'guardianFactorTemplates', name: String(name) };
    await api.send('PUT', `guardian/factors/${name}/templates`, templates, place);
  }
  const policies = seed.guardianPolicies?.policies;
  if (policies !== undefined) {
    await api.send('PUT', 'guardian/policies', policies, { kind: 'guardianPolicies', name: 'policies' });
  }
}

function hasMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
