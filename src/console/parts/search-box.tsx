import { useState } from 'react';

/** A search, begun with Enter or the button. */
export function SearchBox(props: { label: string; hint?: string; value: string; onSearch: (text: string) => void }) {
  const { label, hint, value, onSearch } = props;
  const [text, setText] = useState(value);
  return (
    <search>
      <form
        className="search"
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(text.trim());
        }}
      >
        <label>
          <span className="unseen">{label}</span>
          <input type="search" placeholder={label} value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <button type="submit">Search</button>
        {hint && <span className="muted hint">{hint}</span>}
      </form>
    </search>
  );
}
