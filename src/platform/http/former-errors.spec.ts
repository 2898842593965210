import { AppError } from '../../common/errors.js';
import { formerErrorOf } from './former-errors.js';
import { problemOf } from './problem.filter.js';

const told = (...error: ConstructorParameters<typeof AppError>) =>
  formerErrorOf(problemOf(new AppError(...error), 'id'));

describe('an error as callers of the former systems know it', () => {
  it('names every field that is wrong', () => {
    const errors = [
      { pointer: '/items/0/quantity', detail: 'must be positive' },
      { pointer: '', detail: 'must be an object' },
    ];
    expect(told('request_invalid', '', { errors })).toEqual({
      code: 'VALIDATION_FAILED',
      message: 'items/0/quantity: must be positive; body: must be an object',
    });
  });

  it('says Unauthorized as it always did', () => {
    expect(told('api_key_invalid', 'a secret')).toEqual({
      code: 'UNAUTHORIZED',
      message: expect.stringMatching(/^Unauthorized: This API key is unknown/),
    });
  });

  it('has a code for whatever there is', () => {
    expect(told('overloaded', '').code).toBe('OVERLOADED');
    expect(told('rate_limited', '').code).toBe('RATE_LIMITED');
    expect(told('providers_none_enabled', '').code).toBe('NO_PROVIDERS_AVAILABLE');
  });
});
