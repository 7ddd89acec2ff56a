import type { DoorImpact, Impact } from '../../deployment/impact/impact.ts';
import type { Tally } from '../../deployment/impact/tally.ts';
import type { PastLogins } from '../../deployment/past-logins/past-logins.ts';

/**
 * Masks what identifies users in the impact: many people can read the logs of pipelines. Counts and e-mail domains stay.
 *
 * @example maskImpact(impact) // { …, people: [{ userId: 'auth0|***', email: '***@water.example' }] }
 */
export function maskImpact(impact: Impact): Impact {
  return { ...impact, doors: impact.doors.map(maskDoor) };
}

function maskDoor(door: DoorImpact): DoorImpact {
  const { dependsOn, newlyRefused, newlyAdmitted, newlyGiven, noLongerGiven } = door;
  return {
    ...door,
    dependsOn: maskTallies(dependsOn),
    newlyRefused: maskTallies(newlyRefused),
    newlyAdmitted: maskTallies(newlyAdmitted),
    newlyGiven: maskTallies(newlyGiven),
    noLongerGiven: maskTallies(noLongerGiven),
  };
}

/**
 * Masks what identifies the users of past logins.
 *
 * @example maskPastLogins(logins).doors[0]?.refused
 */
export function maskPastLogins(logins: PastLogins): PastLogins {
  const doors = logins.doors.map((door) => ({
    ...door,
    refused: maskTallies(door.refused),
    admitted: maskTallies(door.admitted),
    given: maskTallies(door.given),
    depends: maskTallies(door.depends),
  }));
  return { ...logins, doors };
}

function maskTallies<T extends Pick<Tally, 'people'>>(tallies: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(tallies).map(([name, tally]) => [
      name,
      {
        ...tally,
        people: tally.people.map(({ userId, email }) => ({
          // Enterprise connections build user IDs from e-mail addresses.
          userId: userId.replace(/\|.*$/, '|***'),
          email: email?.replace(/^.*@/, '***@'),
        })),
      },
    ]),
  );
}
