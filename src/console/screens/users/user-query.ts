import type { Management } from 'auth0';

/**
 * The Management API's query for a search text. A text in its query language stays as it is; any other text searches for the
 * beginning of a name or an e-mail address, or for a user id.
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

/** The name of a user, or the best replacement for it. */
export function nameOfUser(user: Management.UserResponseSchema): string {
  return user.name || user.email || user.username || user.user_id || 'without a name';
}
