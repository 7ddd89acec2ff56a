/**
 * The headers of every page of the tenant: no scripts, no frames, no content of other origins, no cached copies.
 *
 * The policy omits `form-action` on purpose: browsers also apply it to redirects after a form, and those lead to the
 * application's callback on any origin.
 *
 * @example
 * return c.html(loginPage(view), 200, pageHeaders);
 * @see Content Security Policy Level 3, 6.4.1; Auth0 docs: "Clickjacking Protection for Universal Login".
 */
export const pageHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  // The URL contains the login's state, which other origins must not see.
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

/**
 * A Content Security Policy with further sources.
 *
 * @param sources by directive
 * @example
 * withSources("default-src 'none'; img-src data:", { 'img-src': ['https://shop.example'] });
 */
export function withSources(policy: string, sources: Readonly<Record<string, readonly string[]>>): string {
  const directives = new Map(policy.split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive]));
  for (const [name, added] of Object.entries(sources)) {
    if (added.length === 0) continue;
    const words = (directives.get(name) ?? name).split(' ');
    directives.set(name, [...new Set([...words, ...added])].join(' '));
  }
  return [...directives.values()].join('; ');
}
