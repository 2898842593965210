import { zipSync } from 'fflate';
import { read } from '../read.js';
import { onSample, sampleFiles } from '../formats/sample.conformance.js';
import { jsonOf } from './json.js';
import { openAll } from './open.js';

const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
const named = (bytes: Uint8Array, name: string | null = null) => ({ name, bytes });

describe('opening JSON', () => {
  it('keeps long whole numbers as they are written, and all else as it is', () => {
    const text =
      '{"id": 200013100000005999999, "n": -12345678901234567, "t": "9999999999999999", "x": 1.5, "y": 12345678901234.5}';
    expect(jsonOf(text)).toEqual({
      id: '200013100000005999999',
      n: '-12345678901234567',
      t: '9999999999999999',
      x: 1.5,
      y: 12345678901234.5,
    });
  });

  it('refuses what is nested too deep or broken off, and leaves alone what only begins like it', () => {
    expect(() => jsonOf('['.repeat(100_000))).toThrow(/deeper/);
    expect(() => jsonOf('{"a": [1, 2')).toThrow(/ends/);
    expect(jsonOf('[today] bread, 1.00')).toBeUndefined();
    expect(jsonOf('Order Number,Total')).toBeUndefined();
  });

  it('has no member that stands for a prototype', () => {
    const value = jsonOf('[{"__proto__": {"isAdmin": true}, "a": {"\\u005f_proto__": 1}}]');
    expect(JSON.stringify(value)).toBe('[{"a":{}}]');
  });
});

describe('opening a ZIP', () => {
  const header = 'Order Number,Order Date,Product Name,Quantity,Price';
  it('reads its tables together, and leaves out what leads out of it or is nothing', () => {
    const { opened } = openAll(
      named(
        zip({
          '../evil.csv': `${header}\n1,x`,
          'a/orders.csv': `${header}\n200013100000001,Jan 02 2025,Rye,1,2.00`,
          'note.bin': '\u0001\u0002\u0003',
        }),
      ),
    );
    expect(opened).toHaveLength(1);
    expect(opened[0]).toMatchObject({ kind: 'tables', tables: [{ name: 'orders.csv' }] });
  });

  it('refuses too many files, one within one, and one that is broken off', async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`f${n}.csv`, 'a,b']));
    expect(() => openAll(named(zip(many)))).toThrow(/more than 50 files/);
    expect(() => openAll(named(zipSync({ 'in.zip': zip({ 'a.csv': 'a,b' }) })))).toThrow(/holds a ZIP/);
    const whole = zip({ 'a.csv': header.repeat(50) });
    expect(() => openAll(named(whole.subarray(0, whole.length - 30)))).toThrow(/broken off/);
    const bomb = zipSync({ 'a.csv': new Uint8Array(60 * 1024 * 1024) });
    expect(await read([named(bomb)])).toMatchObject({ refused: expect.stringMatching(/50 MB/) as string });
  });

  onSample('refuses the bombs among the hostile files, and reads of paths only what stays within', async () => {
    const hostile = new Map(sampleFiles('hostile').map((file) => [file.name, file]));
    for (const name of [
      'zip-nested-8.zip',
      'zip-2000-entries.zip',
      'zip-truncated.zip',
      'json-deep-100000.json',
      'json-deep-order.json',
    ]) {
      expect([name, await read([hostile.get(name)!])]).toEqual([name, { refused: expect.any(String) as string }]);
    }
    const paths = await read([hostile.get('zip-paths.zip')!]);
    expect(paths).toMatchObject({ format: 'amazon' });
  });
});
