/** Groups of log types to filter by, as queries of the Management API. */
export const logGroups = [
  { name: '', label: 'Everything', query: '' },
  { name: 'logins', label: 'Logins', query: '(type:s OR type:f OR type:fp OR type:fu OR type:ssa OR type:fsa)' },
  { name: 'failures', label: 'Failures', query: '(type:f* OR type:limit_wc OR type:limit_mu OR type:w)' },
  { name: 'exchanges', label: 'Token exchanges', query: '(type:se* OR type:fe*)' },
  { name: 'changes', label: 'Management API changes', query: 'type:sapi' },
] as const;

/**
 * The query of the log for a search text and a group.
 *
 * @see Auth0 docs: "Log Search Query Syntax"
 * @example
 * logQuery('una', 'logins') // '(user_name:una* OR client_name:una*) AND (type:s OR …)'
 */
export function logQuery(text: string, group: string): string {
  const chosen = logGroups.find(({ name }) => name === group)?.query ?? '';
  return [asQuery(text), chosen].filter(Boolean).join(' AND ');
}

function asQuery(text: string): string {
  if (text === '') return '';
  if (/^-?[\w.]+:/.test(text) || /\b(?:AND|OR|NOT)\b/.test(text)) return `(${text})`;
  const beginning = text
    .split(/\s+/)
    .map((word) => word.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&'))
    .join('\\ ');
  return `(${['user_name', 'client_name'].map((field) => `${field}:${beginning}*`).join(' OR ')})`;
}
