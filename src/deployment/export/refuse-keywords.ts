import { Problem } from '../../problem/problem.ts';

/** The keywords that the deploy CLI replaces. Source: Auth0 docs, "Deploy CLI: Keyword Replacement". */
const KEYWORD = /##[^#\n]+##|@@[^@\n]+@@/;

/**
 * Refuses a policy with a text that the deploy CLI would change on import: the Action would no longer be the one of the
 * policy.
 *
 * @param value a policy, or a part of it
 * @param field the path of the part
 * @throws {Problem} `keyword_in_policy`
 * @example refuseKeywords({ claim: 'https://apex.test/##ENV##/roles' }) // throws; the message names claim
 */
export function refuseKeywords(value: unknown, field = ''): void {
  if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      const place = Array.isArray(value) ? `${field}[${name}]` : field === '' ? name : `${field}.${name}`;
      refuseKeywords(part, place);
    }
    return;
  }
  const [keyword] = typeof value === 'string' ? (KEYWORD.exec(value) ?? []) : [];
  if (keyword === undefined) return;
  throw new Problem(
    'keyword_in_policy',
    `"${field}" of the policy contains ${keyword}, which the deploy CLI takes for a keyword and replaces on import.`,
    `Write "${field}" without it, or put the policy on the tenant with: portcullis apply`,
  );
}
