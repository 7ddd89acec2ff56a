import { mailValues } from '../../mails/mail-values.ts';
import { type RenderedMail, renderMail } from '../../mails/render-mail.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { sampleClient, sampleUser } from './sample-values.ts';

/** A mail as its template makes it, or why it cannot be rendered. */
export type SampleMail = RenderedMail | { readonly error: string };

/**
 * A mail with values of the tenant: its first user and its first application. The code, the link and the organization are made up.
 *
 * @example
 * sampleMail(store, 'https://localhost:4000/', { subject: 'For {{ user.name }}', body: '<p>{{ code }}</p>' });
 */
export function sampleMail(store: Store, issuer: string, template: JsonObject): SampleMail {
  const [organization] = store.organizations.list({ page: 0, perPage: 1 }).rows;
  const { id = 'org_sample', name = 'sample', display_name = 'Sample organization' } = organization ?? {};
  const values = mailValues(store, {
    user: sampleUser(store),
    client: sampleClient(store),
    connection: 'Username-Password-Authentication',
    url: `${issuer}u/sample?ticket=sample`,
    code: '123456',
    sourceIp: '203.0.113.7',
    organization: { id, name, display_name },
    inviter: { name: 'Grace Hopper' },
  });
  try {
    return renderMail(template, values);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
