import { expect, test } from 'vitest';
import { ApiProblem } from '../../../client/core/api.ts';
import { formProblems } from '../../../client/core/form-problems.ts';

function refusal(code: string, fields?: { path: string; message: string }[]): ApiProblem {
  const messages = { sv: `${code} på svenska`, en: `${code} in English` };
  return new ApiProblem({
    type: `/problems/${code}`,
    code,
    title: '',
    detail: '',
    status: 422,
    messages,
    ...(fields && { fields }),
    requestId: 'r1',
  });
}

test('what is wrong with a field stands beside it, as a sentence', () => {
  const error = refusal('invalid-input', [{ path: 'title', message: 'får inte vara tomt' }]);
  expect(formProblems(error, 'sv', ['title', 'code'])).toEqual({
    fields: { title: 'Får inte vara tomt' },
    rest: [],
  });
});

test('a problem deep in a list stands beside its row and beside the list', () => {
  const error = refusal('invalid-input', [{ path: 'presenters.1.name', message: 'saknas' }]);
  expect(formProblems(error, 'sv', ['presenters'])?.fields).toEqual({
    'presenters.1.name': 'Saknas',
    presenters: 'Saknas',
  });
});

test('a refusal that points at no field stands beside the field it is about', () => {
  expect(formProblems(refusal('code-taken'), 'en', ['code'], { 'code-taken': 'code' })).toEqual({
    fields: { code: 'code-taken in English' },
    rest: [],
  });
});

test('a refusal about no field of the form is said for the whole form', () => {
  expect(formProblems(refusal('busy'), 'sv', ['code'], { 'code-taken': 'code' })).toEqual({
    fields: {},
    rest: ['busy på svenska'],
  });
});

test('what is not a refusal is not a problem of the form', () => {
  expect(formProblems(new TypeError('x'), 'sv', [])).toBeNull();
});
