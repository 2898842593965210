import { render } from 'preact';
import { App } from './app.js';
import { followLinks } from './kit/frame/router.js';
import { beginSession } from './kit/client/session.js';
import './kit/frame/theme.js';

followLinks();
void beginSession();
render(<App />, document.getElementById('app')!);
