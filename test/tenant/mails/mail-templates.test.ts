import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { OutboxRecord } from '../../../src/tenant/store/records/tenant/outbox-repository.ts';
import { type LocalTenant, startLocalTenant } from '../../local-tenant.ts';

let local: LocalTenant;
let userId: string;
let mails: OutboxRecord[] = [];
beforeAll(async () => {
  local = await startLocalTenant();
  local.tenant.onMail((mail) => mails.push(mail));
  await local.management.tenants.settings.update({ friendly_name: 'The shop' });
});
afterAll(() => local.tenant.close());
beforeEach(async () => {
  const user = await local.management.users.create({
    connection: 'Username-Password-Authentication',
    email: `una-${Math.random()}@shop.example`,
    password: 'Open-1-gate',
    given_name: 'Una <b>',
    email_verified: false,
    verify_email: false,
  });
  userId = String(user.user_id);
  mails = [];
});

const template = (members: { body: string; enabled?: boolean; subject?: string; resultUrl?: string }) =>
  local.management.emailTemplates.set('verify_email', {
    template: 'verify_email',
    subject: 'Verify {{ user.email }}',
    from: '{{ friendly_name }} <shop@shop.example>',
    syntax: 'liquid',
    enabled: true,
    ...members,
  });
const verificationMail = async () => {
  await local.management.jobs.verificationEmail.create({ user_id: userId });
  return mails.at(-1);
};

it('an enabled template gives a mail its subject, its sender and its body', async () => {
  await template({
    body: '<p>Dear {{ user.given_name | escape }}, <a href="{{ url | escape }}">verify</a> at {{ friendly_name }}</p>',
  });
  const mail = await verificationMail();
  expect(mail).toMatchObject({ subject: `Verify ${mail?.to}`, from: 'The shop <shop@shop.example>' });
  expect(mail?.html).toContain('Dear Una &lt;b&gt;, <a href="https://');
  expect(mail?.html).toContain('at The shop</p>');
  expect(mail?.links).toEqual([expect.stringContaining('/u/email-verification?ticket=')]);
  const page = await fetch(String(mail?.links[0]));
  expect(page.ok).toBe(true);
  expect((await local.management.users.get(userId)).email_verified).toBe(true);
});

it('a template that is not enabled changes nothing', async () => {
  await template({ body: 'Never', enabled: false });
  const mail = await verificationMail();
  expect(mail?.subject).toBe('Verify your email');
  expect(mail?.html).toBeUndefined();
});

it('the link of the mail leads to the page that the template names', async () => {
  await template({ body: '{{ url }}', resultUrl: 'https://shop.example/verified' });
  await verificationMail();
  const mail = mails.at(-1);
  const answer = await fetch(String(mail?.html), { redirect: 'manual' });
  expect(answer.headers.get('location')).toMatch(/^https:\/\/shop\.example\/verified\?/);
});

it.each([
  ['does not parse', '{% if user %}'],
  ['includes a file', "{% include '/etc/passwd' %}"],
  ['never ends', '{% for a in (1..100000000) %}{% for b in (1..100000000) %}x{% endfor %}{% endfor %}'],
])('a template that %s does not keep the mail from its recipient', async (_, body) => {
  await template({ body });
  const mail = await verificationMail();
  expect(mail?.text).toContain('/u/email-verification?ticket=');
  expect(mail?.html).toBeUndefined();
  expect(mail?.error).toMatch(/^The template verify_email could not be rendered: /);
});

it('a template sees no prototype and no function of the tenant', async () => {
  await template({ body: '[{{ user.constructor }}{{ user.__proto__ }}{{ constructor }}]' });
  expect((await verificationMail())?.html).toBe('[]');
});

it('a welcome mail follows the verification, if its template is enabled', async () => {
  await template({ body: '<a href="{{ url }}">verify</a>' });
  const first = await verificationMail();
  await local.management.emailTemplates.set('welcome_email', {
    template: 'welcome_email',
    subject: 'Welcome',
    from: '',
    body: '<p>Welcome to {{ friendly_name }}</p>',
    syntax: 'liquid',
    enabled: true,
  });
  await fetch(String(first?.links[0]));
  expect(mails.at(-1)).toMatchObject({ subject: 'Welcome', html: '<p>Welcome to The shop</p>', to: first?.to });
});
