import { asyncApi } from '../../src/modules/ops/pages/asyncapi.js';
import { EVENTS } from '../../src/events/catalogue.js';
import { asyncApiFaults, openApiFaults } from './faults.js';

const openApi = (schema: object) => ({
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: { '/x': { get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } } } },
  components: { schemas: { Known: { type: 'string' } } },
});

describe('the documents of our contracts', () => {
  it('are found wanting when they are: a schema of an older dialect, a reference to nothing, a missing part', () => {
    expect(openApiFaults(openApi({ $ref: '#/components/schemas/Known' }))).toEqual([]);
    expect(openApiFaults(openApi({ type: 'number', minimum: 0, exclusiveMinimum: true }))[0]).toContain(
      'exclusiveMinimum',
    );
    expect(openApiFaults(openApi({ $ref: '#/components/schemas/Unknown' }))).toEqual([
      '#/components/schemas/Unknown leads nowhere',
    ]);
    expect(openApiFaults({ openapi: '3.1.0' })).not.toEqual([]);
    expect(asyncApiFaults({ ...asyncApi(), info: {} })).not.toEqual([]);
    expect(asyncApiFaults({ ...asyncApi(), channels: {} })).not.toEqual([]);
  });

  it('name every event, and are valid', () => {
    const document = asyncApi() as { components: { messages: object } };
    expect(Object.keys(document.components.messages)).toEqual(expect.arrayContaining(Object.keys(EVENTS)));
    expect(asyncApiFaults(document)).toEqual([]);
  });
});
