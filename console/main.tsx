import { render } from 'preact';
import { App } from './app.js';
import { followLinks } from './kit/router.js';
import { beginSession } from './kit/session.js';
import './kit/theme.js';

followLinks();
void beginSession();
render(<App />, document.getElementById('app')!);
