import { statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { Problem } from '../../problem/problem.ts';
import { checkSeed } from './check-seed.ts';
import type { Members, Seed, SeedOmission } from './seed.ts';
import { createSeedFiles, type SeedFiles } from './seed-files.ts';
import { readSeedFolder, unknownParts } from './seed-folder.ts';
import { assertKeywordsReplaced, type KeywordMappings } from './seed-keywords.ts';
import { OBSOLETE_KINDS, USERS_FILE } from './seed-kinds.ts';

/**
 * Reads a seed from where it is: a file is parsed, a folder is read file by file.
 *
 * @param folder for relative paths
 * @param omit called for parts that this version does not know
 * @throws {Problem} `seed_unreadable`, `seed_invalid`, `seed_keyword_missing`
 * @example const seed = readSeed('./auth0/', process.cwd(), keywordMappings(process.env), (omission) => omissions.push(omission));
 */
export function readSeed(
  source: string,
  folder: string,
  mappings: KeywordMappings,
  omit: (omission: SeedOmission) => void,
): Seed {
  const path = resolve(folder, source);
  const files = createSeedFiles(isFolder(path) ? path : dirname(path), mappings);
  if (!isFolder(path)) return readDocument(files, path, omit);
  // A folder with the YAML format has one file for everything.
  const yaml = ['tenant.yaml', 'tenant.yml'].find((name) => files.exists(name));
  if (yaml !== undefined) return withUsers(readDocument(files, resolve(path, yaml), omit), files, path, omit);
  const content = readSeedFolder(files);
  if (Object.keys(content).length === 0 && !files.exists(USERS_FILE)) {
    throw new Problem(
      'seed_unreadable',
      `${path} has neither tenant.yaml nor a folder of the deploy CLI, such as clients.`,
      undefined,
      { file: path },
    );
  }
  for (const omission of unknownParts(files)) omit(omission);
  return withUsers(checkSeed(content, path, path, omit), files, path, omit);
}

/** Adds the users beside an export: the deploy CLI has none. */
function withUsers(seed: Seed, files: SeedFiles, path: string, omit: (omission: SeedOmission) => void): Seed {
  if (!files.exists(USERS_FILE)) return seed;
  const file = resolve(path, USERS_FILE);
  const { users = [] } = checkSeed(files.json(USERS_FILE), file, file, omit);
  return { ...seed, users: [...(seed.users ?? []), ...users] };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    const what = code === 'ENOENT' ? `There is no ${path}.` : `${path} cannot be read: ${code}.`;
    throw new Problem('seed_unreadable', what, undefined, { cause, file: path });
  }
}

function readDocument(files: SeedFiles, path: string, omit: (omission: SeedOmission) => void): Seed {
  if (!['.yaml', '.yml', '.json'].includes(extname(path))) {
    throw new Problem(
      'seed_unreadable',
      `${path} is neither YAML nor JSON: its name must end in .yaml, .yml or .json.`,
    );
  }
  const text = files.draft(path);
  if (text.trim() === '') throw new Problem('seed_unreadable', `${path} is empty.`, undefined, { file: path });
  const content = (extname(path) === '.json' ? parsedJson(text) : undefined) ?? parsedYaml(text, path) ?? {};
  const seed = checkSeed(content, path, path, omit);
  // Comments and kinds that are not taken need no values.
  const read = Object.entries(seed).filter(([kind]) => !(kind in OBSOLETE_KINDS));
  assertKeywordsReplaced(Object.fromEntries(read), path);
  return withFiles(seed, files);
}

function parsedYaml(text: string, path: string): unknown {
  const document = parseDocument(text, { merge: true });
  const [error] = document.errors;
  if (error === undefined) return document.toJS({ maxAliasCount: 1000 });
  const line = error.linePos?.[0].line;
  const at = line === undefined ? '' : ` line ${line}:`;
  throw new Problem('seed_unreadable', `${path}:${at} ${error.message.split('\n')[0]}`, undefined, {
    file: path,
    line,
  });
}

/** Parses a large file in a fraction of YAML's time. `undefined` if it is no JSON: YAML's parser names the line. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads the files that the members of a YAML file name. */
function withFiles(seed: Seed, files: SeedFiles): Seed {
  const textOf = (path: unknown) => (typeof path === 'string' && path !== '' ? files.text(path) : path);
  const each = (list: unknown, change: (one: Members) => Members) =>
    Array.isArray(list) ? list.map((one) => change(one as Members)) : list;
  const { branding, prompts } = seed as { branding?: Members | null; prompts?: Members | null };
  const loaded: Record<string, unknown> = {
    ...seed,
    actions: each(seed.actions, (action) => ({ ...action, code: textOf(action.code) })),
    actionModules: each(seed.actionModules, (module) => ({ ...module, code: textOf(module.code) })),
    pages: each(seed.pages, (page) => ({ ...page, html: textOf(page.html) ?? '' })),
    emailTemplates: each(seed.emailTemplates, (template) => ({ ...template, body: textOf(template.body) })),
    databases: each(seed.databases, (database) => files.withScripts(database, '')),
    connections: each(seed.connections, (connection) => files.withMail(connection, 'connections')),
    clients: each(seed.clients, (client) => files.withLoginPage(client)),
    flows: each(seed.flows, (flow) => files.withBody(flow)),
    forms: each(seed.forms, (form) => files.withBody(form)),
    ...(branding?.templates !== undefined && {
      branding: {
        ...branding,
        templates: each(branding.templates, (template) => ({ ...template, body: textOf(template.body) })),
      },
    }),
    ...(prompts && {
      prompts: {
        ...prompts,
        ...(prompts.partials !== undefined && { partials: files.partials(prompts.partials, '') }),
        ...(prompts.screenRenderers !== undefined && { screenRenderers: files.renderers(prompts.screenRenderers) }),
      },
    }),
  };
  for (const [key, value] of Object.entries(loaded)) if (value === undefined || value === null) delete loaded[key];
  return loaded as Seed;
}
