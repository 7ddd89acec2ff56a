import { stringify } from 'yaml';
import type { Members } from '../seed/seed.ts';
import { LISTS, SETTINGS } from '../seed/seed-folder.ts';
import { USERS_FILE } from '../seed/seed-kinds.ts';
import { compareTexts } from './export-context.ts';
import { createFileNames } from './file-names.ts';

/** A file of an export. */
export interface ExportFile {
  /** The path below the folder, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** The formats of the deploy CLI. */
export type ExportFormat = 'yaml' | 'directory';

/** The folders of the texts that resources name by their path. */
interface Layout {
  readonly actions: string;
  readonly actionModules: string;
  readonly clients: string;
  readonly databases: string;
  readonly connections: string;
  readonly emailTemplates: string;
  readonly pages: string;
  readonly branding: string;
}

/**
 * Writes an export in a format of the deploy CLI.
 *
 * Source: what `auth0-deploy-cli` 8.44.0 writes and reads.
 *
 * @param seed as `exportTenant` returns it
 * @example exportFiles({ roles: [{ name: 'Reader' }] }, undefined, 'yaml') // [{ path: 'tenant.yaml', content: 'roles:…' }]
 */
export function exportFiles(
  seed: Members,
  users: readonly Members[] | undefined,
  format: ExportFormat,
): readonly ExportFile[] {
  const files = (format === 'yaml' ? yamlFiles(seed) : directoryFiles(seed)).sort((one, another) =>
    compareTexts(one.path, another.path),
  );
  return users === undefined ? files : [...files, { path: USERS_FILE, content: json({ users }) }];
}

const YAML_LAYOUT: Layout = {
  actions: 'actions',
  actionModules: 'action-modules',
  clients: 'clients',
  databases: 'databases',
  connections: 'connections',
  emailTemplates: 'emailTemplates',
  pages: 'pages',
  branding: 'branding_templates',
};

function yamlFiles(seed: Members): ExportFile[] {
  const files: ExportFile[] = [];
  const document = withTexts(seed, YAML_LAYOUT, (path, content, inFolder) => {
    files.push({ path, content });
    // The deploy CLI looks for these texts in this folder, and for all others in that of the export.
    return path.startsWith(`${YAML_LAYOUT.connections}/`) ? inFolder : `./${path}`;
  });
  const names = createFileNames();
  for (const kind of ['flows', 'forms']) {
    if (document[kind] === undefined) continue;
    document[kind] = listOf(document[kind]).map((resource) => {
      const path = `${kind}/${names(kind, String(resource.name))}.json`;
      files.push({ path, content: json(resource) });
      return { name: resource.name, body: `./${path}` };
    });
  }
  const prompts = document.prompts as Members | undefined;
  if (prompts?.screenRenderers !== undefined) {
    const renderers = listOf(prompts.screenRenderers).map((renderer) => {
      const path = `prompts/screenRenderSettings/${renderer.prompt}_${renderer.screen}.json`;
      files.push({ path, content: json(renderer) });
      return { [String(renderer.prompt)]: { [String(renderer.screen)]: `./${path}` } };
    });
    document.prompts = { ...prompts, screenRenderers: renderers };
  }
  // YAML 1.1 quotes what other parsers take for a date or a truth value. The deploy CLI's is one.
  const content = stringify(document, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
  return [{ path: 'tenant.yaml', content }, ...files];
}

const DIRECTORY_LAYOUT: Layout = {
  actions: 'actions',
  actionModules: 'action-modules',
  clients: 'clients',
  databases: 'database-connections',
  connections: 'connections',
  emailTemplates: 'emails',
  pages: 'pages',
  branding: 'branding/templates',
};

function directoryFiles(seed: Members): ExportFile[] {
  const files: ExportFile[] = [];
  const add = (path: string, value: unknown) => files.push({ path, content: json(value) });
  const names = createFileNames();
  const {
    triggers,
    databases,
    customDomains,
    phoneProviders,
    attackProtection,
    emailTemplates,
    pages,
    branding,
    prompts,
    clients,
    actions,
    ...rest
  } = withTexts(seed, DIRECTORY_LAYOUT, (path, content, inFolder) => {
    files.push({ path, content });
    return inFolder;
  });
  const each = (folder: string, resources: unknown, nameOf: (resource: Members) => unknown = labelOf) => {
    for (const one of listOf(resources)) add(`${folder}/${names(folder, String(nameOf(one)))}.json`, one);
  };
  for (const [kind, content] of Object.entries(rest)) {
    const [folder, file] = [LISTS[kind], SETTINGS[kind]];
    if (folder !== undefined) each(folder, content);
    else if (file !== undefined) add(file, content);
  }
  each('clients', clients);
  each('actions', actions);
  each('emails', emailTemplates, ({ template }) => template);
  each('pages', pages);
  for (const database of listOf(databases)) {
    add(`database-connections/${names('database-connections', String(database.name))}/database.json`, database);
  }
  if (triggers !== undefined) add('triggers/triggers.json', triggers);
  if (customDomains !== undefined) add('custom-domains/custom-domains.json', customDomains);
  if (phoneProviders !== undefined) add('phone-providers/provider.json', phoneProviders);
  for (const [name, settings] of Object.entries((attackProtection ?? {}) as Members)) {
    add(`attack-protection/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.json`, settings);
  }
  if (branding !== undefined) {
    const { templates, ...settings } = branding as Members;
    add('branding/branding.json', settings);
    each('branding/templates', templates, ({ template }) => template);
  }
  if (prompts !== undefined) addPrompts(prompts as Members, add, files);
  return files;
}

function addPrompts(prompts: Members, add: (path: string, value: unknown) => void, files: ExportFile[]): void {
  const { customText, partials, screenRenderers, ...settings } = prompts;
  add('prompts/prompts.json', settings);
  if (customText !== undefined) add('prompts/custom-text.json', customText);
  if (partials !== undefined) {
    const written = mapMembers(partials, (screens, prompt) => [
      mapMembers(screens, (points, screen) =>
        Object.entries(points as Members).map(([name, template]) => {
          const path = `partials/${prompt}/${screen}/${name}.liquid`;
          files.push({ path: `prompts/${path}`, content: String(template) });
          return { name, template: path };
        }),
      ),
    ]);
    add('prompts/partials.json', written);
  }
  for (const renderer of listOf(screenRenderers)) {
    const { prompt, screen } = renderer;
    add(`prompts/screenRenderSettings/${prompt}_${screen}.json`, renderer);
  }
}

/**
 * Puts the texts of resources into files of their own, and their paths into the resources.
 *
 * @param write takes the path and the text, and the path from the resource's own folder; returns what the resource names
 */
function withTexts(
  seed: Members,
  layout: Layout,
  write: (path: string, text: string, inFolder: string) => string,
): Record<string, unknown> {
  const names = createFileNames();
  const document: Record<string, unknown> = { ...seed };
  const each = (kind: keyof Layout, change: (resource: Members, folder: string) => Members) => {
    if (document[kind] !== undefined) document[kind] = listOf(document[kind]).map((one) => change(one, layout[kind]));
  };
  const code = (resource: Members, folder: string) => {
    const path = `${folder}/${names(folder, String(resource.name))}/code.js`;
    write(path, String(resource.code), path);
    // Both formats name the code from the folder of the export.
    return { ...resource, code: `./${path}` };
  };
  each('actions', code);
  each('actionModules', code);
  each('clients', (client, folder) => {
    const page = client.custom_login_page;
    if (typeof page !== 'string' || page === '') return client;
    const name = `${names(`${folder} pages`, String(client.name))}_custom_login_page.html`;
    write(`${folder}/${name}`, page, name);
    return { ...client, custom_login_page: `./${name}` };
  });
  each('databases', (database, folder) => {
    const options = (database.options ?? {}) as Members;
    if (options.customScripts === undefined || options.customScripts === null) return database;
    const inside = `${folder}/${names(folder, String(database.name))}`;
    const customScripts = mapMembers(options.customScripts, (script, name) =>
      write(`${inside}/${name}.js`, String(script), `./${name}.js`),
    );
    return { ...database, options: { ...options, customScripts } };
  });
  each('connections', (connection, folder) => {
    const options = (connection.options ?? {}) as Members;
    const mail = options.email as Members | undefined;
    if (connection.strategy !== 'email' || typeof mail?.body !== 'string') return connection;
    const name = `${names(`${folder} mails`, String(connection.name))}.html`;
    const body = write(`${folder}/${name}`, mail.body, `./${name}`);
    return { ...connection, options: { ...options, email: { ...mail, body } } };
  });
  each('emailTemplates', (template, folder) => {
    const name = `${template.template}.html`;
    return { ...template, body: write(`${folder}/${name}`, String(template.body ?? ''), `./${name}`) };
  });
  each('pages', (page, folder) => {
    const name = `${page.name}.html`;
    return { ...page, html: write(`${folder}/${name}`, String(page.html), `./${name}`) };
  });
  const branding = document.branding as Members | undefined;
  if (branding?.templates !== undefined) {
    const templates = listOf(branding.templates).map((template) => {
      const name = `${template.template}.html`;
      return { ...template, body: write(`${layout.branding}/${name}`, String(template.body), name) };
    });
    document.branding = { ...branding, templates };
  }
  return document;
}

function labelOf(resource: Members): unknown {
  const { name, displayName, description, identifier, type, provider, client_id, audience } = resource;
  if (client_id !== undefined && audience !== undefined) return `${client_id} (${audience})`;
  if (name !== undefined) return provider === undefined ? name : `${name}-${provider}`;
  return displayName ?? description ?? identifier ?? type ?? 'one';
}

function mapMembers(value: unknown, change: (member: unknown, name: string) => unknown): Members {
  return Object.fromEntries(Object.entries((value ?? {}) as Members).map(([name, one]) => [name, change(one, name)]));
}

function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value : [];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
