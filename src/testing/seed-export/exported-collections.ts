import type { Members } from '../seed/seed.ts';
import { COLLECTIONS, contentOf, REFERENCED } from '../seed/seed-collections.ts';
import { type ReferencedKind, referencedKinds, withReferences } from '../seed/seed-references.ts';
import { byMember, type ExportContext, isEmpty } from './export-context.ts';

/** Kinds whose lists have no content. */
const LISTED_BY_NAME: readonly string[] = ['flows', 'forms', 'flowVaultConnections'];
/** Secrets of a log stream's other end, which are masked or left out. Source: `auth0-deploy-cli` 8.44.0, `defaults.js`. */
const SINK_SECRETS = [
  'httpAuthorization',
  'splunkToken',
  'datadogApiKey',
  'mixpanelServiceAccountPassword',
  'segmentWriteKey',
];
/** The secrets of each way in which a webhook is called. */
const WEBHOOK_SECRETS: Readonly<Record<string, string>> = {
  basic: 'password',
  bearer: 'token',
  custom_header: 'header_value',
};

/** Exports the resources that refer to few others. */
export async function exportCollections(context: ExportContext): Promise<Members> {
  const { api } = context;
  const exported: Record<string, Members[]> = {};
  for (const [kind, collection] of Object.entries(COLLECTIONS)) {
    const names = await namesByKind(context, kind);
    const found: Members[] = [];
    for (const listed of await api.list(collection)) {
      const isShort = LISTED_BY_NAME.includes(kind);
      const resource = isShort ? ((await api.get(`${collection.path}/${listed[collection.id]}`)) as Members) : listed;
      const content = withReferences(kind, contentOf(kind, resource), (of, id) => names.get(of)?.get(id));
      const texts =
        kind === 'selfServiceProfiles' ? await customTextOf(context, `${collection.path}/${listed.id}`) : {};
      found.push(withKeywords(context, kind, { ...content, ...texts }));
    }
    exported[kind] = found.sort(byMember(collection.identity));
  }
  return exported;
}

/** The texts of a self-service profile, for the one language and page that Auth0 has. */
async function customTextOf({ api }: ExportContext, path: string): Promise<Members> {
  const texts = await api.get(`${path}/custom-text/en/get-started`);
  return isEmpty(texts) ? {} : { customText: { en: { 'get-started': texts } } };
}

async function namesByKind({ api }: ExportContext, kind: string) {
  const names = new Map<ReferencedKind, ReadonlyMap<string, string>>();
  for (const of of referencedKinds(kind)) {
    const { identity, id } = REFERENCED[of];
    const found = await api.list(REFERENCED[of]);
    names.set(of, new Map(found.map((one) => [String(one[id]), String(one[identity])])));
  }
  return names;
}

/** Puts keywords where a secret was, in the form in which the deploy CLI takes them. */
function withKeywords({ keyword }: ExportContext, kind: string, resource: Members): Members {
  const name = String(resource.name);
  if (kind === 'tokenExchangeProfiles') {
    const { action_id, ...profile } = resource;
    return { ...profile, action: action_id };
  }
  if (kind === 'phoneProviders') {
    return { ...resource, credentials: name === 'twilio' ? { auth_token: keyword('twilio', 'auth_token') } : {} };
  }
  if (kind === 'logStreams') {
    const sink = resource.sink as Members;
    const secrets = SINK_SECRETS.filter((secret) => sink[secret] !== undefined);
    const masked = Object.fromEntries(secrets.map((secret) => [secret, keyword('log_streams', name, secret)]));
    return { ...resource, sink: { ...sink, ...masked } };
  }
  const destination = resource.destination as Members | undefined;
  const configuration = destination?.configuration as Members | undefined;
  const authorization = configuration?.webhook_authorization as Members | undefined;
  const secret = WEBHOOK_SECRETS[String(authorization?.method)];
  if (kind !== 'eventStreams' || secret === undefined) return resource;
  const webhook_authorization = { ...authorization, [secret]: keyword('event_streams', name, secret) };
  return { ...resource, destination: { ...destination, configuration: { ...configuration, webhook_authorization } } };
}
