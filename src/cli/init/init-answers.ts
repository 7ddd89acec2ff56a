import { type InitRule, parsePeople } from './init-rules.ts';

/** The answers that a configuration is written from. */
export interface InitAnswers {
  readonly domain: string;
  readonly applications: readonly string[];
  readonly apexUrl: string;
  readonly workspace: string | undefined;
  readonly apexApplication: string | undefined;
  readonly scheme: string | undefined;
  readonly landingPage: string;
  readonly signedOutPage: string;
  readonly claim: string;
  readonly defaultRole: string | undefined;
  readonly organizations: readonly InitOrganization[];
  /** E-mail addresses and domains of users who never enter. */
  readonly never: readonly string[];
  /** Further users who enter, with their roles. */
  readonly admitted: readonly InitRule[];
}

export interface InitOrganization {
  readonly role: string;
  readonly domains: readonly string[];
}

/** Returns the part of an address that all pages of APEX share, without a slash at its end. */
export function apexBase(url: string): string {
  return url.trim().replace(/\/+$/, '');
}

/**
 * Returns the friendly address of a page.
 *
 * Source: Oracle APEX documentation, "Understanding URL Syntax": `/r/{workspace path}/{application alias}/{page alias}`.
 *
 * @example pageAddress('https://apex.example.com/ords', 'team', 'app', 'refused') // 'https://apex.example.com/ords/r/team/app/refused'
 */
export function pageAddress(base: string, workspace: string, application: string, page: string): string {
  return `${apexBase(base)}/r/${encodeURIComponent(workspace)}/${encodeURIComponent(application)}/${page}`;
}

/** @example defaultClaim('https://apex.example.com/ords') // 'https://apex.example.com/roles' */
export function defaultClaim(base: string): string {
  const url = URL.parse(base);
  return url === null ? '' : `https://${url.hostname}/roles`;
}

/** @example parseOrganization('ORG:WATER=water.example,wasser.example') // { role: 'ORG:WATER', domains: ['water.example', 'wasser.example'] } */
export function parseOrganization(text: string): InitOrganization | undefined {
  const at = text.indexOf('=');
  const role = text.slice(0, Math.max(0, at)).trim();
  const domains = text
    .slice(at + 1)
    .split(/[\s,]+/)
    .filter((domain) => domain !== '');
  return at < 0 || role === '' || domains.length === 0 ? undefined : { role, domains };
}

/** @example parseAdmitted('Auditor=kim@audit.example') // { role: 'Auditor', people: ['kim@audit.example'] } */
export function parseAdmitted(text: string): InitRule | undefined {
  const at = text.indexOf('=');
  const role = text.slice(0, Math.max(0, at)).trim();
  const people = parsePeople(text.slice(at + 1));
  return at < 0 || role === '' || people.length === 0 ? undefined : { role, people };
}
