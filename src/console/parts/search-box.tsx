import { Search } from 'lucide-react';
import { useState } from 'react';
import { Form } from './form.tsx';
import { Icon } from './icon.tsx';

/** A search that starts with Enter or the button. If the search changes elsewhere, for example by a link, the box follows. */
export function SearchBox(props: { label: string; hint?: string; value: string; onSearch: (text: string) => void }) {
  const { label, hint, value, onSearch } = props;
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  return (
    <search>
      <Form className="search" onSubmit={() => onSearch(text.trim())}>
        <label>
          <span className="unseen">{label}</span>
          <Icon of={Search} />
          <input type="search" placeholder={label} value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <button type="submit">Search</button>
        {hint && <span className="muted hint">{hint}</span>}
      </Form>
    </search>
  );
}
