// One at a time, over processes: a file that names who holds it. The record of one that was killed is taken over.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlainError } from './plain-error.mjs';

const LOOK_MS = 100;
/** Between being made and being written a lock is empty for a moment. */
const EMPTY_MS = 5000;

/** Waits until nobody else holds `file`, saying `waiting` once where that takes; answers what gives it back. Blocks the whole process. */
export function lock(file, waiting) {
  for (let said = false; ; said = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw new PlainError(`${dirname(file)} cannot be written (${error.code}).`);
      if (!isHeld(file)) rmSync(file, { force: true });
      else if (!said && waiting) console.log(waiting);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
    }
  }
}

function isHeld(file) {
  try {
    const text = readFileSync(file, 'utf8');
    if (text === '') return Date.now() - statSync(file).mtimeMs < EMPTY_MS;
    process.kill(Number(text), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
