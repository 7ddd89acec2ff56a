import { expect, it } from 'vitest';
import { invalidFieldOf } from '../../src/console/management/invalid-field.ts';

const ofTenant = (text: string) => invalidFieldOf(new Error(`Payload validation error: ${text}`));

it.each([
  ["'Missing required property: name'.", 'name', 'This field is required.'],
  ["'String is too short (0 chars), minimum 1' on property name.", 'name', 'This field is required.'],
  ["'String is too short (2 chars), minimum 8' on property password.", 'password', 'Enter at least 8 characters.'],
  [
    "'String is too long (300 chars), maximum 255' on property description (The text).",
    'description',
    'Enter at most 255 characters.',
  ],
  ["'Array is too long (101), maximum 100' on property callbacks.", 'callbacks', 'Enter at most 100 lines.'],
  ["'Value -1 is less than minimum 0' on property token_lifetime.", 'token_lifetime', 'Enter 0 or more.'],
  [
    "'Expected type integer but found type null' on property session_lifetime.",
    'session_lifetime',
    'Enter a whole number.',
  ],
  [
    "'Object didn't pass validation for format url: x' on property callbacks[1].",
    'callbacks',
    'Line 2: Enter a complete URL that begins with https.',
  ],
  ["'Object didn't pass validation for format email: a\nb' on property email.", 'email', 'Enter an e-mail address.'],
  ["'A mistake of another kind' on property name.", 'name', 'A mistake of another kind'],
])('the mistake %s is at the field %s', (text, property, message) => {
  expect(ofTenant(text)).toEqual({ property, message });
});

it('other errors are at no field', () => {
  expect(ofTenant("'Additional properties not allowed: x'.")).toBeUndefined();
  expect(invalidFieldOf(new Error('The role exists already.'))).toBeUndefined();
  expect(invalidFieldOf(undefined)).toBeUndefined();
});
