import type { Page } from './document.ts';
import { markup } from './markup.ts';

/**
 * The page at the tenant's own address: it names the tenant's issuer and links to its discovery document.
 *
 * @param issuer the domain's issuer, with its trailing slash
 * @example
 * frontPage('http://localhost:4001/');
 */
export function frontPage(issuer: string): Page {
  const discovery = `${issuer}.well-known/openid-configuration`;
  return {
    title: 'Local tenant',
    heading: 'The tenant is running',
    introduction: markup`<p>You do not sign in here directly. Open an application, and it will send you to this tenant.</p>`,
    body: markup`<dl>
<dt>Issuer</dt>
<dd><code>${issuer}</code></dd>
<dt>Discovery document</dt>
<dd><a href="${discovery}">${discovery}</a></dd>
</dl>`,
  };
}
