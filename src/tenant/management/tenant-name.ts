/** The name of this tenant, in answers that have one. */
export const tenantName = 'portcullis-local';
