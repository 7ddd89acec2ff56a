/** Limits on what is read, so that no file can exhaust the machine. The largest exports known are some 40 MB. */
export const EXPORT_LIMITS = {
  fileBytes: 64 * 1024 * 1024,
  totalBytes: 256 * 1024 * 1024,
  files: 20_000,
  folderDepth: 12,
} as const;
