/** Indexes for the names of the user and the application of a log entry: operators search by them. */
export const version5 = `
CREATE INDEX logs_by_user_name ON logs (json_extract(record, '$.user_name'), log_id)
  WHERE json_extract(record, '$.user_name') IS NOT NULL;
CREATE INDEX logs_by_client_name ON logs (json_extract(record, '$.client_name'), log_id)
  WHERE json_extract(record, '$.client_name') IS NOT NULL;
`;
