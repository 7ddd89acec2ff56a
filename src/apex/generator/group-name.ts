/**
 * Returns the dynamic group of a role. An authorization scheme separates group names with commas, so a comma in a
 * role's name is written `%2C`, and a percent sign `%25`: two roles never become one group.
 *
 * @example groupName('ORG:Smith, Sons') // 'ORG:Smith%2C Sons'
 */
export function groupName(role: string): string {
  return role.replaceAll('%', '%25').replaceAll(',', '%2C');
}
