// The limits that the check of the house holds. The lists of exceptions only shrink.

export interface HouseLimits {
  /** Rooms of src/tenant by floor, from the top; above them stand the files of src/tenant itself. */
  readonly floors: readonly (readonly string[])[];
  /** Files a folder of src/tenant may have. */
  readonly mostFiles: number;
  /** Folders that may have more, with their present counts. */
  readonly crowdedFolders: Readonly<Record<string, number>>;
  /** File names that two things still share. */
  readonly sharedNames: readonly string[];
}

export const houseLimits: HouseLimits = {
  floors: [
    ['console'],
    ['management'],
    ['authentication'],
    ['actions'],
    ['logs', 'sessions', 'factors', 'administrator'],
    ['store'],
  ],
  mostFiles: 15,
  crowdedFolders: {
    // One file for each member of the `api` object.
    'src/tenant/actions/sandbox/api': 22,
    'src/tenant/authentication/authorize': 20,
    'src/tenant/management': 88,
  },
  sharedNames: [],
};
