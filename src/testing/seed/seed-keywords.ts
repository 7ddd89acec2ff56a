import { Problem } from '../../problem/problem.ts';

/**
 * Keywords that every export of the deploy CLI has, for CAPTCHA providers that the tenant may never have used. Without a value they stay
 * as they are, as with the deploy CLI: a local tenant asks for no CAPTCHA.
 */
const OPTIONAL = /^CAPTCHA_[A-Z0-9_]+_(?:SECRET|API_KEY|PROJECT_ID)$/;

/** Values by keyword: a text, or a value that stands for itself. */
export type KeywordMappings = Readonly<Record<string, unknown>>;

/**
 * Reads the variable with the keywords of the deploy CLI.
 *
 * @throws {Problem} `seed_invalid` if it is no JSON object
 * @example keywordMappings({ AUTH0_KEYWORD_REPLACE_MAPPINGS: '{"HOST":"localhost"}' })
 */
export function keywordMappings(environment: Readonly<Record<string, string | undefined>>): KeywordMappings {
  const text = environment.AUTH0_KEYWORD_REPLACE_MAPPINGS;
  if (text === undefined || text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as KeywordMappings;
  } catch {
    // Reported below: the variable may hold secrets, so its text is not shown.
  }
  throw new Problem(
    'seed_invalid',
    'AUTH0_KEYWORD_REPLACE_MAPPINGS is no JSON object.',
    `Set it to an object: AUTH0_KEYWORD_REPLACE_MAPPINGS='{"HOST":"localhost"}'`,
  );
}

/**
 * Replaces keywords as the deploy CLI does: `##KEY##` by a text, and `@@KEY@@`, with its quotes if it has some, by JSON. Keywords without
 * a value become placeholders, for {@link assertKeywordsReplaced}, except those of CAPTCHA providers.
 *
 * Source: Auth0 docs, "Auth0 Deploy CLI: Keyword Replacement".
 *
 * @example replaceKeywords('callbacks: @@CALLBACKS@@', { CALLBACKS: ['http://localhost/cb'] }) // 'callbacks: ["http://localhost/cb"]'
 */
export function replaceKeywords(text: string, mappings: KeywordMappings): string {
  let replaced = text;
  for (const [key, value] of Object.entries(mappings)) {
    const marker = `@@${key}@@`;
    for (const quoted of [`'${marker}'`, `"${marker}"`, marker])
      replaced = replaced.replaceAll(quoted, () => JSON.stringify(value));
    replaced = replaced.replaceAll(`##${key}##`, () => String(value));
  }
  return replaced.replace(/(##|@@)([A-Z][A-Z0-9_]*)\1/g, (marker, _, key: string) =>
    OPTIONAL.test(key) ? marker : `${PLACEHOLDER}${key}${END}`,
  );
}

/** Characters that no export has, and that mean nothing in YAML and JSON. */
const [PLACEHOLDER, END] = ['\uE000', '\uE001'];

/**
 * The keywords without a value in what was read from a file: a text, or a parsed one, at any depth.
 *
 * @example missingKeywords(replaceKeywords('##HOST##', {})) // ['HOST']
 */
function missingKeywords(value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  const found = text.matchAll(new RegExp(`${PLACEHOLDER}([A-Z0-9_]+)${END}`, 'g'));
  return [...new Set([...found].map(([, key]) => key ?? ''))];
}

/**
 * @param value a text, or a parsed one
 * @param file for the error
 * @throws {Problem} `seed_keyword_missing`
 */
export function assertKeywordsReplaced(value: unknown, file: string): void {
  const missing = missingKeywords(value);
  const [first] = missing;
  if (first === undefined) return;
  throw new Problem(
    'seed_keyword_missing',
    `${file} has keywords without a value: ${missing.join(', ')}.`,
    `Give each a value: AUTH0_KEYWORD_REPLACE_MAPPINGS='${JSON.stringify({ [first]: '…' })}'`,
    { file },
  );
}
