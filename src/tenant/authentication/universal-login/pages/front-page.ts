import { document } from './document.ts';
import { markup } from './markup.ts';

/**
 * What a person sees who opens the tenant's own address: where they are, and where the applications and tools look.
 *
 * @param issuer the domain's issuer, with a slash at its end
 * @returns an HTML document.
 * @example
 * frontPage('http://localhost:4001/');
 */
export function frontPage(issuer: string): string {
  const discovery = `${issuer}.well-known/openid-configuration`;
  return document({
    title: 'Local tenant',
    heading: 'The tenant is running',
    introduction: markup`<p>Nobody signs in here directly: open an application, and it will send you to this tenant.</p>`,
    body: markup`<dl>
<dt>Issuer</dt>
<dd><code>${issuer}</code></dd>
<dt>Discovery document</dt>
<dd><a href="${discovery}">${discovery}</a></dd>
</dl>`,
  });
}
