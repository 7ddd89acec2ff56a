import { basename, extname, join } from 'node:path';
import { findSimilarName } from '../../configuration/similar-name.ts';
import type { Members, SeedOmission } from './seed.ts';
import type { SeedFiles } from './seed-files.ts';
import { OBSOLETE_KINDS, USERS_FILE } from './seed-kinds.ts';

/** Folders whose files are each one resource. */
export const LISTS: Readonly<Record<string, string>> = {
  actionModules: 'action-modules',
  clientGrants: 'grants',
  connectionProfiles: 'connection-profiles',
  connections: 'connections',
  eventStreams: 'event-streams',
  flowVaultConnections: 'flow-vault-connections',
  flows: 'flows',
  forms: 'forms',
  guardianFactorProviders: 'guardian/providers',
  guardianFactorTemplates: 'guardian/templates',
  guardianFactors: 'guardian/factors',
  hooks: 'hooks',
  logStreams: 'log-streams',
  networkACLs: 'network-acls',
  organizations: 'organizations',
  phoneTemplates: 'phone-templates',
  rateLimitPolicies: 'rate-limit-policies',
  resourceServers: 'resource-servers',
  roles: 'roles',
  rules: 'rules',
  rulesConfigs: 'rules-configs',
  selfServiceProfiles: 'self-service-profiles',
  themes: 'themes',
  tokenExchangeProfiles: 'token-exchange-profiles',
  userAttributeProfiles: 'user-attribute-profiles',
  users: 'users',
};

/** Files that are each a setting. */
export const SETTINGS: Readonly<Record<string, string>> = {
  emailProvider: 'emails/provider.json',
  guardianPhoneFactorMessageTypes: 'guardian/phoneFactorMessageTypes.json',
  guardianPhoneFactorSelectedProvider: 'guardian/phoneFactorSelectedProvider.json',
  guardianPolicies: 'guardian/policies.json',
  riskAssessment: 'risk-assessment/settings.json',
  supplementalSignals: 'supplemental-signals.json',
  tenant: 'tenant.json',
};

/**
 * Reads the folder format of the deploy CLI.
 *
 * Source: the folders that `auth0-deploy-cli` 8.44.0 writes.
 *
 * @throws {Problem} `seed_unreadable`, `seed_keyword_missing`
 * @example readSeedFolder(createSeedFiles('./auth0', {})).clients
 */
export function readSeedFolder(files: SeedFiles): Members {
  const seed: Record<string, unknown> = {};
  for (const [kind, folder] of Object.entries(LISTS)) {
    if (kind in OBSOLETE_KINDS) {
      // Listed as not taken, and not read: its keywords need no values.
      if (files.list(folder, '.json').length > 0) seed[kind] = [{}];
      continue;
    }
    const found = files.list(folder, '.json').map((path) => files.json(path));
    if (found.length > 0) seed[kind] = found.filter((one) => Object.keys(one).length > 0);
  }
  for (const [kind, path] of Object.entries(SETTINGS)) if (files.exists(path)) seed[kind] = files.json(path);
  const withCode = (one: Members) => ({ ...one, ...(typeof one.code === 'string' && { code: files.text(one.code) }) });
  const actions = files.list('actions', '.json').map((path) => withCode(files.json(path)));
  if (actions.length > 0) seed.actions = actions;
  if (Array.isArray(seed.actionModules)) seed.actionModules = seed.actionModules.map(withCode);
  const [triggers] = files.list('triggers', '.json');
  if (triggers !== undefined) seed.triggers = files.json(triggers);
  const clients = files.list('clients', '.json').map((path) => files.withLoginPage(files.json(path)));
  if (clients.length > 0) seed.clients = clients.filter((one) => Object.keys(one).length > 0);
  if (Array.isArray(seed.connections)) {
    seed.connections = seed.connections.map((one) => files.withMail(one, 'connections'));
  }
  const databases = files
    .folders('database-connections')
    .filter((folder) => files.exists(join(folder, 'database.json')))
    .map((folder) => files.withScripts(files.json(join(folder, 'database.json')), folder));
  if (databases.length > 0) seed.databases = databases;
  const domains = join('custom-domains', 'custom-domains.json');
  if (files.exists(domains)) seed.customDomains = files.jsonList(domains);
  const phone = join('phone-providers', 'provider.json');
  if (files.exists(phone)) seed.phoneProviders = files.jsonList(phone);
  return {
    ...seed,
    ...attackProtection(files),
    ...mails(files),
    ...pages(files),
    ...branding(files),
    ...prompts(files),
  };
}

/** Folders that have a reader of their own. */
const OTHER_FOLDERS = [
  'actions',
  'attack-protection',
  'branding',
  'clients',
  'custom-domains',
  'database-connections',
  'emails',
  'guardian',
  'pages',
  'phone-providers',
  'prompts',
  'risk-assessment',
  'triggers',
];
/** Files that lie beside an export, and are no part of it. */
const OTHER_FILES = /^(?:users|config.*|package(?:-lock)?|tsconfig.*|biome)\.json$/;

/**
 * Lists what a folder has for no kind that is known here: a later version of the deploy CLI may write it, or its name is mistyped.
 *
 * @example unknownParts(createSeedFiles('./auth0', {})) // [{ kind: 'agents', reason: '…' }]
 */
export function unknownParts(files: SeedFiles): readonly SeedOmission[] {
  const folders = [...Object.values(LISTS), ...OTHER_FOLDERS];
  const settings = Object.values(SETTINGS);
  const omission = (name: string, what: string, known: readonly string[]) => {
    const similar = findSimilarName(name, known);
    const hint = similar === undefined ? '' : ` Did you mean "${similar}"?`;
    return { kind: name, reason: `This version of Portcullis knows no such ${what}.${hint}` };
  };
  return [
    ...files
      .folders('.')
      .filter((name) => !name.startsWith('.') && !folders.includes(name) && files.list(name, '.json').length > 0)
      .map((name) => omission(name, 'folder', folders)),
    ...files
      .list('.', '.json')
      .filter((name) => !name.startsWith('.') && !settings.includes(name) && !OTHER_FILES.test(name))
      .map((name) => omission(name, 'file', [...settings, USERS_FILE])),
  ];
}

function attackProtection(files: SeedFiles): Members {
  const found = files.list('attack-protection', '.json').map((path) => {
    const name = basename(path, '.json').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return [name, files.json(path)];
  });
  return found.length === 0 ? {} : { attackProtection: Object.fromEntries(found) };
}

function mails(files: SeedFiles): Members {
  const templates = files.list('emails', '.json').filter((path) => basename(path) !== 'provider.json');
  if (templates.length === 0) return {};
  return {
    emailTemplates: templates.map((path) => {
      const template = files.json(path);
      const explicit = typeof template.body === 'string' ? join('emails', template.body) : '';
      const beside = path.replace(/\.json$/, '.html');
      const body = [explicit, beside].find((one) => one !== '' && files.exists(one));
      return { ...template, ...(body !== undefined && { body: files.text(body) }) };
    }),
  };
}

function pages(files: SeedFiles): Members {
  const found = files.list('pages', '.json').map((path) => {
    const html = path.replace(/\.json$/, '.html');
    return { ...files.json(path), html: files.exists(html) ? files.text(html) : '' };
  });
  return found.length === 0 ? {} : { pages: found };
}

function branding(files: SeedFiles): Members {
  const settings = join('branding', 'branding.json');
  const folder = join('branding', 'templates');
  const templates = files.list(folder, '.json').map((path) => {
    const template = files.json(path);
    return { ...template, body: files.text(join(folder, String(template.body))) };
  });
  if (!files.exists(settings) && templates.length === 0) return {};
  return {
    branding: { ...(files.exists(settings) ? files.json(settings) : {}), ...(templates.length > 0 && { templates }) },
  };
}

function prompts(files: SeedFiles): Members {
  const read = (name: string) => {
    const path = join('prompts', name);
    return files.exists(path) ? files.json(path) : undefined;
  };
  const settings = read('prompts.json');
  const customText = read('custom-text.json');
  const partials = read('partials.json');
  const screens = files
    .list(join('prompts', 'screenRenderSettings'), '.json')
    .filter((path) => extname(path) === '.json');
  if (settings === undefined && customText === undefined && partials === undefined && screens.length === 0) return {};
  return {
    prompts: {
      ...settings,
      ...(customText !== undefined && { customText }),
      ...(partials !== undefined && { partials: files.partials(partials, 'prompts') }),
      ...(screens.length > 0 && { screenRenderers: screens.map((path) => files.json(path)) }),
    },
  };
}
