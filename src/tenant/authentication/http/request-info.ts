/** The facts of an HTTP request, before it is interpreted. */
export interface RequestInfo {
  readonly ip: string;
  readonly method: string;
  /** Host of the requested domain, with the port if it is not the scheme's default. */
  readonly hostname: string;
  readonly userAgent?: string;
  readonly language?: string;
  readonly query: Readonly<Record<string, string>>;
  /** The body's members, of a form or of a JSON object. */
  readonly form: URLSearchParams;
  /** The body, if it is a JSON object. */
  readonly json?: Readonly<Record<string, unknown>>;
}
