import { StandardSchemaValidationPipe } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { schemaFaults } from './schema-faults.js';

/**
 * Judges each body and query by its schema. Nest's own pipe takes members named `constructor` or `prototype` out of them first, so that
 * a caller's metadata lost some unsaid; schemas copy what they keep into objects of their own, and bodies with `__proto__` are refused.
 */
export class SchemaPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) => new AppError('request_invalid', 'schema', { errors: schemaFaults(issues) }),
    });
  }

  protected override stripProtoKeys(): void {}
}
