import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownFilesOnly } from './board-page.js';

describe("the board's page", () => {
  const shipped = readFileSync(
    join(dirname(require.resolve('@bull-board/ui/package.json')), 'dist', 'index.ejs'),
    'utf8',
  );
  const page = ownFilesOnly(shipped);

  it('asks nothing of another host and has nothing inline', () => {
    expect(page).not.toMatch(/(href|src)="(https?:)?\/\//);
    expect(page).not.toMatch(/<style|\sstyle=/);
    expect(page).not.toMatch(/<script(?![^>]*(\bsrc=|type="application\/json"))/);
  });

  it('still has its own scripts, stylesheet, settings and place to begin', () => {
    for (const part of [
      /src="static\/js\/main\.[^"]+\.js"/,
      /href="static\/css\/main\.[^"]+\.css"/,
      /__UI_CONFIG__/,
      /id="root"/,
    ]) {
      expect(page).toMatch(part);
    }
  });
});
