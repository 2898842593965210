import { ReadingThread } from '../../../../test/support/reading-thread.js';
import { onSample, sampleFiles, sampleFolders, sampleTruth } from './formats/sample.conformance.js';

/** What files hold of a person, of a card and of a session is in no type that reading answers with: here it is looked for all the same. */
describe('what a file says of a person', () => {
  let thread: ReadingThread;
  beforeAll(() => void (thread = ReadingThread.start()));
  afterAll(() => thread.close());

  const CARDS = ['9071', '3358', '6620', '7745'];

  onSample(
    'is in no reading of any file of the sample household',
    async () => {
      const { mustNotStore } = sampleTruth();
      const [planted, found, formats] = [new Set<string>(), [] as string[], new Set<string>()];
      for (const folder of sampleFolders()) {
        for (const file of sampleFiles(folder)) {
          const raw = Buffer.from(file.bytes).toString('latin1');
          for (const word of mustNotStore) if (raw.includes(word)) planted.add(word);
          const read = await thread.read([file]);
          if ('format' in read) formats.add(read.format);
          const texts = textsIn(read).join('\n');
          for (const word of mustNotStore) if (texts.includes(word)) found.push(`${word} of ${folder}/${file.name}`);
          for (const end of CARDS)
            if (new RegExp(`(?<!\\d)${end}(?!\\d)`).test(texts)) found.push(`card ${end} of ${folder}/${file.name}`);
        }
      }
      expect(found).toEqual([]);
      // The words are there to be found, and the files are read.
      expect([...planted]).toEqual(
        expect.arrayContaining(['Marlow', 'SECRET-COOKIE-1', 'Gate code 4471', 'Lisinopril']),
      );
      expect([...formats]).toEqual(
        expect.arrayContaining([
          'walmart-har',
          'walmart-page',
          'walmart-list',
          'walmart-export',
          'walmart-csv',
          'walmart-xlsx',
          'walmart-mail',
          'walmart-pdf',
          'receipt-text',
        ]),
      );
    },
    120_000,
  );
});

/** Every text in a value, however deep; keys too. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}
