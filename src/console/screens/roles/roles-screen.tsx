import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { navigate, setParameters, useAddress } from '../../navigation/location.ts';
import { Identifier } from '../../parts/copy-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Pager, pageOf } from '../../parts/pager.tsx';
import { Screen } from '../../parts/screen.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { Table } from '../../parts/table.tsx';

const perPage = 25;

/** User Management > Roles. */
export function RolesScreen() {
  const address = useAddress();
  const [making, setMaking] = useState(false);
  const page = pageOf(address);
  const text = address.searchParams.get('search') ?? '';
  const roles = useLoaded(`roles ${page} ${text}`, (signal) => {
    const query = { page, per_page: perPage, include_totals: true, ...(text && { name_filter: text }) };
    return manage.get<Management.ListRolesOffsetPaginatedResponseContent>('roles', query, signal);
  });
  return (
    <Screen
      title="Roles"
      introduction="A role stands for what its members may do. Actions assign roles, and put them into tokens."
      actions={
        <button type="button" className="primary" onClick={() => setMaking(true)}>
          Create Role
        </button>
      }
    >
      <SearchBox
        key={text}
        label="Part of a role's name"
        value={text}
        onSearch={(search) => setParameters({ search, page: undefined })}
      />
      <Loads of={roles}>
        {({ roles: found = [], total }) =>
          total === 0 ? (
            <Empty title={text ? `No role is called “${text}”.` : 'There is no role yet.'}>
              <p>Create the role that everybody is to hold who signs in.</p>
            </Empty>
          ) : (
            <>
              <Table
                caption="Roles"
                rows={found}
                keyOf={({ id = '' }) => id}
                columns={[
                  {
                    label: 'Name',
                    cell: ({ id = '', name }) => <Link to={`/console/roles/${segment(id)}`}>{name}</Link>,
                  },
                  { label: 'Description', cell: ({ description }) => description },
                  { label: 'Role id', cell: ({ id = '', name }) => <Identifier value={id} what={`id of ${name}`} /> },
                ]}
              />
              <Pager
                page={page}
                perPage={perPage}
                total={total}
                onPage={(next) => setParameters({ page: String(next + 1) })}
              />
            </>
          )
        }
      </Loads>
      {making && <NewRoleDialog onClose={() => setMaking(false)} />}
    </Screen>
  );
}

function NewRoleDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const create = async () => {
    const body = { name, description } satisfies Management.CreateRoleRequestContent;
    const { id = '' } = await manage.post<Management.CreateRoleResponseContent>('roles', body);
    navigate(`/console/roles/${segment(id)}`);
  };
  return (
    <FormDialog title="Create role" action="Create" onSubmit={create} onClose={onClose}>
      <TextField label="Name" required value={name} onChange={setName} />
      <TextField label="Description" value={description} onChange={setDescription} />
    </FormDialog>
  );
}
