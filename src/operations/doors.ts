import { Get, HttpCode, Post, applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { z } from 'zod';
import { NeedsScope, ReadsByToken } from '../platform/http/access.js';
import { Describes } from '../platform/http/answers.decorator.js';
import { Submits, Waits } from '../platform/http/submitted.js';
import { kindNamed, type KindName } from './catalogue.js';

/** The doors that every kind has, each in one line: path, status, scope, headers and all that it answers. */
type Good = Readonly<Record<number, z.ZodType | null>>;

export const nounOf = (kind: KindName): string => kind.charAt(0).toUpperCase() + kind.slice(1);

const Id = (kind: KindName) =>
  ApiParam({ name: 'id', example: `${kindNamed(kind).prefix}_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9` });

export const Creates = (
  kind: KindName,
  summary: string,
  good: Good,
  problems: readonly number[] = [],
): MethodDecorator =>
  applyDecorators(
    Post(),
    NeedsScope(kindNamed(kind).write),
    Submits(kind),
    Describes(`create${nounOf(kind)}`, summary, good, [409, 413, 415, 422, ...problems]),
    HttpCode(202),
  );

export const Lists = (kind: KindName, page: z.ZodType): MethodDecorator =>
  applyDecorators(
    Get(),
    NeedsScope(kindNamed(kind).read),
    Describes(`list${nounOf(kind)}s`, `List ${kindNamed(kind).path}, newest first`, { 200: page }),
  );

/** One as it stands; with `Prefer: wait=n`, once it is closed. */
export const Reads = (kind: KindName, resource: z.ZodType, summary: string): MethodDecorator =>
  applyDecorators(
    Get(':id'),
    ReadsByToken(),
    NeedsScope(kindNamed(kind).read),
    Waits(kind),
    Id(kind),
    Describes(`get${nounOf(kind)}`, summary, { 200: resource, 304: null }, [404]),
  );

export const Cancels = (kind: KindName, resource: z.ZodType): MethodDecorator =>
  applyDecorators(
    Post(':id/cancel'),
    NeedsScope(kindNamed(kind).write),
    Id(kind),
    Describes(`cancel${nounOf(kind)}`, `Cancel an open ${kind}; asking twice is fine`, { 200: resource }, [404, 409]),
  );
