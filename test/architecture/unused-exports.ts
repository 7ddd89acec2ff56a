import type { ModuleImport } from './module-graph.ts';

/** Files that something else than an import loads: what they export is used. */
export interface EntryPoints {
  readonly [file: string]: string;
}

const DECLARATION =
  /^export (?:declare )?(?:async )?(?<kind>const|let|function\*?|(?:abstract )?class|type|interface) (?<name>[\w$]+)/;

interface Declaration {
  readonly file: string;
  readonly name: string;
  readonly isType: boolean;
  /** The declaration as it stands, without comments. */
  readonly code: string;
}

/**
 * Exports that need no `export`, a sentence each.
 *
 * - A value needs it if another file imports it. If only tests do, then its own file uses it as well: a test may look into a part, but what
 *   tests alone use is dead, or belongs to the tests.
 * - A type needs it if another file imports it, or if the signature of an export of its file names it.
 *
 * @param files path → text, of everything that may import
 * @param imports all imports in these files
 * @param folder whose exports are judged, with a slash at its end
 * @example
 * unusedExports(new Map([['src/a.ts', 'export const a = 1;']]), [], 'src/', {}); // ['src/a.ts exports a, which no file imports.']
 */
export function unusedExports(
  files: ReadonlyMap<string, string>,
  imports: readonly ModuleImport[],
  folder: string,
  entryPoints: EntryPoints,
): readonly string[] {
  const importsOf = Map.groupBy(imports, ({ to }) => to);
  return [...files].flatMap(([file, text]) => {
    if (!file.startsWith(folder) || file in entryPoints) return [];
    const code = withoutComments(text);
    const exported = exportsOf(file, code);
    return exported.flatMap((declaration) => {
      const { name, isType } = declaration;
      const importers = (importsOf.get(file) ?? [])
        .filter(({ from, names }) =>
          names === undefined ? mentions(files.get(from) ?? '', name) : names.includes(name),
        )
        .map(({ from }) => from);
      if (importers.some((importer) => isType || !importer.startsWith('test/'))) return [];
      const others = exported.filter((other) => other.name !== name);
      if (isType) {
        return others.some((other) => mentions(signatureOf(other), name))
          ? []
          : [`${file} exports the type ${name}, which no file imports and no exported signature names.`];
      }
      if (importers.length === 0) return [`${file} exports ${name}, which no file imports.`];
      return mentions(code.replace(declaration.code, ''), name)
        ? []
        : [`${file} exports ${name}, which tests alone use: ${importers.join(', ')}.`];
    });
  });
}

function exportsOf(file: string, code: string): readonly Declaration[] {
  // The formatter begins every declaration in the first column, and none of its other lines but the closing one.
  return code.split(/^(?=[a-z@])/m).flatMap((declaration) => {
    const { kind, name } = DECLARATION.exec(declaration)?.groups ?? {};
    if (kind === undefined || name === undefined) return [];
    return [{ file, name, isType: kind === 'type' || kind === 'interface', code: declaration }];
  });
}

/** A function up to its body; anything else whole, since its type may be inferred from all of it. */
function signatureOf({ code }: Declaration): string {
  if (!/^export (?:async )?function/.test(code)) return code;
  const lines = code.split('\n');
  const count = (text: string, character: string) => text.split(character).length - 1;
  const last = lines.findIndex((line, index) => {
    const before = lines.slice(0, index + 1).join();
    return line.endsWith('{') && count(before, '(') === count(before, ')');
  });
  return lines.slice(0, last + 1).join('\n');
}

function mentions(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(code);
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*\/\*\*?[\s\S]*?\*\/$/gm, '').replaceAll(/^\s*\/\/.*$/gm, '');
}
