import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';

type Model = new () => object;

/** For the OpenAPI document: one of these. */
export const anyOf = (...models: Model[]): { anyOf: { $ref: string }[] } => ({
  anyOf: models.map((model) => ({ $ref: getSchemaPath(model) })),
});

/** For the OpenAPI document: the route answers with one of these, depending on who asks. */
export const AnswersAnyOf = (status: number, ...models: Model[]): MethodDecorator =>
  applyDecorators(ApiExtraModels(...models), ApiResponse({ status, schema: anyOf(...models) }));
