/** Authentication methods of users beside their passwords, in order of enrolment. */
export const version3 = `
CREATE TABLE user_authentication_methods (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX user_authentication_methods_by_user ON user_authentication_methods (user_id);
`;
