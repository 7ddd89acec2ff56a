import { randomBytes } from 'node:crypto';
import { errorPage } from '../authentication/http/error-page.ts';
import { pageHeaders } from '../authentication/http/page-headers.ts';
import { document } from '../authentication/universal-login/pages/document.ts';

/**
 * The page for a browser that a network access control list refuses.
 *
 * @param description says which list
 * @example
 * const { headers, html } = refusalPage('The network ACL "office" refuses 127.0.0.2.');
 */
export function refusalPage(description: string): { readonly headers: Record<string, string>; readonly html: string } {
  const trackingId = randomBytes(10).toString('hex');
  return {
    headers: { ...pageHeaders, 'Content-Type': 'text/html; charset=utf-8' },
    html: document(errorPage({ error: 'access_denied', description, trackingId })),
  };
}
