import { randomUUID } from 'node:crypto';
import { base58Id } from '../../store/identifiers.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { StoredRecord } from '../../store/record-table.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { collection, type ResourceCall } from '../resources/collection.ts';
import { singleOperations } from '../resources/single-operations.ts';
import { tenantName } from '../tenant-name.ts';

const path = '/event-streams';
const missing = () => notFound('The requested stream does not exist.');

const eventStreams = collection({
  path,
  called: 'event stream',
  id: () => base58Id('est_'),
  missing,
  times: true,
  defaults: { status: 'enabled' },
  beforeCreate: (members) => ({ ...members, destination: completed(objectOf(members.destination)) }),
  beforeChange: (next) => ({ ...next, destination: completed(objectOf(next.destination)) }),
  present: (shown) => ({ ...shown, destination: withoutSecrets(objectOf(shown.destination)) }),
});

/** The other end of a stream to EventBridge is made together with the stream. */
function completed({ type, configuration, ...rest }: JsonObject): JsonObject {
  const source = `aws.partner/auth0.com/${tenantName}-${randomUUID()}/auth0.events`;
  const partner = type === 'eventbridge' ? { aws_partner_event_source: source } : {};
  return { type, configuration: { ...partner, ...objectOf(configuration) }, ...rest };
}

/** A webhook's token and password are never answered. */
function withoutSecrets({ configuration, ...rest }: JsonObject): JsonObject {
  const { webhook_authorization, ...other } = objectOf(configuration);
  if (webhook_authorization === undefined) return { ...rest, configuration: other };
  const { token, password, ...shown } = objectOf(webhook_authorization);
  return { ...rest, configuration: { ...other, webhook_authorization: shown } };
}

/** Streams of events: `/event-streams`. No event is ever delivered, so the lists of deliveries are empty. */
export function eventStreamOperations(dependencies: ManagementDependencies): Operation[] {
  const find = ({ params }: ResourceCall): StoredRecord => {
    const stream = dependencies.store.records.find({ kind: path }, String(params.id));
    if (stream === undefined) throw missing();
    return stream;
  };
  const noDelivery = {
    description: 'Deliver an event of a stream again',
    handle: (call: ResourceCall) => {
      find(call);
      throw notFound('The requested delivery does not exist.');
    },
  };
  return [
    ...eventStreams(dependencies),
    ...singleOperations(dependencies, {
      [`GET ${path}/{id}/deliveries`]: {
        handle: (call) => {
          find(call);
          return [];
        },
      },
      [`GET ${path}/{id}/deliveries/{event_id}`]: noDelivery,
      [`POST ${path}/{id}/redeliver/{event_id}`]: noDelivery,
      [`POST ${path}/{id}/redeliver`]: {
        description: 'Deliver events of a stream again',
        handle: (call) => {
          find(call);
          return call.body;
        },
      },
      [`POST ${path}/{id}/test`]: {
        description: 'Send a test event to a stream',
        handle: (call) => testDelivery(find(call).id, String(call.body.event_type)),
      },
    }),
  ];
}

function testDelivery(stream: string, type: string): JsonObject {
  const now = new Date().toISOString();
  return {
    id: base58Id('evt_'),
    event_stream_id: stream,
    status: 'failed',
    event_type: type,
    attempts: [{ status: 'failed', timestamp: now, error_message: 'This tenant delivers no events.' }],
  };
}
