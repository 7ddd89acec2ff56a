import { type Place, pathOf } from './resource-tree.ts';

/**
 * The address of the generated screen of a place.
 *
 * @example
 * resourceAddress({ node, values: ['rol_1'] }) // '/console/resources/roles/rol_1'
 */
export function resourceAddress(place: Place): string {
  return `/console/resources/${pathOf(place)}`;
}
