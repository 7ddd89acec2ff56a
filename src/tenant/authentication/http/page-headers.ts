/**
 * What every page of the tenant is sent with: no script, no frame around it, nothing from elsewhere, no copy kept.
 *
 * The policy leaves `form-action` out on purpose: browsers apply it to the redirects that follow a form as well, and
 * those lead to the application's callback, wherever that is.
 *
 * @example
 * return c.html(loginPage(view), 200, pageHeaders);
 * @see Content Security Policy Level 3, 6.4.1; Auth0 docs: "Clickjacking Protection for Universal Login".
 */
export const pageHeaders: Record<string, string> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  // The address holds the login's state, which is nobody else's to know.
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
