/**
 * Logins as the console tells them, in order of their beginning. They are found by words in an index that is read instead of the
 * table: it is narrow, and grows at its end alone.
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
