import type { Store } from '../store/store.ts';
import { enabledTemplate, type MailTemplateName } from './mail-template.ts';
import { type MailFacts, mailValues } from './mail-values.ts';
import { renderMail } from './render-mail.ts';

/** A mail, with the subject and text that it has unless the operator has stored a template for it. */
export interface MailRequest {
  readonly template: MailTemplateName;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly facts: MailFacts;
}

/**
 * Puts a mail into the outbox. If the operator has stored and enabled a template for it, its subject, sender and body are
 * the template's. A template that cannot be rendered does not keep the mail from its recipient: the mail then has the tenant's own text, and
 * the outbox shows the error.
 *
 * @example
 * sendMail(store, { template: 'mfa_oob_code', to: 'ada@example.com', subject: 'Your code', text: '123456', facts: { code: '123456' } });
 * @see https://auth0.com/docs/customize/email/email-templates
 */
export function sendMail(store: Store, { template: name, to, subject, text, facts }: MailRequest): void {
  const own = { to, subject, text, links: facts.url === undefined ? [] : [facts.url], at: new Date().toISOString() };
  const template = enabledTemplate(store, name);
  if (template === undefined) {
    store.outbox.insert(own);
    return;
  }
  try {
    const { html, from, subject: rendered } = renderMail(template, mailValues(store, facts));
    store.outbox.insert({
      ...own,
      ...(from !== '' && { from }),
      subject: rendered || subject,
      html,
      // The link of the mail is there even if the template writes it as plain text, or leaves it out.
      links: [...new Set([...linksOf(html), ...own.links])],
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    store.outbox.insert({ ...own, error: `The template ${name} could not be rendered: ${reason}` });
  }
}

function linksOf(html: string): string[] {
  const targets = html.matchAll(/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi);
  return [...targets]
    .map(([, double, single]) => (double ?? single ?? '').replaceAll('&amp;', '&'))
    .filter((link) => URL.canParse(link));
}
