import { Problem } from '../../../problem/problem.ts';
import type { ActionDependency } from '../../store/records/actions/action-repository.ts';

/** As whoever makes an Action writes it. Packages come from the npm registry, whatever `registry_url` says. */
export type GivenDependency = { readonly name: string; readonly version?: string; readonly registry_url?: string };

/** Exact, as in `1.2.3` or `1.2.3-beta.1+build`. */
const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
/** None begins with a dash, which npm would read as an option. */
const NAME = /^(@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/;
/** The grammar of npm's ranges and tags. Nothing of it names a file, an address, a repository or another command. */
const PART = String.raw`(?:[xX*]|\d{1,16})`;
const IDENTIFIERS = String.raw`[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*`;
const PARTIAL = String.raw`[v=]*${PART}(?:\.${PART}(?:\.${PART}(?:-${IDENTIFIERS})?(?:\+${IDENTIFIERS})?)?)?`;
const COMPARATOR = String.raw`(?:[<>]=?|=|~>?|\^)? *${PARTIAL}`;
const RANGE = `(?:${PARTIAL} +- +${PARTIAL}|${COMPARATOR}(?: +${COMPARATOR})*)`;
const VERSION = new RegExp(String.raw`^(?: *| *${RANGE} *(?:\|\| *(?:${RANGE})? *)*|[A-Za-z][0-9A-Za-z._-]*)$`);
/** What packages call one version of another package: `npm:NAME@VERSION`. */
const ALIAS = /^npm:((?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*)(?:@(.*))?$/i;

/** Whether the version says exactly one. */
export function isExact({ version }: ActionDependency): boolean {
  return EXACT.test(version);
}

/**
 * Whether what a published package asks for is found in the registry: a version, a range, a tag, or an alias of one.
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
 * A dependency as it was given, checked: a package of the npm registry by name and version, range or tag; none means `latest`.
 *
 * @throws Problem `invalid`
 */
export function dependencySpecification(given: GivenDependency): ActionDependency {
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
