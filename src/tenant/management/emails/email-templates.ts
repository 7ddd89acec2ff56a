import { type JsonObject, objectOf } from '../../store/json-value.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { setting } from '../resources/setting.ts';
import { singleOperations } from '../resources/single-operations.ts';

const path = '/email-templates/{templateName}';

/**
 * The mails' templates: `/email-templates`, one for each kind of mail.
 *
 * @see https://auth0.com/docs/customize/email/email-templates
 */
export function emailTemplateOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const create = singleOperations(dependencies, {
    'POST /email-templates': {
      description: 'Create an email template',
      handle: ({ body }) => {
        const template = String(body.template);
        if (store.records.find({ kind: path }, template) !== undefined) {
          throw new ApiError(409, `Template ${template} already exists.`);
        }
        store.records.put({ kind: path }, template, { value: body });
        return inOrder(body);
      },
    },
  });
  const one = setting({
    path,
    called: 'email template',
    missing: () => notFound('The template does not exist.', 'inexistent_email_template'),
    beforeChange: (next, _, { params }) => ({ ...objectOf(next), template: String(params.templateName) }),
    present: (value) => inOrder(objectOf(value)),
  });
  return [...create, ...one(dependencies)];
}

function inOrder({ template, ...rest }: JsonObject): JsonObject {
  return { template, ...rest };
}
