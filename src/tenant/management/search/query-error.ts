import { type ApiError, invalidQuery } from '../http/api-error.ts';

/**
 * The error for a search that cannot be parsed.
 *
 * @example
 * throw queryError('unknown field "user_email"')
 * // 400: The search query string has an error: unknown field "user_email"
 */
export function queryError(problem: string): ApiError {
  return invalidQuery(`The search query string has an error: ${problem}`);
}

/** Text of the caller, shortened for a message. */
export function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
