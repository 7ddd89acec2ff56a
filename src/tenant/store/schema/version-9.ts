/** An index for the login that a log entry belongs to: the console reads the entries of one login. */
export const version9 = `
CREATE INDEX logs_by_login ON logs (json_extract(record, '$.login'), log_id)
  WHERE json_extract(record, '$.login') IS NOT NULL;
`;
