import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { newId } from '../../../common/ids.js';
import type { EventEnvelope } from '../../../events/event.js';
import type { Reader } from '../deciding/follower.js';
import { LiveSocket } from './live.socket.js';

/** The other end of a line; what is said to it is kept. */
class Line extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly said: { type: string; subject?: string }[] = [];
  send = (text: string): void => void this.said.push(JSON.parse(text));
  ping = jest.fn();
  close = (): void => this.terminate();
  terminate = (): void => {
    this.readyState = 3;
    this.emit('close');
  };
}

describe('a connection of many subjects', () => {
  let line: Line;
  let socket: LiveSocket;
  let follow: jest.Mock<Promise<(() => void) | null>, [message: unknown, reader: Reader]>;

  beforeEach(() => {
    line = new Line();
    follow = jest.fn((_message: unknown, _reader: Reader) => Promise.resolve<(() => void) | null>(() => undefined));
    const problemOf = (error: unknown, subject: string | null) =>
      JSON.stringify({ type: 'error', subject, code: (error as { code: string }).code });
    socket = new LiveSocket(line as unknown as WebSocket, { follow, problemOf }, 60_000);
  });

  const say = async (...messages: object[]) => {
    for (const message of messages) line.emit('message', Buffer.from(JSON.stringify(message)));
    await new Promise((resolve) => setImmediate(resolve));
  };
  const subscribe = (subject: string) => ({ type: 'subscribe', subject });

  it('has so many and no more; who leaves makes room', async () => {
    const ids = Array.from({ length: 101 }, () => newId('req'));
    await say(...ids.map(subscribe));
    expect(line.said.filter(({ type }) => type === 'subscribed')).toHaveLength(100);
    expect(line.said.at(-1)).toEqual({ type: 'error', subject: ids[100], code: 'subjects_too_many' });
    await say({ type: 'unsubscribe', subject: ids[0] }, subscribe(ids[100]!));
    expect(line.said.at(-1)).toEqual({ type: 'subscribed', subject: ids[100] });
  });

  it('follows a subject once: asked for again, the first is left', async () => {
    const left = jest.fn();
    follow.mockResolvedValueOnce(left);
    const id = newId('plan');
    await say(subscribe(id), subscribe(id));
    expect(left).toHaveBeenCalledTimes(1);
    expect(line.said.map(({ type }) => type)).toEqual(['subscribed', 'subscribed']);
  });

  it('tells together what comes within the time that a subscription gives, in order and before its end', async () => {
    const id = newId('req');
    await say({ ...subscribe(id), batch: 20 });
    const reader = follow.mock.calls[0]![1];
    const event = (sequence: number) =>
      ({ id: newId('evt'), name: 'route.decided', subject: id, sequence, data: '{}' }) as unknown as EventEnvelope;
    for (const sequence of [1, 2]) reader.send(event(sequence));
    reader.gap(2, 4);
    expect(line.said.map(({ type }) => type)).toEqual(['subscribed']);
    expect(reader.backlogBytes).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 60));
    reader.send(event(4));
    reader.end('done');
    expect(line.said.map(({ type }) => type)).toEqual(['subscribed', 'batch', 'batch', 'ended']);
    const [first, second] = line.said.filter(({ type }) => type === 'batch') as { messages?: { type: string }[] }[];
    expect(first!.messages!.map(({ type }) => type)).toEqual(['event', 'event', 'gap']);
    expect(second!.messages).toHaveLength(1);
    expect(reader.backlogBytes).toBe(0);
  });

  it('leaves what it was still beginning to follow when it was closed, and says nothing more', async () => {
    const left = jest.fn();
    let begin: () => void = () => undefined;
    follow.mockReturnValue(new Promise((resolve) => (begin = () => resolve(left))));
    await say(subscribe(newId('req')));
    line.terminate();
    begin();
    await say();
    expect(left).toHaveBeenCalledTimes(1);
    expect(line.said).toEqual([]);
  });

  it('of which nothing is to come is begun and ended, and its end frees it', async () => {
    const id = newId('req');
    follow.mockResolvedValueOnce(null);
    await say(subscribe(id));
    expect(line.said).toEqual([
      { type: 'subscribed', subject: id },
      { type: 'ended', subject: id, why: 'done' },
    ]);
    await say(subscribe(id));
    follow.mock.calls[1]![1].end('slow');
    expect(line.readyState).toBe(3);
  });

  it('beats, and is given up when no ping comes back', () => {
    socket.beat();
    expect(line.said).toEqual([{ type: 'beat' }]);
    line.emit('pong');
    socket.beat();
    expect(line.readyState).toBe(1);
    socket.beat();
    expect(line.readyState).toBe(3);
  });
});
