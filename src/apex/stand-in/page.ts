import type { AuthorizationScheme } from './authorization-scheme.ts';

export type PageKind = 'home' | 'members' | 'login' | 'signed-out' | 'landing';

export interface Page {
  readonly kind: PageKind;
  /** The page's number, for addresses of the form `f?p=`. */
  readonly number: number;
  readonly alias: string;
  readonly title: string;
  readonly public: boolean;
  readonly authorization?: AuthorizationScheme;
}

/**
 * The pages of the application.
 *
 * @param landingPage alias of the page that refused users end on
 * @param membersScheme the authorization scheme of the members' page
 * @param landingPublic whether the landing page is public
 * @example applicationPages('refused', MEMBER_OF_ANY_ORGANIZATION)
 */
export function applicationPages(
  landingPage: string,
  membersScheme: AuthorizationScheme,
  landingPublic = true,
): readonly Page[] {
  return [
    { kind: 'home', number: 1, alias: 'home', title: 'Home', public: false },
    { kind: 'members', number: 2, alias: 'members', title: 'Members', public: false, authorization: membersScheme },
    { kind: 'landing', number: 10, alias: landingPage, title: 'Not let in', public: landingPublic },
    { kind: 'signed-out', number: 11, alias: 'signed-out', title: 'Signed out', public: true },
    { kind: 'login', number: 9999, alias: 'login', title: 'Sign in', public: true },
  ];
}

/** Finds a page by alias or number, as APEX does. */
export function findPage(pages: readonly Page[], name: string): Page | undefined {
  const lowerCase = name.toLowerCase();
  return pages.find((page) => page.alias === lowerCase || String(page.number) === lowerCase);
}
