import { Headers, Param } from '@nestjs/common';
import { ApiHeader, ApiParam, type ApiHeaderOptions } from '@nestjs/swagger';

/** The `id` of the path, documented by an example with the prefix of its kind. */
export const Id =
  (prefix: string): ParameterDecorator =>
  (target, key, index) => {
    Param('id')(target, key, index);
    ApiParam({ name: 'id', example: `${prefix}_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9` })(target, key!, methodOf(target, key!));
  };

/** A header, documented. */
export const HeaderNamed =
  (header: ApiHeaderOptions & { name: string }): ParameterDecorator =>
  (target, key, index) => {
    Headers(header.name.toLowerCase())(target, key, index);
    ApiHeader(header)(target, key!, methodOf(target, key!));
  };

const methodOf = (target: object, key: string | symbol): PropertyDescriptor =>
  Object.getOwnPropertyDescriptor(target, key)!;
