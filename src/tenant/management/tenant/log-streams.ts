import { randomInt, randomUUID } from 'node:crypto';
import { type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import { conflict } from '../http/api-error.ts';
import { collection } from '../resources/collection.ts';
import { tenantName } from '../tenant-name.ts';

const prioritised = [{ type: 'category', name: 'security' }];
const mask = '********';
/** Sinks whose other end is made together with the stream. */
const partners: Readonly<Record<string, readonly [member: string, prefix: string]>> = {
  eventbridge: ['awsPartnerEventSource', 'aws.partner/auth0.com'],
  eventgrid: ['azurePartnerTopic', 'azure.partner/auth0.com'],
};

/**
 * Log streams: `/log-streams`.
 *
 * @see https://auth0.com/docs/customize/log-streams
 */
export const logStreamOperations = collection({
  path: '/log-streams',
  called: 'log stream',
  removesAbsent: true,
  id: () => `lst_${String(randomInt(1e12)).padStart(16, '0')}`,
  unique: {
    of: ({ name }) => (typeof name === 'string' ? name : undefined),
    refuse: () => conflict('A log stream with that name already exists.', 'log_stream_name_conflict'),
  },
  beforeCreate: (members) => {
    const [member, prefix] = partners[String(members.type)] ?? [];
    const partner = member === undefined ? {} : { [member]: `${prefix}/${tenantName}-${randomUUID()}/auth0.logs` };
    return {
      status: 'active',
      name: `${String(members.type)} stream`,
      ...members,
      sink: { ...objectOf(members.sink), ...partner },
    };
  },
  beforeChange: (next, present) => ({ ...next, sink: { ...objectOf(present.members.sink), ...objectOf(next.sink) } }),
  present: ({ filters, isPriority, ...shown }) => ({
    ...shown,
    sink: masked(objectOf(shown.sink)),
    // A prioritised stream has the security events, whatever its filters say.
    ...(isPriority === true ? { filters: prioritised } : hasFilters(filters) && { filters }),
    ...(isPriority !== undefined && { isPriority }),
  }),
});

function hasFilters(filters: JsonValue | undefined): boolean {
  return Array.isArray(filters) && filters.length > 0;
}

function masked(sink: JsonObject): JsonObject {
  return 'mixpanelServiceAccountPassword' in sink ? { ...sink, mixpanelServiceAccountPassword: mask } : sink;
}
