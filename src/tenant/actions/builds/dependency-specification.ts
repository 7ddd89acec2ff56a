import type { ActionDependency } from '../../store/records/actions/action-repository.ts';
import { ActionError } from '../library/action-error.ts';

/** As whoever makes an Action writes it. Packages come from the npm registry, whatever `registry_url` says. */
export type GivenDependency = { readonly name: string; readonly version?: string; readonly registry_url?: string };

/** Exact, as in `1.2.3` or `1.2.3-beta.1+build`. */
const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
/** None begins with a dash, which npm would read as an option. */
const NAME = /^(@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/;
/** Ranges and tags; nothing that names a file, an address or a repository. */
const RANGE = /^[0-9A-Za-z.^~<>=|*+ -]+$/;

/** Whether the version says exactly one. */
export function isExact({ version }: ActionDependency): boolean {
  return EXACT.test(version);
}

/**
 * A dependency as it was given, checked: a package of the npm registry by name and version, range or tag; none means `latest`.
 *
 * @throws ActionError `invalid`
 */
export function dependencySpecification(given: GivenDependency): ActionDependency {
  const { name, registry_url } = given;
  const version = (given.version ?? '').trim() || 'latest';
  if (!NAME.test(name) || name.length > 214) {
    throw new ActionError('invalid', `"${name.slice(0, 214)}" is not the name of an npm package.`);
  }
  if (!RANGE.test(version) || version.length > 100) {
    throw new ActionError(
      'invalid',
      `"${version.slice(0, 100)}" is not a version of ${name}: give a version, a range or a tag of the npm registry.`,
    );
  }
  return { name, version, ...(registry_url !== undefined && { registry_url }) };
}
