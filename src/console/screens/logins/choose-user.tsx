import type { Management } from 'auth0';
import { useState } from 'react';
import { manage } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Select, TextField } from '../../parts/field.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { nameOfUser, userQuery } from '../users/user-query.ts';

const maximumOptions = 25;

interface Option {
  readonly value: string;
  readonly label: string;
}

/** A choice of a user, found by the beginning of a name or an address. The chosen user stays an option during the next search. */
export function ChooseUser({ userId, onChange }: { userId: string; onChange: (userId: string) => void }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Option>();
  const users = useLoaded(`users to sign in as ${text}`, (signal) => {
    const query = { per_page: maximumOptions, ...(text && { q: userQuery(text) }) };
    return manage.get<Management.UserResponseSchema[]>('users', query, signal);
  });
  const found = (users.value ?? []).map((user) => ({
    value: user.user_id ?? '',
    label: user.email ?? nameOfUser(user),
  }));
  const others = found.filter(({ value }) => value !== chosen?.value);
  const choose = (value: string) => {
    setChosen([...found, ...(chosen ? [chosen] : [])].find((option) => option.value === value));
    onChange(value);
  };
  return (
    <>
      <TextField label="Beginning of a name or an address" type="search" value={text} onChange={setText} />
      <ProblemNotice error={users.error} />
      <Select
        label="User"
        value={userId}
        onChange={choose}
        options={[{ value: '', label: 'Choose one' }, ...(chosen ? [chosen] : []), ...others]}
      />
    </>
  );
}
