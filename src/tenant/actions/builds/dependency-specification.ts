import { Problem } from '../../../problem/problem.ts';
import type { ActionDependency } from '../../store/records/actions/action-repository.ts';

/** A dependency as the author of an Action writes it. Packages come from the npm registry, regardless of `registry_url`. */
export type DependencyInput = { readonly name: string; readonly version?: string; readonly registry_url?: string };

/** An exact version, such as `1.2.3` or `1.2.3-beta.1+build`. */
const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
/** Names never begin with a dash, which npm would read as an option. */
const NAME = /^(@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/;
/** The grammar of npm's ranges and tags. It allows no file, address, repository or other command. */
const PART = String.raw`(?:[xX*]|\d{1,16})`;
const IDENTIFIERS = String.raw`[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*`;
const PARTIAL = String.raw`[v=]*${PART}(?:\.${PART}(?:\.${PART}(?:-${IDENTIFIERS})?(?:\+${IDENTIFIERS})?)?)?`;
const COMPARATOR = String.raw`(?:[<>]=?|=|~>?|\^)? *${PARTIAL}`;
const RANGE = `(?:${PARTIAL} +- +${PARTIAL}|${COMPARATOR}(?: +${COMPARATOR})*)`;
const VERSION = new RegExp(String.raw`^(?: *| *${RANGE} *(?:\|\| *(?:${RANGE})? *)*|[A-Za-z][0-9A-Za-z._-]*)$`);
/** An alias that packages use for a version of another package: `npm:NAME@VERSION`. */
const ALIAS = /^npm:((?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*)(?:@(.*))?$/i;

/** Whether it is exactly one version. */
export function isExact({ version }: ActionDependency): boolean {
  return EXACT.test(version);
}

/**
 * Whether the registry has a version that a published package depends on: a version, a range, a tag, or an alias of one.
 *
 * @example
 * isRegistryVersion('^1.2.3 || 2.x'); // true
 * isRegistryVersion('file:../other'); // false
 */
export function isRegistryVersion(version: string): boolean {
  const aliased = ALIAS.exec(version);
  return VERSION.test(aliased === null ? version : (aliased[2] ?? ''));
}

/**
 * Checks a dependency: a package of the npm registry by name and version, range or tag; without a version it is `latest`.
 *
 * @throws Problem `invalid`
 */
export function dependencySpecification(given: DependencyInput): ActionDependency {
  const { name, registry_url } = given;
  const version = (given.version ?? '').trim() || 'latest';
  if (!NAME.test(name) || name.length > 214) {
    throw new Problem('invalid', `"${name.slice(0, 214)}" is not the name of an npm package.`);
  }
  if (!VERSION.test(version) || version.length > 100) {
    throw new Problem(
      'invalid',
      `"${version.slice(0, 100)}" is not a version of ${name}: give a version, a range or a tag of the npm registry.`,
    );
  }
  return { name, version, ...(registry_url !== undefined && { registry_url }) };
}
