import { readFile } from 'node:fs/promises';

/** A syntax error in terms of the file that has it. Never quotes a line, which may hold a secret. */
export interface SyntaxErrorPlace {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** One sentence without a full stop. */
  readonly text: string;
  /** The probable intention of the author, as a sentence. */
  readonly advice?: string;
}

/**
 * Finds the place of a syntax error: Node names either none or a list of all tokens that would be possible.
 *
 * @param file path of a TypeScript or JavaScript file
 * @returns `undefined` if there is none
 * @example (await findSyntaxError('portcullis.config.ts'))?.advice // 'Probably a comma is missing at the end of line 6.'
 */
export async function findSyntaxError(file: string): Promise<SyntaxErrorPlace | undefined> {
  // Imported only here, so that a correct file does not wait for it.
  const { transform } = await import('esbuild');
  const source = await readFile(file, 'utf8').catch(() => undefined);
  if (source === undefined) return undefined;
  try {
    await transform(source, { loader: 'ts', format: 'esm', logLevel: 'silent' });
    return undefined;
  } catch (error) {
    return readPlace(error, source.split('\n'));
  }
}

/** From esbuild's `TransformFailure`. */
function readPlace(error: unknown, lines: readonly string[]): SyntaxErrorPlace | undefined {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) return undefined;
  const { text, location } = error.errors[0] ?? {};
  if (typeof text !== 'string' || typeof location?.line !== 'number' || typeof location.column !== 'number') {
    return undefined;
  }
  const place = { line: location.line, column: location.column + 1, text: text.replace(/\.$/, '') };
  const advice = adviseOn(place, lines);
  return advice === undefined ? place : { ...place, advice };
}

function adviseOn({ line, column, text }: SyntaxErrorPlace, lines: readonly string[]): string | undefined {
  if (/Unterminated (string|template)/.test(text))
    return `Probably the quote that ends the text is missing in line ${line}.`;
  if (/end of file/.test(text)) return 'Probably a closing }, ] or ) is missing.';
  if (/^Unexpected ","|^Expected identifier but found ","/.test(text)) return 'Probably there is a comma too many.';
  if (/^Expected ".*" but found "[=;]"/.test(text)) return 'Probably a colon or a comma is meant.';
  if (!/^Expected "[}\])]" but found/.test(text)) return undefined;
  const before = (lines[line - 1] ?? '').slice(0, column - 1).trim();
  if (before !== '') return `Probably a comma is missing in line ${line}, before column ${column}.`;
  const previous = lines
    .slice(0, line - 1)
    .findLastIndex((one) => one.trim() !== '' && !/^\s*(\/\/|\*|\/\*)/.test(one));
  return previous < 0 ? undefined : `Probably a comma is missing at the end of line ${previous + 1}.`;
}
