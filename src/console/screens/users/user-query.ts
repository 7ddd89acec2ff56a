import type { Management } from 'auth0';

/**
 * What somebody typed as a search of the Management API: a query of its language as it is, anything else as the beginning of
 * a name, an address or an id.
 *
 * @see Auth0 docs: "User Search Query Syntax"
 * @example
 * userQuery('una') // 'name:una* OR email:una* OR nickname:una* OR user_id:"una"'
 */
export function userQuery(text: string): string {
  if (/^-?[\w.]+:/.test(text) || /\b(?:AND|OR|NOT)\b/.test(text)) return text;
  const beginning = text
    .split(/\s+/)
    .map((word) => word.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&'))
    .join('\\ ');
  const whole = JSON.stringify(text);
  return [...['name', 'email', 'nickname'].map((field) => `${field}:${beginning}*`), `user_id:${whole}`].join(' OR ');
}

/** What a person calls a user: the name, or whatever there is in its place. */
export function nameOfUser(user: Management.UserResponseSchema): string {
  return user.name || user.email || user.username || user.user_id || 'without a name';
}
