import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './style/actions.css';
import './style/base.css';
import './style/controls.css';
import './style/gate.css';
import './style/layout.css';
import './style/lists.css';

const root = document.getElementById('console');
if (root !== null) createRoot(root).render(<App />);
