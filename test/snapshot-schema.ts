import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../src/sdk/snapshot.schema.json' with { type: 'json' };

const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
ajv.addFormat('uri-reference', (text) => URL.canParse(text, 'https://host.example/'));
const validate = ajv.compile(schema);

/** Returns the errors of a document according to the JSON Schema; empty if it is valid. */
export const validationErrors = (document: unknown): string =>
  validate(document) ? '' : ajv.errorsText(validate.errors);
