import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { Checkbox, Select, TextArea, TextField } from '../../parts/field.tsx';
import { linesOf } from '../../parts/lines.ts';
import { SaveForm } from '../../parts/save-form.tsx';
import { useFields } from '../../parts/use-fields.ts';
import { ApplicationDangerZone } from './application-danger-zone.tsx';
import { applicationTypes } from './application-types.ts';
import { ClientSecret } from './client-secret.tsx';

const grantTypes = [
  ['authorization_code', 'Authorization Code'],
  ['implicit', 'Implicit'],
  ['refresh_token', 'Refresh Token'],
  ['client_credentials', 'Client Credentials'],
  ['password', 'Password'],
] as const;

/** The settings of an application. Sends only the changed fields. */
export function ApplicationSettings(props: { application: Management.GetClientResponseContent; onChange: () => void }) {
  const { application, onChange } = props;
  const fields = useFields({
    name: application.name ?? '',
    description: application.description ?? '',
    app_type: application.app_type ?? 'regular_web',
    callbacks: (application.callbacks ?? []).join('\n'),
    allowed_logout_urls: (application.allowed_logout_urls ?? []).join('\n'),
    web_origins: (application.web_origins ?? []).join('\n'),
    grant_types: application.grant_types ?? [],
  });
  const { values, change, changes, field } = fields;
  const save = () => {
    const { callbacks, allowed_logout_urls, web_origins, ...others } = changes;
    return manage.patch(`clients/${segment(application.client_id ?? '')}`, {
      ...others,
      ...(callbacks !== undefined && { callbacks: linesOf(callbacks) }),
      ...(allowed_logout_urls !== undefined && { allowed_logout_urls: linesOf(allowed_logout_urls) }),
      ...(web_origins !== undefined && { web_origins: linesOf(web_origins) }),
    } satisfies Management.UpdateClientRequestContent);
  };
  const setGrantType = (type: string, yes: boolean) =>
    change({ grant_types: yes ? [...values.grant_types, type] : values.grant_types.filter((one) => one !== type) });
  return (
    <>
      <ClientSecret application={application} onChange={onChange} />
      <SaveForm
        fields={fields}
        action="Save Changes"
        save={save}
        doneMessage="The application is saved."
        onSaved={onChange}
      >
        <TextField label="Name" required {...field('name')} />
        <TextField label="Description" {...field('description')} />
        <Select<Management.ClientAppTypeEnum>
          label="Application Type"
          {...field('app_type')}
          options={applicationTypes}
        />
        <TextArea
          label="Allowed Callback URLs"
          hint="One per line. A login can only redirect to these."
          {...field('callbacks')}
        />
        <TextArea
          label="Allowed Logout URLs"
          hint="One per line. A logout can only redirect to these."
          {...field('allowed_logout_urls')}
        />
        <TextArea
          label="Allowed Web Origins"
          hint="One per line. Pages of these origins can request tokens without a redirect."
          rows={2}
          {...field('web_origins')}
        />
        <fieldset className="plain">
          <legend>Grant Types</legend>
          {grantTypes.map(([value, label]) => (
            <Checkbox
              key={value}
              checked={values.grant_types.includes(value)}
              onChange={(yes) => setGrantType(value, yes)}
            >
              {label}
            </Checkbox>
          ))}
        </fieldset>
      </SaveForm>
      <ApplicationDangerZone application={application} />
    </>
  );
}
