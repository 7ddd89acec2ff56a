import { objectOf } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';

/** A page that asks for the name and the password, or one of two that ask for one each. */
export type FormPart = 'whole' | 'identifier' | 'password';

/** The name that a user typed on the first of two pages. */
export interface TypedIdentifier {
  /** E-mail address, or username at a sign-in. */
  readonly name: string;
  /** At a sign-up to a database with usernames. */
  readonly username?: string | undefined;
}

/** Seconds, as long as a login may wait. */
const LIFETIME = 60 * 60;

/**
 * Whether the login page and the sign-up page ask for the name first, and for the password on a second page.
 *
 * @see Auth0 docs: "Identifier First Authentication"
 */
export function isIdentifierFirst(store: Store): boolean {
  return objectOf(store.records.find({ kind: '/prompts' }, '')?.members.value).identifier_first === true;
}

/**
 * The path of a page that asks for the name first if the tenant says so.
 *
 * @example
 * entryPath(store, 'login'); // 'login', or 'login/identifier'
 */
export function entryPath(store: Store, page: 'login' | 'signup'): string {
  return isIdentifierFirst(store) ? `${page}/identifier` : page;
}

/** Stores the name with the login until its password page is sent. */
export function keepIdentifier(store: Store, page: 'login' | 'signup', state: string, typed: TypedIdentifier): void {
  const payload = { name: typed.name, ...(typed.username !== undefined && { username: typed.username }) };
  store.artifacts.upsert(kindOf(page), state, payload, Math.floor(Date.now() / 1000) + LIFETIME);
}

/** The name that the user typed on the first page of the login. */
export function typedIdentifier(store: Store, page: 'login' | 'signup', state: string): TypedIdentifier | undefined {
  const { name, username } = store.artifacts.find(kindOf(page), state) ?? {};
  if (typeof name !== 'string') return undefined;
  return { name, username: typeof username === 'string' ? username : undefined };
}

function kindOf(page: 'login' | 'signup'): string {
  return page === 'login' ? 'LoginIdentifier' : 'SignUpIdentifier';
}
