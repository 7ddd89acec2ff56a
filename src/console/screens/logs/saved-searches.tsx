import { X } from 'lucide-react';
import { useState } from 'react';
import { setParameters } from '../../navigation/location.ts';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { removeSearch, type StoredSearch, storedSearches, storeSearch } from './stored-searches.ts';

/** The searches that this browser stores, and a button that stores the current one. */
export function SavedSearches({ search, type }: Pick<StoredSearch, 'search' | 'type'>) {
  const [searches, setSearches] = useState(storedSearches);
  const isCurrent = (one: StoredSearch) => one.search === search && one.type === type;
  const isNew = (search !== '' || type !== '') && !searches.some(isCurrent);
  if (searches.length === 0 && !isNew) return null;
  return (
    <div className="saved-searches">
      {searches.length > 0 && (
        <ul aria-label="Saved searches">
          {searches.map((one) => (
            <li key={one.name}>
              <button
                type="button"
                aria-pressed={isCurrent(one)}
                onClick={() => setParameters({ search: one.search, type: one.type, page: undefined })}
              >
                {one.name}
              </button>
              <button
                type="button"
                className="quiet only-icon"
                aria-label={`Remove the search ${one.name}`}
                onClick={() => setSearches(removeSearch(one.name))}
              >
                <Icon of={X} size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {isNew && (
        <DialogButton
          label="Save this search"
          dialog={(close) => (
            <SaveDialog
              onSave={(name) => {
                setSearches(storeSearch({ name, search, type }));
                close();
              }}
              onClose={close}
            />
          )}
        />
      )}
    </div>
  );
}

function SaveDialog({ onSave, onClose }: { onSave: (name: string) => void; onClose: () => void }) {
  const [name, setName] = useState('');
  return (
    <FormDialog title="Save this search" action="Save" onClose={onClose} onSubmit={async () => onSave(name.trim())}>
      <TextField
        label="Name"
        hint="This browser stores it. A search of the same name is replaced."
        value={name}
        onChange={setName}
        required
        pattern=".*\S.*"
      />
    </FormDialog>
  );
}
