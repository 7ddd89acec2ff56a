import { effectiveSettings, unpublishedSettings, WHOLE } from './description/effective-settings.ts';
import type { JsonSchema } from './description/json-schema.ts';
import { describedOperations, publishedSchema } from './description/published-operations.ts';

/** The settings of a resource: the members that the bodies of its operations take. */
export interface ResourceSettings {
  /** `/clients`, for an application and for all of them */
  readonly resource: string;
  /** `oidc_logout.backchannel_logout_urls`: a login, a token, a page, an e-mail or a log differs for it. */
  readonly effective: readonly string[];
  /** Stored and shown only. */
  readonly kept: readonly string[];
}

/**
 * The settings of each resource of the description that can be read again, in its order.
 *
 * @example
 * settingStates().find(({ resource }) => resource === '/branding')?.effective // ['colors.primary', …]
 */
export function settingStates(): ResourceSettings[] {
  return [...settingsByResource()].map(([resource, settings]) => ({
    resource,
    effective: settings.filter((setting) => isEffective(resource, setting)),
    kept: settings.filter((setting) => !isEffective(resource, setting)),
  }));
}

/**
 * The settings in the body of an operation that are only kept; those of an object of which all members are kept under its name.
 *
 * @example
 * keptSettings('/branding', { $ref: 'UpdateBrandingRequestContent' }) // ['favicon_url']
 */
export function keptSettings(path: string, body: JsonSchema): string[] {
  return [...membersOf(body)].flatMap(([name, schemas]) => {
    const settings = settingsOf(name, schemas);
    const stored = settings.filter((setting) => !isEffective(resourceOf(path), setting));
    return stored.length === settings.length ? [name] : stored;
  });
}

function settingsByResource(): ReadonlyMap<string, readonly string[]> {
  const readable = new Set(
    describedOperations.filter(({ method }) => method === 'GET').map(({ path }) => resourceOf(path)),
  );
  const found = new Map<string, Set<string>>();
  for (const { path, body } of describedOperations) {
    const resource = resourceOf(path);
    // A body of another operation is a request: a search, a test, a ticket.
    if (body === undefined || !readable.has(resource)) continue;
    const settings = found.get(resource) ?? new Set(unpublishedSettings[resource]);
    for (const [name, schemas] of membersOf(body)) {
      for (const setting of settingsOf(name, schemas)) settings.add(setting);
    }
    found.set(resource, settings);
  }
  return new Map([...found].map(([resource, settings]) => [resource, settings.size > 0 ? [...settings] : [WHOLE]]));
}

/** The path of a resource: `/clients` for `/clients/{id}`. */
export function resourceOf(path: string): string {
  return path.replace(/\/\{\w+\}$/, '');
}

function isEffective(resource: string, setting: string): boolean {
  return (effectiveSettings[resource] ?? []).some((name) => setting === name || setting.startsWith(`${name}.`));
}

/** A member of a body, or the members of its own if it is an object. */
function settingsOf(name: string, schemas: readonly JsonSchema[]): string[] {
  const own = new Set(schemas.flatMap((schema) => [...membersOf(schema).keys()]));
  return own.size === 0 ? [name] : [...own].map((member) => `${name}.${member}`);
}

/** The members of a schema, in all of its forms. */
function membersOf(schema: JsonSchema): ReadonlyMap<string, readonly JsonSchema[]> {
  const found = new Map<string, JsonSchema[]>();
  for (const { properties = {} } of formsOf(schema)) {
    for (const [name, member] of Object.entries(properties)) found.set(name, [...(found.get(name) ?? []), member]);
  }
  return found;
}

function formsOf(schema: JsonSchema): JsonSchema[] {
  const whole = schema.$ref === undefined ? schema : publishedSchema(schema.$ref);
  const forms = [...(whole.oneOf ?? []), ...(whole.anyOf ?? []), ...(whole.allOf ?? [])];
  return whole.$ref === undefined ? [whole, ...forms.flatMap(formsOf)] : formsOf(whole);
}
