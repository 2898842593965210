import { spawnSync } from 'node:child_process';

const start = (...args: string[]) => spawnSync(process.execPath, ['dev/start.mjs', ...args], { encoding: 'utf8' });

describe('npm start', () => {
  it('says what it takes when it is asked, and starts nothing', () => {
    const { status, stdout, stderr } = start('--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^npm start .*\n[\s\S]*--no-sample .*\n[\s\S]*docs\/configuration\.md/);
    expect(stdout).not.toMatch(/Building|listens/);
  });

  it('starts nothing where it does not know what is wanted', () => {
    const { status, stdout, stderr } = start('--port', '3001');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/--port[\s\S]*npm start /);
  });
});
