import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

const email = { identifier: { active: true }, profile_required: true };

it('by default verifies an address by a link and allows it for one user only', async () => {
  const make = async (name: string, attribute: object) => {
    const options = { attributes: { email: attribute } };
    return (await tenant.call('POST', '/connections', { name, strategy: 'auth0', options })).body.options.attributes;
  };
  expect(await make('plain', email)).toEqual({ email: { ...email, verification_method: 'link', unique: true } });
  const codes = { ...email, verification_method: 'otp', unique: false };
  expect(await make('codes', codes)).toEqual({ email: codes });
});

it('does not allow users of a connection to share addresses later', async () => {
  const { body: made } = await tenant.call('POST', '/connections', { name: 'later', strategy: 'auth0' });
  const options = { attributes: { email: { ...email, unique: false } } };
  expect(await tenant.call('PATCH', `/connections/${made.id}`, { options })).toMatchObject({
    status: 400,
    body: { message: 'cannot add non-unique email attribute', errorCode: 'invalid_body' },
  });
  expect((await tenant.call('GET', `/connections/${made.id}`)).body.options.attributes).toBeUndefined();
});
