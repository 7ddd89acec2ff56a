import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Problem } from '../../problem/problem.ts';
import type { Members } from './seed.ts';
import { assertKeywordsReplaced, type KeywordMappings, replaceKeywords } from './seed-keywords.ts';

/** The files of a seed's folder, with their keywords replaced. */
export interface SeedFiles {
  /** @throws {Problem} `seed_unreadable`, `seed_keyword_missing` */
  text(path: string): string;
  /** As `text`, for a file of which only a part is used: `assertKeywordsReplaced` then looks at this part. */
  draft(path: string): string;
  /** The JSON object in a file. */
  json(path: string): Record<string, unknown>;
  /** The JSON objects in a file with a list of them. */
  jsonList(path: string): readonly Members[];
  exists(path: string): boolean;
  /** Files of a folder with this ending, sorted; none if it does not exist. */
  list(folder: string, ending: string): readonly string[];
  folders(folder: string): readonly string[];
  /** Replaces the paths of a database's scripts by their code. */
  withScripts(database: Members, folder: string): Members;
  /** Replaces the path of a passwordless connection's mail by its text. */
  withMail(connection: Members, folder: string): Members;
  /** Replaces the path of an application's login page by its text. */
  withLoginPage(client: Members): Members;
  /** Replaces the path of a flow's or a form's file by its content. */
  withBody(resource: Members): Members;
  /** Reads the renderers of screens, which a YAML file names by their files: `[{ login: { login: './login.json' } }]`. */
  renderers(renderers: unknown): readonly Members[];
  /** Reads the partials of prompts, whose templates are files. */
  partials(partials: unknown, folder: string): Members;
}

/**
 * Opens the folder of a seed. Paths are relative to it, and lead to no file outside it.
 *
 * @example
 * createSeedFiles('./auth0', {}).json('tenant.json');
 */
export function createSeedFiles(root: string, mappings: KeywordMappings): SeedFiles {
  const inside = (path: string): string => {
    const absolute = resolve(root, path.replaceAll('\\', '/'));
    if (relative(root, absolute).startsWith('..')) {
      throw new Problem('seed_unreadable', `${path} is outside the folder of the seed, ${root}.`, undefined, {
        file: root,
      });
    }
    return absolute;
  };
  const entries = (folder: string) => {
    const path = inside(folder);
    return existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [];
  };
  const parsed = (path: string): unknown => {
    const text = files.text(path);
    try {
      return JSON.parse(text);
    } catch (cause) {
      const why = text.trim() === '' ? 'it is empty' : cause instanceof Error ? cause.message : String(cause);
      throw new Problem('seed_unreadable', `${inside(path)} is no JSON: ${why}`, undefined, {
        cause,
        file: inside(path),
      });
    }
  };
  const files: SeedFiles = {
    text(path) {
      const text = files.draft(path);
      assertKeywordsReplaced(text, inside(path));
      return text;
    },
    draft(path) {
      if (/[\r\n]/.test(path)) throw textForPath(path);
      const absolute = inside(path);
      try {
        return replaceKeywords(readFileSync(absolute, 'utf8'), mappings);
      } catch (cause) {
        const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
        const what = code === 'ENOENT' ? `There is no ${absolute}, which the seed names.` : `${absolute}: ${code}.`;
        throw new Problem('seed_unreadable', what, undefined, { cause, file: absolute });
      }
    },
    json(path) {
      const value = parsed(path);
      if (isObject(value)) return value;
      throw new Problem('seed_unreadable', `${inside(path)} holds no JSON object.`, undefined, { file: inside(path) });
    },
    jsonList(path) {
      const value = parsed(path);
      if (Array.isArray(value) && value.every(isObject)) return value;
      const what = `${inside(path)} holds no list of JSON objects.`;
      throw new Problem('seed_unreadable', what, undefined, { file: inside(path) });
    },
    exists: (path) => existsSync(inside(path)),
    list: (folder, ending) =>
      entries(folder)
        .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
        .map(({ name }) => join(folder, name))
        .sort(),
    folders: (folder) =>
      entries(folder)
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(folder, name))
        .sort(),
    withScripts(database, folder) {
      const options = database.options as Members | undefined;
      const scripts = options?.customScripts as Members | undefined;
      if (scripts === undefined || scripts === null) return database;
      const customScripts = Object.fromEntries(
        Object.entries(scripts).map(([name, path]) => {
          if (typeof path === 'string') return [name, files.text(join(folder, path))];
          const what = `databases: the script "${name}" of "${database.name}" is no path of a file.`;
          throw new Problem('seed_invalid', what, undefined, { file: root });
        }),
      );
      return { ...database, options: { ...options, customScripts } };
    },
    withMail(connection, folder) {
      const options = connection.options as Members | undefined;
      const mail = options?.email as Members | undefined;
      if (connection.strategy !== 'email' || typeof mail?.body !== 'string') return connection;
      return { ...connection, options: { ...options, email: { ...mail, body: files.text(join(folder, mail.body)) } } };
    },
    withLoginPage(client) {
      const page = client.custom_login_page;
      if (typeof page !== 'string' || page === '' || page.length > 200) return client;
      const path = join('clients', page);
      return files.exists(path) ? { ...client, custom_login_page: files.text(path) } : client;
    },
    withBody({ body, ...resource }) {
      return typeof body === 'string'
        ? { ...files.json(body), ...resource }
        : { ...resource, ...(body !== undefined && { body }) };
    },
    renderers: (renderers) =>
      (Array.isArray(renderers) ? (renderers as Members[]) : []).flatMap((renderer) => {
        if (typeof renderer.screen === 'string') return [renderer];
        const screens = Object.values(renderer).flatMap((paths) => Object.values((paths ?? {}) as Members));
        return screens.map((path) => files.json(String(path)));
      }),
    partials(partials, folder) {
      return mapValues(partials, (screens) =>
        mapValues(Array.isArray(screens) ? screens[0] : screens, (parts) =>
          Array.isArray(parts)
            ? Object.fromEntries(
                parts.map(({ name, template }: { name: string; template: string }) => {
                  const path = join(folder, template);
                  return [name, files.exists(path) ? files.text(path).trim() : template];
                }),
              )
            : parts,
        ),
      );
    },
  };
  return files;
}

function mapValues(value: unknown, change: (member: unknown) => unknown): Members {
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, member]) => [name, change(member)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The refusal of a text where the deploy CLI's format has the path of a file with it. */
function textForPath(text: string): Problem {
  const [first = ''] = text.trim().split('\n');
  return new Problem(
    'seed_unreadable',
    `The seed has a text where the path of a file belongs: "${first.slice(0, 60)}…"`,
    'Write it to a file beside the seed, and give its path, such as code: ./actions/hello.js',
  );
}
