import type { Management } from 'auth0';
import { manage } from '../../management/tenant-requests.ts';
import { Checkbox, TextArea, TextField } from '../../parts/field.tsx';
import { linesOf } from '../../parts/lines.ts';
import { SaveForm } from '../../parts/save-form.tsx';
import { useFields } from '../../parts/use-fields.ts';

/** The settings that have an effect on this tenant. Sends only the changed fields. */
export function SettingsForm(props: { tenant: Management.GetTenantSettingsResponseContent; onChange: () => void }) {
  const { tenant, onChange } = props;
  const fields = useFields({
    friendly_name: tenant.friendly_name ?? '',
    support_email: tenant.support_email ?? '',
    support_url: tenant.support_url ?? '',
    default_audience: tenant.default_audience ?? '',
    default_directory: tenant.default_directory ?? '',
    session_lifetime: String(tenant.session_lifetime ?? ''),
    idle_session_lifetime: String(tenant.idle_session_lifetime ?? ''),
    allowed_logout_urls: (tenant.allowed_logout_urls ?? []).join('\n'),
    pushed: tenant.pushed_authorization_requests_supported === true,
  });
  const { values, change, changes, field } = fields;
  const save = () => {
    const { session_lifetime, idle_session_lifetime, allowed_logout_urls, pushed, ...texts } = changes;
    return manage.patch('tenants/settings', {
      ...texts,
      ...(session_lifetime !== undefined && { session_lifetime: Number(session_lifetime) }),
      ...(idle_session_lifetime !== undefined && { idle_session_lifetime: Number(idle_session_lifetime) }),
      ...(allowed_logout_urls !== undefined && { allowed_logout_urls: linesOf(allowed_logout_urls) }),
      ...(pushed !== undefined && { pushed_authorization_requests_supported: pushed }),
    } satisfies Management.UpdateTenantSettingsRequestContent);
  };
  return (
    <SaveForm fields={fields} action="Save" save={save} doneMessage="The settings are saved." onSaved={onChange}>
      <TextField label="Friendly Name" {...field('friendly_name')} />
      <TextField label="Support Email" type="email" {...field('support_email')} />
      <TextField label="Support URL" type="url" {...field('support_url')} />
      <TextField label="Default Audience" hint="The API for logins that name none" {...field('default_audience')} />
      <TextField
        label="Default Directory"
        hint="The database for password grants that name none"
        {...field('default_directory')}
      />
      <TextField label="Session lifetime in hours" type="number" {...field('session_lifetime')} />
      <TextField label="Session lifetime without use, in hours" type="number" {...field('idle_session_lifetime')} />
      <TextArea
        label="Allowed Logout URLs"
        hint="One per line, for logouts that name no application"
        rows={3}
        {...field('allowed_logout_urls')}
      />
      <Checkbox checked={values.pushed} onChange={(pushed) => change({ pushed })}>
        Accept pushed authorization requests (PAR)
      </Checkbox>
    </SaveForm>
  );
}
