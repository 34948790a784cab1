import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { styleNonce } from './lib/basePath';
import './styles/mantine.css';
import './styles/parts.css';
import './styles/tokens.css';
import './styles/fonts.css';
import './styles/global.css';

// Mantine's scroll lock adds a style element of its own and asks here for the nonce.
setNonce(styleNonce() ?? '');

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
