import { Problem } from '../../../problem/problem.ts';
import { ApiError, conflict, invalidBody, notFound } from '../http/api-error.ts';

/**
 * Runs an operation on an Action. Its errors are answered in Auth0's words.
 *
 * @throws ApiError 400, 404, 409, 412
 * @example
 * const version = refusing(() => actions.deploy(id));
 */
export async function refusing<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Problem ? refusalOf(error) : error;
  }
}

function refusalOf(error: Problem): ApiError | Problem {
  switch (error.code) {
    case 'not_found':
      return notFound('That action does not exist.');
    case 'not_built':
      return new ApiError(400, "A draft must be in the 'built' state before it can be deployed.");
    case 'bound':
      return conflict('Unable to delete an action bound to a trigger.');
    case 'in_use':
      return new ApiError(412, error.message);
    case 'nothing_to_publish':
    case 'already_draft':
    case 'name_taken':
      return conflict(error.message);
    case 'not_deployed':
    case 'build_failed':
      return new ApiError(400, error.message);
    case 'invalid':
    case 'too_large':
    case 'too_many':
    case 'unknown_trigger':
      return invalidBody(error.message);
    default:
      return error;
  }
}
