import type { ProblemEntries } from './problem-entry.ts';

const OTHER_FOLDER = 'Name another folder: --data FOLDER';

/** Problems of starting the local tenant, and of its store. */
export const TENANT_PROBLEMS = {
  port_in_use: {
    meaning: 'Another program listens on the port.',
    remedy: 'Stop that, or name another port, or 0 for any that is free: --port 0',
  },
  port_forbidden: {
    meaning: 'This user may not listen on the port.',
    remedy: 'Name a port above 1023, or 0 for any that is free: --port 0',
  },
  address_unavailable: {
    meaning: 'This machine does not have the address of `--listen`.',
    remedy: 'Name one that it has, 0.0.0.0 for all of them, or leave it out.',
  },
  data_folder_foreign: {
    meaning: 'The data folder is not empty and holds no tenant.',
    remedy: 'Name an empty or a new folder: --data FOLDER',
  },
  data_folder_in_use: {
    meaning: 'Another tenant runs on the data folder.',
    remedy: 'Stop it, or name another folder: --data FOLDER',
  },
  data_folder_unusable: {
    meaning: 'The data folder cannot be made or written.',
    remedy: 'Name a folder that you may write to: --data FOLDER',
  },
  foreign_file: { meaning: 'The file of the store belongs to another program.', remedy: OTHER_FOLDER },
  newer_schema: {
    meaning: 'The store was written by a later Portcullis.',
    remedy: 'Update Portcullis, or name another folder: --data FOLDER',
  },
  not_a_database: { meaning: 'The file of the store is no SQLite database.', remedy: OTHER_FOLDER },
  unwritable: {
    meaning: 'The store cannot be opened or written.',
    remedy: 'See that the folder exists, and give the file and its folder write permission.',
  },
  busy: {
    meaning: 'Another process holds the store.',
    remedy: 'Stop it, or name another folder: --data FOLDER',
  },
  disk_full: { meaning: 'The disk is full.', remedy: 'Free some space and try again.' },
  corrupt: {
    meaning: 'The store is damaged.',
    remedy: 'Put a backup in its place, or start with an empty data folder: --data FOLDER',
  },
  duplicate: { meaning: 'A record of that name exists.', remedy: 'Choose another name.' },
  missing_reference: { meaning: 'A record refers to one that does not exist.', remedy: 'Create that first.' },
  closed: { meaning: 'The tenant has stopped.', remedy: 'Start it again: portcullis tenant' },
  asynchronous_transaction: {
    meaning: 'A transaction of the store was given a promise.',
    remedy: 'Await before the transaction.',
  },
  failed: {
    meaning: 'The disk reported an error while the store was read or written.',
    remedy: 'Check the disk, or name another folder: --data FOLDER',
  },
} as const satisfies ProblemEntries;
