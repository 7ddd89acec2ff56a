/**
 * Logins as the console lists them, in the order in which they began. A search for words reads an index instead of the table:
 * the index is narrow, and grows only at its end.
 */
export const version6 = `
CREATE TABLE logins (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  words TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX logins_by_words ON logins (sequence, words);
`;
