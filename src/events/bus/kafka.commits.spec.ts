import { OffsetCommits } from './kafka.commits.js';

describe('offset commits', () => {
  const started = (commitOffsets: jest.Mock, errors: unknown[] = []) =>
    new OffsetCommits({ commitOffsets }, (error) => errors.push(error));

  it('commit the latest of each partition once, however many batches there were', async () => {
    const commitOffsets = jest.fn(async () => undefined);
    const commits = started(commitOffsets);
    for (const offset of ['4', '9']) commits.note('quotes.v1', 0, offset);
    commits.note('plans.v1', 0, '9007199254740993');
    await commits.stop();
    expect(commitOffsets.mock.calls).toEqual([
      [
        [
          { topic: 'quotes.v1', partition: 0, offset: '10' },
          { topic: 'plans.v1', partition: 0, offset: '9007199254740994' },
        ],
      ],
    ]);
  });

  it('keep what could not be committed for the next time, and tell of it', async () => {
    const commitOffsets = jest.fn().mockRejectedValueOnce(new Error('rebalancing')).mockResolvedValue(undefined);
    const errors: unknown[] = [];
    const commits = started(commitOffsets, errors);
    commits.note('quotes.v1', 0, '4');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(errors).toHaveLength(1);
    await commits.stop();
    expect(commitOffsets).toHaveBeenLastCalledWith([{ topic: 'quotes.v1', partition: 0, offset: '5' }]);
  });

  it('commit nothing that was handled before partitions were dealt anew', async () => {
    const commitOffsets = jest.fn(async () => undefined);
    const commits = started(commitOffsets);
    commits.note('quotes.v1', 0, '4');
    commits.forget();
    await commits.stop();
    expect(commitOffsets).not.toHaveBeenCalled();
  });
});
