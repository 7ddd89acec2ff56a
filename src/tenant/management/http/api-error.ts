import type { ContentfulStatusCode } from 'hono/utils/http-status';

const reasons: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** An error answer of the Management API. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: ContentfulStatusCode;
  readonly errorCode: string | undefined;
  readonly attributes: Record<string, string> | undefined;

  constructor(
    status: ContentfulStatusCode,
    message: string,
    errorCode?: string,
    options: { cause?: unknown; attributes?: Record<string, string> } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.status = status;
    this.errorCode = errorCode;
    this.attributes = options.attributes;
  }

  /** The body, with its members in Auth0's order. */
  toBody(): Record<string, unknown> {
    return {
      statusCode: this.status,
      error: reasons[this.status] ?? 'Error',
      message: this.message,
      ...(this.errorCode !== undefined && { errorCode: this.errorCode }),
      ...(this.attributes !== undefined && { attributes: this.attributes }),
    };
  }
}

/** @example throw invalidBody('Cannot set both options.attributes and options.validation') */
export function invalidBody(message: string): ApiError {
  return new ApiError(400, message, 'invalid_body');
}

/** @example throw invalidQuery("Query validation error: 'Missing required property: email'.") */
export function invalidQuery(message: string): ApiError {
  return new ApiError(400, message, 'invalid_query_string');
}

/** @example throw notFound('The client does not exist', 'inexistent_client') */
export function notFound(message: string, errorCode?: string): ApiError {
  return new ApiError(404, message, errorCode);
}

/** @example throw conflict('The user already exists.', 'auth0_idp_error') */
export function conflict(message: string, errorCode?: string): ApiError {
  return new ApiError(409, message, errorCode);
}
