import { base58Id } from '../../store/identifiers.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import { conflict, notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation, Query } from '../operation.ts';
import { collection, type ResourceCall } from '../resources/collection.ts';
import { singleOperations } from '../resources/single-operations.ts';
import { tenantName } from '../tenant-name.ts';

const templatesPath = '/branding/phone/templates';
const providersPath = '/branding/phone/providers';
const missing = () => notFound('Notification Resource not found');

/** The message of a new template. */
const standardMessage: JsonObject = {
  text: '{{ code | escape }} is your verification code for {{ friendly_name | escape }}',
  voice:
    'Hello. Your verification code for {{ friendly_name | escape }} is {{ pause }} {{ code | escape }}. I repeat, your ' +
    'verification code is {{ pause }} {{ code | escape }}',
};

const ofDisabled = ({ members }: { members: JsonObject }, { disabled }: Query): boolean =>
  disabled === undefined || (members.disabled ?? false) === disabled;

const providers = collection({
  path: providersPath,
  called: 'phone provider',
  id: () => base58Id('pro_'),
  missing,
  times: true,
  defaults: { disabled: false },
  unique: { of: () => 'one', refuse: () => conflict('There is already a configured phone provider.', 'conflict') },
  filter: ofDisabled,
  present: ({ id, credentials: _, ...shown }, __, moment) => ({
    id,
    tenant: tenantName,
    channel: 'phone',
    ...shown,
    ...(moment === 'listed' && { credentials: null }),
  }),
});

const templates = collection({
  path: templatesPath,
  called: 'phone notification template',
  id: () => base58Id('tem_'),
  missing,
  times: true,
  defaults: { disabled: false },
  unique: {
    of: ({ type }) => String(type),
    refuse: (type) => conflict(`A template of the type ${type} already exists.`, 'conflict'),
  },
  filter: ofDisabled,
  beforeCreate: (members) => ({
    ...members,
    content: { syntax: 'liquid', body: standardMessage, ...objectOf(members.content) },
  }),
  merged: ['content'],
  present: ({ id, ...shown }) => ({ id, tenant: tenantName, channel: 'phone', ...shown }),
});

/**
 * Providers and templates of text and voice messages: `/branding/phone`. No message leaves the machine: tests are in the
 * outbox, with the text of their template as it is stored.
 *
 * @see https://auth0.com/docs/customize/phone-messages
 */
export function phoneNotificationOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const find = (kind: string, { params }: ResourceCall) => {
    const record = store.records.find({ kind }, String(params.id));
    if (record === undefined) throw missing();
    return record;
  };
  const send = (kind: string) => ({
    description: 'Send a test notification',
    handle: (call: ResourceCall) => {
      const { members } = find(kind, call);
      const { to, delivery_method = 'text' } = call.body;
      const message = objectOf(objectOf(members.content).body)[String(delivery_method)];
      store.outbox.insert({
        to: String(to),
        subject: delivery_method === 'voice' ? 'Test call' : 'Test text message',
        text: typeof message === 'string' ? message : 'A test of the phone provider.',
        links: [],
        at: new Date().toISOString(),
      });
      return { code: 202, message: 'Test notification successfully sent for processing' };
    },
  });
  return [
    ...providers(dependencies),
    ...templates(dependencies),
    ...singleOperations(dependencies, {
      [`POST ${providersPath}/{id}/try`]: send(providersPath),
      [`POST ${templatesPath}/{id}/try`]: send(templatesPath),
      [`PATCH ${templatesPath}/{id}/reset`]: {
        description: 'Reset a phone notification template',
        handle: (call) => {
          const { id, members: before } = find(templatesPath, call);
          const content = { ...objectOf(before.content), body: standardMessage };
          const changed = store.records.put({ kind: templatesPath }, id, { ...before, content }, [String(before.type)]);
          const { members, created_at, updated_at } = changed;
          return { id, tenant: tenantName, channel: 'phone', disabled: false, ...members, created_at, updated_at };
        },
      },
    }),
  ];
}
