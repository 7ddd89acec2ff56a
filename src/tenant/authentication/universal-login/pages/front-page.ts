import type { Page } from './document.ts';
import { type Markup, markup } from './markup.ts';

/** An application that users sign in to. */
export interface FrontPageApplication {
  readonly name: string;
  /** The page to open; `undefined` if the application has named none that a browser can open. */
  readonly address: string | undefined;
}

/** All that runs at a tenant, with its addresses. */
export interface FrontPageContent {
  /** The issuer of each domain, with its trailing slash. */
  readonly issuers: readonly string[];
  /** The issuer of the domain whose page it is. */
  readonly issuer: string;
  /** The URL of the console; `undefined` if the tenant has none. */
  readonly console: string | undefined;
  readonly applications: readonly FrontPageApplication[];
  /** The number of applications that are not listed. */
  readonly further: number;
}

/**
 * The page at the tenant's own address: the applications to open, the console, and which address is for which program.
 *
 * @example
 * frontPage({ issuers: [issuer], issuer, console: undefined, applications: [], further: 0 });
 */
export function frontPage({ issuers, issuer, console, applications, further }: FrontPageContent): Page {
  const discovery = `${issuer}.well-known/openid-configuration`;
  return {
    title: 'Local tenant',
    heading: 'The tenant is running',
    introduction: markup`<p>You do not sign in here directly. Open an application, and it will send you to this tenant.</p>`,
    body: markup`<h2>Applications</h2>
${applications.length === 0 ? noApplication(console) : listed(applications, further)}
<h2>Console</h2>
${
  console === undefined
    ? markup`<p>This tenant has none. <code>npx portcullis tenant --console</code> starts one that has.</p>`
    : markup`<p><a href="${console}">Open the console</a> for users, Actions, and each login as a timeline. The terminal shows its password.</p>`
}
<h2>Addresses</h2>
<dl>
${issuers.map(
  (one) => markup`<dt>${one.startsWith('https:') ? 'SDKs, tools' : 'Browsers'}</dt>
<dd><code>${one}</code></dd>
`,
)}<dt>Discovery</dt>
<dd><a href="${discovery}">openid-configuration</a></dd>
</dl>`,
  };
}

function listed(applications: readonly FrontPageApplication[], further: number): Markup {
  return markup`<ul class="applications">
${applications.map(
  ({ name, address }) =>
    markup`<li>${address === undefined ? markup`<bdi>${name}</bdi>, whose address is not known` : markup`<a href="${address}"><bdi>${name}</bdi></a> <small>${address}</small>`}</li>
`,
)}</ul>${further === 0 ? '' : markup`<p class="hint">and ${further} more</p>`}`;
}

function noApplication(console: string | undefined): Markup {
  const place =
    console === undefined ? markup`the Management API` : markup`<a href="${console}/applications">the console</a>`;
  return markup`<p>There is none that users sign in to yet. Create one with ${place}.</p>`;
}
