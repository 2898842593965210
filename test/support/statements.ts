import { StoreClient } from '../../src/platform/database/store.client.js';

/** Has every statement of this process told to `heard` as it is sent, until `jest.restoreAllMocks`. */
export function onStatement(heard: (sql: string) => void): void {
  const original = StoreClient.prototype.query;
  jest.spyOn(StoreClient.prototype, 'query').mockImplementation(function (this: StoreClient, ...args: unknown[]) {
    const [asked] = args as [string | { text?: string }];
    heard(typeof asked === 'string' ? asked : (asked.text ?? ''));
    return original.apply(this, args as never);
  } as typeof original);
}
