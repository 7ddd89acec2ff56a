import { expect, it } from 'vitest';
import { invalidFieldOf } from '../../src/console/management/invalid-field.ts';
import { publishedFormats } from '../../src/tenant/management/description/published-formats.ts';

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
    'Line 2: Enter a complete address, such as https://app.example.com/start.',
  ],
  ["'Object didn't pass validation for format email: a\nb' on property email.", 'email', 'Enter an e-mail address.'],
  [
    "'Object didn't pass validation for format organization-name: Acme Water' on property name.",
    'name',
    'Enter lower-case letters, digits, - and _, without spaces.',
  ],
  [
    "'Object didn't pass validation for format html-color-or-null: orange' on property colors.primary.",
    'colors.primary',
    'Enter a colour such as #225588.',
  ],
  [
    "'Object didn't pass validation for format strict-https-uri-or-null: http://a' on property logo_url.",
    'logo_url',
    'Enter an address that begins with https://.',
  ],
  [
    "'String does not match pattern ^#(([0-9a-fA-F]{3}){1,2}|([0-9a-fA-F]{4}){1,2})$: orange' on property colors.error.",
    'colors.error',
    'Enter a colour such as #225588.',
  ],
  [
    "'String does not match pattern ^[^<>]+$: <b>' on property name.",
    'name',
    'This value has characters that are not allowed here.',
  ],
  ["'A mistake of another kind' on property name.", 'name', 'A mistake of another kind'],
])('the mistake %s is at the field %s', (text, property, message) => {
  expect(ofTenant(text)).toEqual({ property, message });
});

it('every format that the tenant checks has words', () => {
  for (const format of Object.keys(publishedFormats)) {
    const mistake = ofTenant(`'Object didn't pass validation for format ${format}: x' on property name.`);
    expect(mistake?.message, format).toMatch(/^Enter .*\.$/);
  }
});

it('other errors are at no field', () => {
  expect(ofTenant("'Additional properties not allowed: x'.")).toBeUndefined();
  expect(invalidFieldOf(new Error('The role exists already.'))).toBeUndefined();
  expect(invalidFieldOf(undefined)).toBeUndefined();
});
