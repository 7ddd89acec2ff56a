// The limits of the house check. The lists of exceptions may only shrink.

export interface HouseLimits {
  /** Rooms of src/tenant by floor, from the top. The files directly in src/tenant are above them. */
  readonly floors: readonly (readonly string[])[];
  /** Files a folder of src/tenant may have. */
  readonly maxFiles: number;
  /** Folders that may have more, with their current counts. */
  readonly crowdedFolders: Readonly<Record<string, number>>;
  /** File names that two files still share. */
  readonly sharedNames: readonly string[];
}

export const houseLimits: HouseLimits = {
  floors: [
    ['console'],
    ['management', 'network-acls'],
    ['authentication'],
    ['actions'],
    ['mails'],
    ['logs', 'sessions', 'factors', 'administrator'],
    ['store'],
  ],
  maxFiles: 15,
  crowdedFolders: {
    // One file for each member of the `api` object.
    'src/tenant/actions/sandbox/api': 22,
  },
  sharedNames: [],
};
