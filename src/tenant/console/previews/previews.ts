import { randomBytes } from 'node:crypto';
import { pageHeaders, withSources } from '../../authentication/http/page-headers.ts';
import { openOperatorHtml } from '../../authentication/universal-login/operator-html.ts';
import { pageStylesheet, withLook } from '../../authentication/universal-login/page-look.ts';
import { document } from '../../authentication/universal-login/pages/document.ts';
import { samplePage, sampleScreens } from '../../authentication/universal-login/sample-screens.ts';
import { type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { type Draft, draftOver, withDraft, withLanguage } from './draft-store.ts';
import { sampleMail } from './sample-mail.ts';
import { sampleClient, sampleUser } from './sample-values.ts';

/** A file of a preview, as a frame of the console loads it. */
export interface PreviewFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A preview, for the console that asked for it. */
export interface Preview {
  /** The path of the page for a frame. */
  readonly path?: string;
  /** The screens that can be chosen, and the one of the page. */
  readonly screens?: readonly string[];
  readonly screen?: string;
  /** Subject and sender of a mail. */
  readonly subject?: string;
  readonly from?: string;
  /** Why there is no page. */
  readonly error?: string;
}

/** Previews of drafts. Each is in memory until later ones replace it. */
export interface Previews {
  /**
   * Renders a draft.
   *
   * @param request `path` of the resource as in the Management API, the `value` of its form, and the `screen` of Universal Login
   * @returns `undefined` if nothing that users see depends on the resource
   */
  create(request: Readonly<Record<string, unknown>>): Preview | undefined;
  /** A file of a preview by its path. */
  find(path: string): PreviewFile | undefined;
}

/** Two consoles, with a page and its style sheet before and after a change. */
const MOST = 16;
const base = '/console/previews/';

/** Whether a request is for a file of a preview. */
export const isPreviewPath = (path: string) => path.startsWith(base);

/**
 * Opens the previews of a tenant: pages and mails with values that nothing has saved yet. The tenant's own pages render them, and their Content
 * Security Policy is the one of these pages, except that the console may show them in a frame, in which nothing runs.
 *
 * @example
 * const { path } = openPreviews(store, issuer).create({ path: 'branding', value: { colors: { primary: '#0b7a75' } } }) ?? {};
 */
export function openPreviews(store: Store, issuer: string): Previews {
  const files = new Map<string, PreviewFile>();

  function keep(path: string, file: PreviewFile): void {
    files.set(path, file);
    for (const [oldest] of files) {
      if (files.size <= MOST) break;
      files.delete(oldest);
    }
  }

  function keepPage(html: string, policy: string): string {
    const path = `${base}${randomBytes(16).toString('hex')}`;
    keep(path, { headers: headersOf(policy, issuer), body: html });
    return path;
  }

  function pageOf(drafted: Store, prompt: string | undefined, wanted: unknown, locales?: string): Preview | undefined {
    const known = sampleScreens(prompt);
    const chosen = known.find(({ screen }) => screen === wanted) ?? known[0];
    if (chosen === undefined) return undefined;
    const stylesheet = `${base}${randomBytes(16).toString('hex')}.css`;
    const { email = '' } = sampleUser(store);
    const page = samplePage(drafted, chosen, { client: sampleClient(store), email, locales }, stylesheet);
    if (page === undefined) return undefined;
    keep(stylesheet, {
      headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-store' },
      body: pageStylesheet(drafted),
    });
    const html = withoutFocus(document(page));
    const policy = withSources(pageHeaders['Content-Security-Policy'], page.screen?.sources() ?? {});
    const path = keepPage(html, withLook(policy, drafted));
    return { path, screens: known.map(({ screen }) => screen), screen: chosen.screen };
  }

  function mailOf(template: JsonObject): Preview {
    const mail = sampleMail(store, issuer, template);
    if ('error' in mail) return mail;
    const { subject, from } = mail;
    const operator = openOperatorHtml();
    const html = operator.allow(mail.html);
    const policy = withSources("default-src 'none'; img-src data:; base-uri 'none'", operator.sources());
    return { path: keepPage(html, policy), subject, from };
  }

  return {
    find: (path) => files.get(path),
    create({ path, value, screen }) {
      const draft = draftOf(store, String(path), value as JsonValue);
      if (draft === undefined) return undefined;
      if (draft.kind === mails) return mailOf(objectOf(draft.members.value));
      const drafted = withDraft(store, draft);
      const [prompt, language] = draft.id.split('/');
      if (draft.kind === texts && language !== undefined) {
        return pageOf(withLanguage(drafted, language), prompt, screen, language);
      }
      return pageOf(drafted, draft.kind === partials ? prompt : undefined, screen);
    },
  };
}

const mails = '/email-templates/{templateName}';
const texts = '/prompts/{prompt}/custom-text/{language}';
const partials = '/prompts/{prompt}/partials';

/** The record that a save would write. */
function draftOf(store: Store, path: string, value: JsonValue): Draft | undefined {
  const setting = (kind: string, id: string, next: JsonValue) => ({ kind, id, members: { value: next } });
  const stored = (kind: string, id: string) => objectOf(store.records.find({ kind }, id)?.members.value);
  const [family = '', one = '', part = '', last = ''] = path.split('/').map(decodeURIComponent);
  if (family === 'branding' && one === '') {
    return setting('/branding', '', draftOver(stored('/branding', ''), objectOf(value)));
  }
  if (family === 'branding' && one === 'templates' && part === 'universal-login') {
    const body = typeof value === 'string' ? value : (objectOf(value).template ?? objectOf(value).body ?? '');
    return setting('/branding/templates/universal-login', '', { body });
  }
  if (family === 'branding' && one === 'themes') {
    const kind = '/branding/themes';
    const [first] = store.records.at({ kind });
    // The pages have the first theme only: a preview of another one stands in its place.
    const own = store.records.find({ kind }, part)?.members;
    return { kind, id: first?.id ?? 'draft', members: draftOver(own, objectOf(value)) };
  }
  if (family === 'prompts' && part === 'custom-text') return setting(texts, `${one}/${last}`, objectOf(value));
  if (family === 'prompts' && part === 'partials') return setting(partials, one, objectOf(value));
  if (family === 'email-templates') return setting(mails, one, draftOver(stored(mails, one), objectOf(value)));
  return undefined;
}

/** Nothing runs in the page or leaves it, and only the console may show it. */
function headersOf(policy: string, issuer: string): Record<string, string> {
  const directives = policy.split('; ').filter((directive) => !directive.startsWith('frame-ancestors '));
  const { origin } = new URL(issuer);
  const own = directives.map((directive) => directive.replaceAll("'self'", origin));
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [...own, `frame-ancestors ${origin}`, "form-action 'none'", 'sandbox'].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}

/** Without the focus that a page asks for: it belongs to the form beside the preview. */
function withoutFocus(html: string): string {
  return html.replaceAll(/(<(?:input|button|select|textarea)\b[^>]*?) autofocus\b/g, '$1');
}
