import type { Visitor } from '../../../policy/visitor.ts';
import type { GateDocument } from './gate-document.ts';

/** The fields of the form, as they are typed. An empty text is a value that is not known. */
export interface VisitorFields {
  readonly email: string;
  readonly emailVerified: boolean;
  readonly roles: string;
  readonly application: string;
  readonly connection: string;
  readonly organization: string;
  readonly groups: string;
  readonly country: string;
  readonly ip: string;
  readonly at: string;
  readonly appMetadata: string;
  readonly mfa: boolean;
}

/** The visitor that the form describes. */
export function visitorOf(fields: VisitorFields, { clientId }: GateDocument): Visitor | { readonly error: 'json' } {
  const appMetadata = fields.appMetadata.trim() === '' ? {} : objectOf(fields.appMetadata);
  if (appMetadata === undefined) return { error: 'json' };
  return {
    application: fields.application || clientId,
    email: fields.email || undefined,
    emailVerified: fields.emailVerified,
    roles: names(fields.roles),
    connection: fields.connection.trim() || undefined,
    organization: names(fields.organization),
    groups: names(fields.groups),
    country: fields.country.trim() || undefined,
    ip: fields.ip.trim() || undefined,
    at: fields.at.trim() === '' ? Date.now() : Date.parse(fields.at.trim()),
    appMetadata,
    mfa: fields.mfa,
  };
}

function names(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
